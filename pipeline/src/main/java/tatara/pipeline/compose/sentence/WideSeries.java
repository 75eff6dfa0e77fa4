package tatara.pipeline.compose.sentence;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.TableProfile;

/** A source with one series in each row, which was read as one row for each step: columns of the series, {@code step}, {@code value}. */
final class WideSeries {
    private static final Pattern RANGE = Pattern.compile("(.*?)(\\d+)\\s*(?:\\.\\.+|…|-)\\s*(.*?)(\\d+)");

    private WideSeries() {}

    static boolean is(TableProfile table) {
        return "wide-series".equals(table.source().dialect().get("layout"))
                && table.find("value").isPresent()
                && table.find("step").isPresent();
    }

    /** The column that names the series: the first that is neither step nor value. */
    static Optional<ColumnProfile> series(TableProfile table) {
        return table.columns().stream()
                .filter(column -> !column.name().equals("step") && !column.name().equals("value"))
                .findFirst();
    }

    /** The source's columns that became steps; the dialect lists them with commas, or as {@code V2..V961}. */
    static Set<String> valueColumns(TableProfile table) {
        Set<String> names = new LinkedHashSet<>();
        for (String part : table.source().dialect().getOrDefault("valueColumns", "").split(",", -1)) {
            String name = part.strip();
            Matcher range = RANGE.matcher(name);
            if (range.matches() && range.group(1).equals(range.group(3))) {
                int from = number(range.group(2));
                int to = Math.min(number(range.group(4)), from + 1_000_000);
                for (int i = from; i <= to; i++) {
                    names.add(range.group(1) + i);
                }
            } else if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits.length() > 8 ? "99999999" : digits);
    }
}
