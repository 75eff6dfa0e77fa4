package tatara.data.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;
import tatara.data.profile.TypedCells;
import tatara.data.source.InPlace;

/**
 * A table of the lake as rules see it: a query that gives the row's position {@code r}, and of the i-th column whether there is a value
 * ({@code p<i>}), its value as a double ({@code v<i>}) and its text ({@code t<i>}). Names of the user's appear nowhere in it.
 */
final class TableCells {
    private final Engine engine;
    private final String from;
    private final String row;
    private final List<CellReading> readings;
    private final List<Optional<Stored>> stored;
    private final long rows;

    private record Stored(String cell, TableColumn.Type type) {}

    private TableCells(
            Engine engine,
            String from,
            String row,
            List<CellReading> readings,
            List<Optional<Stored>> stored,
            long rows) {
        this.engine = engine;
        this.from = from;
        this.row = row;
        this.readings = readings;
        this.stored = stored;
        this.rows = rows;
    }

    static TableCells of(Lake lake, TableRef ref, List<CellReading> readings) {
        String source = lake.from(ref);
        List<String> names = lake.engine().query("DESCRIBE SELECT * FROM " + source, line -> line.getString(1));
        List<TableColumn> types = lake.types(ref);
        List<Optional<Stored>> stored = new ArrayList<>();
        for (CellReading reading : readings) {
            stored.add(types.stream()
                    .filter(column -> column.name().equals(reading.column()))
                    .findFirst()
                    .map(column -> new Stored("c" + names.indexOf(column.name()), column.type())));
        }
        String aliases = IntStream.range(0, names.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return new TableCells(
                lake.engine(),
                source + " AS raw(" + aliases + ")",
                "c" + names.indexOf(Lake.ROW),
                List.copyOf(readings),
                stored,
                ref.rows());
    }

    /** Files where they lie. */
    static TableCells of(InPlace table, List<CellReading> readings) {
        List<TableColumn> columns = table.columns();
        List<Optional<Stored>> stored = new ArrayList<>();
        for (CellReading reading : readings) {
            stored.add(IntStream.range(0, columns.size())
                    .filter(i -> columns.get(i).name().equals(reading.column()))
                    .mapToObj(i -> new Stored("c" + i, columns.get(i).type()))
                    .findFirst());
        }
        return new TableCells(table.engine(), table.from(), InPlace.ROW, List.copyOf(readings), stored, table.rows());
    }

    Engine engine() {
        return engine;
    }

    long rows() {
        return rows;
    }

    /** The FROM item of the raw cells, and the row's column in it. */
    String from() {
        return from;
    }

    String row() {
        return row;
    }

    List<CellReading> readings() {
        return readings;
    }

    /** Position of a column among the readings that the table has. */
    Optional<Integer> find(String column) {
        for (int i = 0; i < readings.size(); i++) {
            if (readings.get(i).column().equals(column) && stored.get(i).isPresent()) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    ColumnType type(int column) {
        return readings.get(column).type();
    }

    /** Expression of the raw cell. */
    String cell(int column) {
        return stored(column).cell;
    }

    private Stored stored(int column) {
        return stored.get(column).orElseThrow(() -> new IllegalArgumentException("column: " + column));
    }

    /** What tells two cells apart: the value of valued types, else the text; NULL if missing or invalid. */
    String identity(int column) {
        return (TypedCells.isValued(type(column)) ? "v" : "t") + column;
    }

    /** The query over the given columns. */
    String select(int... columns) {
        return select("", columns);
    }

    /** @param where a condition on raw cells with its keyword, or empty */
    String select(String where, int... columns) {
        List<String> inner = new ArrayList<>();
        List<String> outer = new ArrayList<>();
        inner.add(row + " AS r");
        outer.add("r");
        Arrays.stream(columns).distinct().sorted().forEach(column -> add(column, inner, outer));
        return "SELECT " + String.join(", ", outer) + " FROM (SELECT " + String.join(", ", inner) + " FROM " + from
                + where + ")";
    }

    private void add(int column, List<String> inner, List<String> outer) {
        Stored cell = stored(column);
        CellReading reading = readings.get(column);
        String text = TypedCells.text(cell.type, cell.cell, reading.type(), reading.format());
        Optional<String> direct = direct(cell, reading);
        inner.add(text + " AS t" + column);
        outer.add("t" + column);
        if (direct.isPresent()) {
            inner.add(direct.get() + " AS v" + column);
            outer.add("v" + column);
            outer.add("v" + column + " IS NOT NULL AS p" + column);
        } else {
            if (TypedCells.isValued(reading.type())) {
                outer.add(
                        TypedCells.value(cell.type, "t" + column, reading.type(), reading.format()) + " AS v" + column);
            }
            outer.add("t" + column + " IS NOT NULL AS p" + column);
        }
    }

    /** Cells that are stored as what they mean need not go through their text. */
    private static Optional<String> direct(Stored cell, CellReading reading) {
        if (!reading.format().equals(CellFormat.plain())) {
            return Optional.empty();
        }
        boolean number = reading.type() == ColumnType.NUMBER || reading.type() == ColumnType.INTEGER;
        return switch (cell.type) {
            case DOUBLE ->
                number
                        ? Optional.of("CASE WHEN isfinite(" + cell.cell + ") THEN " + cell.cell + " END")
                        : Optional.empty();
            case BIGINT -> number ? Optional.of("CAST(" + cell.cell + " AS DOUBLE)") : Optional.empty();
            case TIMESTAMP ->
                reading.type() == ColumnType.TIME
                        ? Optional.of("CAST(epoch_us(" + cell.cell + ") AS DOUBLE)")
                        : Optional.empty();
            case BOOLEAN ->
                reading.type() == ColumnType.BOOLEAN
                        ? Optional.of("CAST(CAST(" + cell.cell + " AS INTEGER) AS DOUBLE)")
                        : Optional.empty();
            case VARCHAR -> Optional.empty();
        };
    }
}
