package tatara.data.profile;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tatara.core.evidence.Mending;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.ValueCount;

/** What a person should know of a column beyond its type. */
final class Remarks {
    private static final Set<Double> SENTINELS =
            Set.of(-1.0, -9.0, -99.0, -999.0, -9999.0, -99999.0, 99.0, 999.0, 9999.0, 99999.0, 999999.0);
    private static final int Q10 = 3;
    private static final int Q50 = 5;
    private static final int Q99 = 9;
    private static final long SEVERAL = 3;

    private Remarks() {}

    static String of(
            ColumnSample sample, Reading reading, Optional<NumberSummary> numbers, List<ValueCount> top, long invalid) {
        StringBuilder remarks = new StringBuilder();
        if (invalid > 0) {
            remarks.append("; ")
                    .append(invalid)
                    .append(invalid == 1 ? " cell does" : " cells do")
                    .append(" not fit");
        }
        if (!reading.format().missing().isEmpty()) {
            remarks.append("; missing is written ")
                    .append(String.join(", ", reading.format().missing()));
        }
        Map<String, String> repairs =
                reading.format().mending().orElse(Mending.none()).repairs();
        if (!repairs.isEmpty()) {
            remarks.append("; ").append(OddTexts.told(repairs));
        }
        if (sample.column().name().isBlank()) {
            remarks.append("; the column has no name");
        }
        numbers.ifPresent(
                summary -> sentinel(summary, top, new ColumnName(sample.column().name()))
                        .ifPresent(text -> remarks.append("; ").append(text)));
        return remarks.toString();
    }

    private static Optional<String> sentinel(NumberSummary numbers, List<ValueCount> top, ColumnName name) {
        for (ValueCount value : top) {
            double number = Double.parseDouble(value.value());
            boolean onlyNegative = number == numbers.min() && number < 0 && numbers.negatives() == value.count();
            boolean farAbove = number == numbers.max() && number > 0 && number > 3 * numbers.quantiles()[Q99 - 1];
            boolean zeroAge = number == 0 && numbers.min() == 0 && name.says("age") && numbers.quantiles()[Q10] > 5;
            boolean code = SENTINELS.contains(number) && value.count() >= SEVERAL && numbers.quantiles()[Q50] != number;
            if ((code && (onlyNegative || farAbove)) || (zeroAge && numbers.max() > number)) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "%s stands apart from all other values in %d rows: perhaps it means missing",
                        value.value(),
                        value.count()));
            }
        }
        return Optional.empty();
    }
}
