package tatara.data.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tatara.core.evidence.CellFormat;
import tatara.data.lake.TableColumn;

/**
 * Columns of a table below each other, as a SELECT: one row for each cell, with the column's number {@code c}. One pass then measures
 * any number of columns that are read alike, and its SQL stays small.
 */
final class LongForm {
    private LongForm() {}

    /** A column and how it is read. */
    record Target(RawColumn column, Reading reading) {}

    /** What columns of one batch share. */
    private record Shape(TableColumn.Type stored, Reading.Kind kind, CellFormat format, List<CellFormat> rivals) {}

    /** Columns that are read alike, at most {@code size} in a batch. */
    static List<List<Target>> batches(List<Target> targets, int size) {
        Map<Shape, List<Target>> alike = new LinkedHashMap<>();
        for (Target target : targets) {
            Reading reading = target.reading();
            Shape shape = new Shape(target.column().stored(), reading.kind(), reading.format(), reading.rivals());
            alike.computeIfAbsent(shape, absent -> new ArrayList<>()).add(target);
        }
        List<List<Target>> batches = new ArrayList<>();
        for (List<Target> group : alike.values()) {
            for (int at = 0; at < group.size(); at += size) {
                batches.add(group.subList(at, Math.min(group.size(), at + size)));
            }
        }
        return batches;
    }

    /** Cells with {@code c} and trimmed text {@code t}, cut after {@code length} characters. */
    static String texts(List<Target> alike, String from, int length) {
        return "SELECT c, left(t, " + length + ") AS t FROM (" + trimmed(alike, from) + ")";
    }

    /**
     * Cells with {@code c}, present text {@code t}, value {@code x} and, where the columns have a rival format, the value {@code r}
     * by that.
     */
    static String values(List<Target> alike, String from) {
        RawColumn column = alike.get(0).column();
        Reading reading = alike.get(0).reading();
        String rival = reading.rivals().isEmpty()
                ? "CAST(NULL AS DOUBLE)"
                : CellSql.value(column, "t", reading.with(reading.rivals().get(0)));
        return "SELECT c, t, " + CellSql.value(column, "t", reading) + " AS x, " + rival + " AS r FROM ("
                + present(alike, from) + ")";
    }

    /** Cells with {@code c} and the key {@code k} that stands for the value; NULL if missing or invalid. */
    static String keys(List<Target> alike, String from) {
        String key = switch (alike.get(0).reading().kind()) {
            case NUMBER -> "CAST(x + 0.0 AS VARCHAR)";
            case TIME -> "CAST(CAST(x AS BIGINT) AS VARCHAR)";
            case BOOLEAN -> "CASE x WHEN 1.0 THEN 'true' WHEN 0.0 THEN 'false' END";
            case TEXT, EMPTY -> "t";
        };
        return "SELECT c, " + key + " AS k FROM (" + values(alike, from) + ")";
    }

    private static String present(List<Target> alike, String from) {
        return "SELECT c, " + CellSql.present("t", alike.get(0).reading()) + " AS t FROM (" + trimmed(alike, from) + ")";
    }

    private static String trimmed(List<Target> alike, String from) {
        String numbers = alike.stream()
                .map(target -> Integer.toString(target.column().index()))
                .collect(Collectors.joining(", "));
        String cells = alike.stream().map(target -> target.column().sql()).collect(Collectors.joining(", "));
        return "SELECT c, " + CellSql.trimmed(alike.get(0).column().stored(), "v") + " AS t FROM (SELECT unnest([" + numbers
                + "]) AS c, unnest([" + cells + "]) AS v FROM " + from + ")";
    }
}
