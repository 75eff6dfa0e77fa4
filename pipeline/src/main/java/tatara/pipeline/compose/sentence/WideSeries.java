package tatara.pipeline.compose.sentence;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableProfile;

/**
 * A source with one series in each row, which was read as one row for each step: columns of the series, {@code step},
 * {@code value}, and {@code time} if its header held dates.
 */
final class WideSeries {
    static final String VALUE = "value";
    private static final String STEP = "step";
    private static final String TIME = "time";
    private static final Pattern COUNTED = Pattern.compile("(\\D*)(\\d{1,9})");

    private WideSeries() {}

    static boolean is(TableProfile table) {
        return "wide-series".equals(table.source().dialect().get("layout"))
                && table.find(VALUE).isPresent()
                && table.find(STEP).isPresent();
    }

    /** The column that orders the steps. */
    static String order(TableProfile table) {
        boolean dated = table.find(TIME)
                .filter(column -> column.type() == ColumnType.TIME)
                .isPresent();
        return dated ? TIME : STEP;
    }

    /** The column that names the series, if there is one. */
    static Optional<ColumnProfile> series(TableProfile table) {
        return table.columns().stream()
                .filter(column -> !Set.of(STEP, VALUE, TIME).contains(column.name()))
                .findFirst();
    }

    /** Whether a name is that of a column of the source that became a step; the dialect tells them as {@code V2..V961}. */
    static boolean hadColumn(TableProfile table, String name) {
        String[] ends =
                table.source().dialect().getOrDefault("valueColumns", "").split("\\.\\.", 2);
        if (ends.length < 2) {
            return false;
        }
        Matcher first = COUNTED.matcher(ends[0]);
        Matcher last = COUNTED.matcher(ends[1]);
        Matcher asked = COUNTED.matcher(name);
        if (first.matches() && last.matches() && asked.matches()) {
            long number = Long.parseLong(asked.group(2));
            return asked.group(1).equals(first.group(1))
                    && number >= Long.parseLong(first.group(2))
                    && number <= Long.parseLong(last.group(2));
        }
        boolean alike = name.length() == ends[0].length() && name.length() == ends[1].length();
        return alike && name.compareTo(ends[0]) >= 0 && name.compareTo(ends[1]) <= 0;
    }
}
