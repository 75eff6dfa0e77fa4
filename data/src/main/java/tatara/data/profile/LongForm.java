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

    /**
     * A column and how it is read.
     *
     * @param padded whether cells have white space around them
     */
    record Target(RawColumn column, Reading reading, boolean padded) {
        Target with(Reading other) {
            return new Target(column, other, padded);
        }
    }

    /** What columns of one batch share. */
    private record Shape(
            TableColumn.Type stored, Reading.Kind kind, CellFormat format, List<CellFormat> rivals, boolean padded) {}

    /** Columns that are read alike, together. */
    static List<List<Target>> alike(List<Target> targets) {
        Map<Shape, List<Target>> groups = new LinkedHashMap<>();
        for (Target target : targets) {
            Reading reading = target.reading();
            Shape shape = new Shape(
                    target.column().stored(), reading.kind(), reading.format(), reading.rivals(), target.padded());
            groups.computeIfAbsent(shape, absent -> new ArrayList<>()).add(target);
        }
        return List.copyOf(groups.values());
    }

    /** Cells of columns of one stored type, with {@code c} and the text {@code v} as it is stored. */
    static String cells(List<RawColumn> columns, String from) {
        String numbers =
                columns.stream().map(column -> Integer.toString(column.index())).collect(Collectors.joining(", "));
        String cells = columns.stream().map(RawColumn::sql).collect(Collectors.joining(", "));
        return "SELECT c, " + CellSql.text(columns.get(0).stored(), "s") + " AS v FROM (SELECT unnest([" + numbers
                + "]) AS c, unnest([" + cells + "]) AS s FROM " + from + ")";
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

    /** Cells with {@code c} and present text {@code t}. */
    static String present(List<Target> alike, String from) {
        List<RawColumn> columns = alike.stream().map(Target::column).toList();
        String text = alike.get(0).padded() ? CellSql.trimmed("v") : "v";
        return "SELECT c, " + CellSql.present("t", alike.get(0).reading()) + " AS t FROM (SELECT c, " + text
                + " AS t FROM (" + cells(columns, from) + "))";
    }
}
