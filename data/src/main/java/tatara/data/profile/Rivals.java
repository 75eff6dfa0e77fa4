package tatara.data.profile;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ValueCount;

/** Day before month, or month before day: decided by all rows, then by the rhythm of the dates, then by custom. */
final class Rivals {
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\D+(\\d+)");

    private Rivals() {}

    static Reading settle(ColumnSample sample, Reading reading, Measure measure) {
        CellFormat first = reading.format();
        CellFormat second = reading.rivals().get(0);
        if (measure.valid() != measure.rivalValid()) {
            boolean keep = measure.valid() > measure.rivalValid();
            return reading.with(keep ? first : second)
                    .because("told from its rival by " + Math.abs(measure.valid() - measure.rivalValid())
                            + " rows that only " + pattern(keep ? first : second) + " reads");
        }
        CellFormat dayFirst = isDayFirst(first) ? first : second;
        CellFormat monthFirst = isDayFirst(first) ? second : first;
        int[] distinct = distinct(sample);
        if (distinct[0] == 1 && distinct[1] > 1) {
            return reading.with(dayFirst).because("the first number is always the same: taken for the day");
        }
        if (distinct[1] == 1 && distinct[0] > 1) {
            return reading.with(monthFirst).because("the second number is always the same: taken for the day");
        }
        boolean slash = pattern(first).contains("/");
        return reading.with(slash ? monthFirst : dayFirst)
                .because("day and month can't be told apart (no number above 12): taken for "
                        + pattern(slash ? monthFirst : dayFirst) + " by custom; mend timePattern if that is wrong");
    }

    private static boolean isDayFirst(CellFormat format) {
        String pattern = pattern(format);
        return pattern.indexOf('d') < pattern.indexOf('M');
    }

    private static String pattern(CellFormat format) {
        return format.timePattern().orElse("ISO 8601");
    }

    private static int[] distinct(ColumnSample sample) {
        Set<String> first = new TreeSet<>();
        Set<String> second = new HashSet<>();
        List<ValueCount> values = sample.values();
        for (ValueCount value : values) {
            Matcher matcher = NUMBERS.matcher(value.value());
            if (matcher.find()) {
                first.add(matcher.group(1));
                second.add(matcher.group(2));
            }
        }
        return new int[] {first.size(), second.size()};
    }
}
