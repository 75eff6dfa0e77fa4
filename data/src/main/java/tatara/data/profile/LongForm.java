package tatara.data.profile;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Columns of a table below each other, as a SELECT: one row for each cell, with the column's number {@code c}. One pass then measures
 * any number of columns, and its SQL stays small.
 */
final class LongForm {
    private LongForm() {}

    /** Cells with {@code c} and trimmed text {@code t}, cut after {@code length} characters. */
    static String texts(List<RawColumn> columns, String from, int length) {
        String inner = select(columns.size(), i -> CellSql.trimmed(columns.get(i)) + " AS t" + i, from);
        return "SELECT " + unnest(columns.size(), i -> Integer.toString(columns.get(i).index())) + " AS c, "
                + unnest(columns.size(), i -> "left(t" + i + ", " + length + ")") + " AS t FROM (" + inner + ")";
    }

    /**
     * Cells with {@code c}, present text {@code t}, value {@code x} and, where a column has a rival format, the value {@code r} by
     * that.
     */
    static String values(List<Target> columns, String from) {
        int size = columns.size();
        String trimmed = select(size, i -> CellSql.trimmed(columns.get(i).column()) + " AS t" + i, from);
        String present =
                select(size, i -> CellSql.present("t" + i, columns.get(i).reading()) + " AS p" + i, "(" + trimmed + ")");
        return "SELECT " + unnest(size, i -> Integer.toString(columns.get(i).column().index())) + " AS c, "
                + unnest(size, i -> "p" + i) + " AS t, "
                + unnest(size, i -> columns.get(i).value("p" + i)) + " AS x, "
                + unnest(size, i -> columns.get(i).rival("p" + i)) + " AS r FROM (" + present + ")";
    }

    /** Cells with {@code c} and the key {@code k} that stands for the value; NULL if missing or invalid. */
    static String keys(List<Target> columns, String from) {
        int size = columns.size();
        String trimmed = select(size, i -> CellSql.trimmed(columns.get(i).column()) + " AS t" + i, from);
        String present =
                select(size, i -> CellSql.present("t" + i, columns.get(i).reading()) + " AS p" + i, "(" + trimmed + ")");
        return "SELECT " + unnest(size, i -> Integer.toString(columns.get(i).column().index())) + " AS c, "
                + unnest(size, i -> columns.get(i).key("p" + i)) + " AS k FROM (" + present + ")";
    }

    /** A column and how it is read. */
    record Target(RawColumn column, Reading reading) {
        String value(String text) {
            return CellSql.value(column, text, reading);
        }

        String rival(String text) {
            return reading.rivals().isEmpty()
                    ? "CAST(NULL AS DOUBLE)"
                    : CellSql.value(column, text, reading.with(reading.rivals().get(0)));
        }

        String key(String text) {
            String value = value(text);
            return switch (reading.kind()) {
                case NUMBER -> "CAST((" + value + ") + 0.0 AS VARCHAR)";
                case TIME -> "CAST(CAST(" + value + " AS BIGINT) AS VARCHAR)";
                case BOOLEAN -> "CASE (" + value + ") WHEN 1.0 THEN 'true' WHEN 0.0 THEN 'false' END";
                case TEXT, EMPTY -> text;
            };
        }
    }

    private static String select(int size, IntFunction<String> expression, String from) {
        return "SELECT " + IntStream.range(0, size).mapToObj(expression).collect(Collectors.joining(", ")) + " FROM " + from;
    }

    private static String unnest(int size, IntFunction<String> expression) {
        return "unnest(" + IntStream.range(0, size).mapToObj(expression).collect(Collectors.joining(", ", "[", "]")) + ")";
    }
}
