package tatara.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tatara.core.frame.Frame;
import tatara.core.frame.Schema;
import tatara.data.lake.TableColumn;

/**
 * The rows of files that hold one series a row, made long: the columns that name the series, {@code step} (from 1), {@code value}, and
 * for dated headers {@code time}, the header. Missing cells before the first and after the last value of a series give no row.
 */
final class SeriesRows implements RowSource {
    static final String STEP = "step";
    static final String VALUE = "value";
    static final String TIME = "time";

    private final List<SourcePart> parts;
    private final Layout layout;
    private final List<String> names;
    private final Schema schema;

    SeriesRows(List<SourcePart> parts, Layout layout) {
        this.parts = parts;
        this.layout = layout;
        List<String> wanted = new ArrayList<>();
        layout.idColumns().forEach(id -> wanted.add(id.startsWith("column_") ? "series" : id));
        wanted.add(STEP);
        wanted.add(VALUE);
        if (layout.dated()) {
            wanted.add(TIME);
        }
        this.names = ColumnNames.distinct(wanted, new ArrayList<>());
        this.schema = TextRows.schema(names);
    }

    @Override
    public List<TableColumn> columns() {
        int step = layout.idColumns().size();
        List<TableColumn> columns = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            columns.add(new TableColumn(names.get(i), i == step ? TableColumn.Type.BIGINT : TableColumn.Type.VARCHAR));
        }
        return columns;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public long read(Consumer<Frame> rows, Consumer<Reject> rejects) {
        TextRows gathered = new TextRows(schema, rows);
        for (SourcePart part : parts) {
            Path file = Path.of(part.file().path());
            try (CsvRecords records = CsvRecords.openRagged(file, part, rejects)) {
                while (records.next()) {
                    add(records.record(), part.columns(), gathered);
                }
            } catch (IOException e) {
                throw SourceBytes.failure(e, file);
            }
        }
        gathered.flush();
        return gathered.total();
    }

    private void add(CsvReader record, List<String> headers, TextRows gathered) {
        int ids = layout.idColumns().size();
        int from = ids;
        int to = Math.min(record.size(), headers.size());
        while (from < to && CellKind.missing(record.cell(from))) {
            from++;
        }
        while (to > from && CellKind.missing(record.cell(to - 1))) {
            to--;
        }
        for (int cell = from; cell < to; cell++) {
            for (int id = 0; id < ids; id++) {
                gathered.add(id, value(record, id));
            }
            gathered.add(ids, Integer.toString(cell - ids + 1));
            gathered.add(ids + 1, value(record, cell));
            if (layout.dated()) {
                gathered.add(ids + 2, headers.get(cell));
            }
            gathered.endRow();
        }
    }

    private static @Nullable String value(CsvReader record, int cell) {
        boolean missing = cell >= record.size() || (record.empty(cell) && !record.quoted(cell));
        return missing ? null : record.cell(cell);
    }
}
