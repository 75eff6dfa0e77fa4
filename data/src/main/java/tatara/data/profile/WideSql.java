package tatara.data.profile;

import java.util.List;
import java.util.stream.Collectors;
import tatara.core.evidence.CellFormat;
import tatara.data.lake.Engine;
import tatara.data.lake.TableColumn;
import tatara.data.profile.LongForm.Target;

/**
 * Columns of a table side by side, as SELECT items: what is present, {@code tN}, and its value, {@code xN} and {@code rN}, of each. Cells
 * that are stored as what they mean are never turned into text.
 */
final class WideSql {
    private WideSql() {}

    /** Whether the cells are stored as what they mean, so that the stored type can be compared and counted. */
    static boolean isTyped(Target target) {
        Reading reading = target.reading();
        CellFormat format = reading.format();
        boolean plain = format.withMissing(List.of()).equals(CellFormat.plain());
        return switch (target.column().stored()) {
            case DOUBLE, BIGINT ->
                ((reading.kind() == Reading.Kind.NUMBER && plain) || epochMicros(reading) > 0)
                        && reading.rivals().isEmpty()
                        && format.missing().stream().allMatch(WideSql::isNumber);
            case TIMESTAMP ->
                reading.kind() == Reading.Kind.TIME && plain && format.missing().isEmpty();
            case BOOLEAN, VARCHAR -> false;
        };
    }

    /** Microseconds of one unit of a time that is a number; 0 if it is none. */
    private static long epochMicros(Reading reading) {
        String pattern = reading.kind() == Reading.Kind.TIME
                ? reading.format().timePattern().orElse("")
                : "";
        return switch (pattern) {
            case "epoch-s" -> 1_000_000;
            case "epoch-ms" -> 1_000;
            default -> 0;
        };
    }

    private static boolean isNumber(String token) {
        try {
            return Double.isFinite(Double.parseDouble(token));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** A table expression with {@code tN} for each target, N its column's number. */
    static String present(List<Target> targets, String from) {
        return "SELECT "
                + targets.stream()
                        .map(target ->
                                present(target) + " AS t" + target.column().index())
                        .collect(Collectors.joining(", "))
                + " FROM " + from;
    }

    /** A table expression with {@code tN}, {@code xN} and, where there is a rival format, {@code rN} for each target. */
    static String values(List<Target> targets, String from) {
        return "SELECT " + targets.stream().map(WideSql::values).collect(Collectors.joining(", ")) + " FROM ("
                + present(targets, from) + ")";
    }

    private static String values(Target target) {
        int index = target.column().index();
        String text = "t" + index;
        Reading reading = target.reading();
        String rival = reading.rivals().isEmpty()
                ? ""
                : ", "
                        + CellSql.value(
                                target.column(),
                                text,
                                reading.with(reading.rivals().get(0)))
                        + " AS r" + index;
        return text + ", " + value(target, text) + " AS x" + index + rival;
    }

    private static String value(Target target, String present) {
        if (!isTyped(target)) {
            return CellSql.value(target.column(), present, target.reading());
        }
        long micros = epochMicros(target.reading());
        if (micros > 0) {
            return "CASE WHEN isfinite(CAST(" + present + " AS DOUBLE)) THEN CAST(" + present + " AS DOUBLE) * "
                    + micros + " END";
        }
        return switch (target.column().stored()) {
            case DOUBLE -> "CASE WHEN isfinite(" + present + ") THEN " + present + " END";
            case TIMESTAMP -> "CASE WHEN isfinite(" + present + ") THEN CAST(epoch_us(" + present + ") AS DOUBLE) END";
            case BIGINT, BOOLEAN, VARCHAR -> "CAST(" + present + " AS DOUBLE)";
        };
    }

    private static String present(Target target) {
        RawColumn column = target.column();
        if (!isTyped(target)) {
            String text = CellSql.text(column.stored(), column.sql());
            return CellSql.present(target.padded() ? CellSql.trimmed(text) : text, target.reading());
        }
        String missing = column.stored() == TableColumn.Type.DOUBLE ? "isnan(" + column.sql() + ")" : "";
        List<String> tokens = target.reading().format().missing();
        if (!tokens.isEmpty()) {
            missing += (missing.isEmpty() ? "" : " OR ") + column.sql() + " IN ("
                    + tokens.stream().map(token -> typed(column, token)).collect(Collectors.joining(", ")) + ")";
        }
        return missing.isEmpty() ? column.sql() : "CASE WHEN " + missing + " THEN NULL ELSE " + column.sql() + " END";
    }

    /** A text as a constant of the column's stored type. */
    static String typed(RawColumn column, String text) {
        return "CAST(" + Engine.literal(text) + " AS " + column.stored() + ")";
    }
}
