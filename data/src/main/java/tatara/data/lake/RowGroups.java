package tatara.data.lake;

import java.util.List;
import java.util.stream.Collectors;

/** Which row groups of Parquet files a selection has to read, by the bounds in their footers. */
final class RowGroups {
    private RowGroups() {}

    /**
     * @param paths files that may hold such rows
     * @param columns of the table
     * @return a group without a bound of a column counts as read
     */
    static History.Scan scan(Engine engine, List<String> paths, List<TableColumn> columns, List<Range> ranges) {
        if (paths.isEmpty()) {
            return new History.Scan(0, 0, 0, 0);
        }
        String outside = ranges.stream()
                .flatMap(range -> columns.stream()
                        .filter(column -> column.name().equalsIgnoreCase(range.column()))
                        .map(column -> "coalesce(c = " + Engine.literal(column.name()) + " AND ("
                                + outside(range, column.type().name()) + "), false)"))
                .collect(Collectors.joining(" OR "));
        String sql = "SELECT count(*), count(*) FILTER (NOT out), coalesce(sum(bytes), 0),"
                + " coalesce(sum(bytes) FILTER (NOT out), 0) FROM (SELECT sum(total_compressed_size) AS bytes, bool_or("
                + (outside.isEmpty() ? "false" : outside)
                + ") AS out FROM (SELECT *, path_in_schema AS c, coalesce(stats_min_value, stats_min) AS low,"
                + " coalesce(stats_max_value, stats_max) AS high FROM parquet_metadata(["
                + paths.stream().map(Engine::literal).collect(Collectors.joining(", "))
                + "])) GROUP BY file_name, row_group_id)";
        return engine.first(sql, row -> new History.Scan(row.getInt(1), row.getInt(2), row.getLong(3), row.getLong(4)))
                .orElseThrow();
    }

    private static String outside(Range range, String type) {
        String above = range.low()
                .map(low -> "TRY_CAST(high AS " + type + ") < CAST(" + Engine.literal(low) + " AS " + type + ")")
                .orElse("false");
        String below = range.high()
                .map(high -> "TRY_CAST(low AS " + type + ") > CAST(" + Engine.literal(high) + " AS " + type + ")")
                .orElse("false");
        return "coalesce(" + above + ", false) OR coalesce(" + below + ", false)";
    }
}
