package tatara.data.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableRef;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;
import tatara.model.transform.CellParser;

/**
 * Rows of a table, chosen by a hash of their position and read as serving reads them: all of a small table, about {@value #ROWS} of a
 * large one, fewer if there are many columns. The same rows each time.
 *
 * @param total rows of the table
 * @param rows rows that were chosen
 * @param columns in the order of the readings, without those that the table lacks
 */
record RowSample(long total, int rows, List<SampledColumn> columns) {
    private static final long ROWS = 40_000;
    private static final long CELLS = 4_000_000;

    static RowSample of(Lake lake, TableRef ref, List<CellReading> readings) {
        Map<String, TableColumn> stored = new HashMap<>();
        lake.types(ref).forEach(column -> stored.put(column.name(), column));
        List<CellReading> there = readings.stream()
                .filter(reading -> stored.containsKey(reading.column()))
                .toList();
        List<Field> fields = new ArrayList<>();
        List<Gathered> gathered = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (CellReading reading : there) {
            TableColumn column = Objects.requireNonNull(stored.get(reading.column()));
            boolean exact =
                    column.type() == TableColumn.Type.BIGINT && reading.type().kind() == Kind.TEXT;
            fields.add(new Field(
                    reading.column(), exact ? Kind.TEXT : column.type().kind()));
            gathered.add(new Gathered(reading));
            names.add(Engine.quote(reading.column()));
        }
        long wanted = Math.max(1_000, Math.min(ROWS, CELLS / Math.max(1, there.size())));
        long every = (ref.rows() + wanted - 1) / wanted;
        String where = every <= 1 ? "" : " WHERE hash(" + Lake.ROW + ") % " + every + " = 0";
        fields.add(new Field(Lake.ROW, Kind.NUMBER));
        names.add(Lake.ROW);
        String sql = "SELECT " + String.join(", ", names) + " FROM " + lake.from(ref) + where;
        int[] rows = {0};
        lake.engine().stream(sql, new Schema(fields), frame -> {
            for (int i = 0; i < gathered.size(); i++) {
                gathered.get(i).add(frame.column(i));
            }
            rows[0] += frame.rows();
        });
        return new RowSample(
                ref.rows(), rows[0], gathered.stream().map(Gathered::column).toList());
    }

    Optional<SampledColumn> find(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** Cells of one column as they come. */
    private static final class Gathered {
        private final CellReading reading;
        private final CellParser parser;
        private final boolean numeric;
        private final Map<String, Integer> known = new HashMap<>();
        private final List<String> dictionary = new ArrayList<>();
        private double[] numbers = new double[0];
        private int[] codes = new int[0];
        private long missing;
        private long invalid;

        Gathered(CellReading reading) {
            this.reading = reading;
            this.parser = CellParser.of(reading.type(), reading.format());
            ColumnType type = reading.type();
            this.numeric = type == ColumnType.NUMBER || type == ColumnType.INTEGER || type == ColumnType.TIME;
        }

        void add(Column raw) {
            Column read = parser.parse(raw);
            int rows = raw.size();
            if (numeric) {
                int at = numbers.length;
                numbers = Arrays.copyOf(numbers, at + rows);
                for (int i = 0; i < rows; i++) {
                    numbers[at + i] = number(read, i);
                    count(raw, i, !Double.isNaN(numbers[at + i]));
                }
            } else {
                int at = codes.length;
                codes = Arrays.copyOf(codes, at + rows);
                for (int i = 0; i < rows; i++) {
                    String text = ((TextColumn) read).value(i);
                    codes[at + i] = text == null ? -1 : code(text);
                    count(raw, i, text != null);
                }
            }
        }

        private static double number(Column read, int row) {
            if (read instanceof TimeColumn times) {
                return times.isMissing(row) ? Double.NaN : times.micros()[row];
            }
            return ((NumberColumn) read).values()[row];
        }

        private void count(Column raw, int row, boolean known) {
            if (known) {
                return;
            }
            boolean text = raw instanceof TextColumn texts
                    && !texts.isMissing(row)
                    && !parser.isMissing(String.valueOf(texts.value(row)));
            if (text) {
                invalid++;
            } else {
                missing++;
            }
        }

        private int code(String text) {
            Integer code = known.get(text);
            if (code == null) {
                code = dictionary.size();
                known.put(text, code);
                dictionary.add(text);
            }
            return code;
        }

        SampledColumn column() {
            return new SampledColumn(
                    reading.column(),
                    reading.type(),
                    numbers,
                    codes,
                    dictionary.toArray(String[]::new),
                    missing,
                    invalid);
        }
    }
}
