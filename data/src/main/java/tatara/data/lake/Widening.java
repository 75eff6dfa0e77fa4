package tatara.data.lake;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Columns whose type becomes wider. Iceberg knows no way from integers to decimals or text, so that the files are written anew and every
 * reader finds in them what the schema says.
 */
final class Widening {
    private Widening() {}

    static boolean needed(SnapshotContent before, List<TableColumn> after) {
        Map<String, TableColumn> types = after.stream().collect(Collectors.toMap(TableColumn::name, column -> column));
        return before.columns().stream().anyMatch(column -> !column.equals(types.get(column.name())));
    }

    /** Writes all rows with the new columns. */
    static void rewrite(Engine engine, TableChange change, SnapshotContent before, List<TableColumn> after) {
        change.removeAll();
        Map<String, Integer> positions = RowWriter.positions(before.columns());
        String select = after.stream()
                .map(column -> RowWriter.cast(
                                positions.containsKey(Schemas.key(column)) ? Engine.quote(column.name()) : "NULL",
                                column)
                        + " AS " + Engine.quote(column.name()))
                .collect(Collectors.joining(", "));
        change.write(engine, "SELECT " + select + " FROM " + before.from(), false);
    }
}
