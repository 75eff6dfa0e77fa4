package tatara.cli;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import tatara.core.spec.Goal;
import tatara.core.spec.Metric;

/** Reads goals such as {@code roc_auc>=0.8}. */
final class Goals implements CommandLine.ITypeConverter<Goal> {
    private static final Pattern FORM =
            Pattern.compile("\\s*([a-z0-9_]+)\\s*(>=|<=|>|<)\\s*(-?\\d{1,15}(?:\\.\\d{1,15})?)\\s*");

    private static final Set<Metric> SHARES = EnumSet.of(
            Metric.ROC_AUC,
            Metric.AVERAGE_PRECISION,
            Metric.ACCURACY,
            Metric.BALANCED_ACCURACY,
            Metric.F1,
            Metric.PRECISION,
            Metric.RECALL,
            Metric.PRECISION_AT_K,
            Metric.BRIER);

    @Override
    public Goal convert(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new CommandLine.TypeConversionException("goal: " + text + " (expected: such as roc_auc>=0.8)");
        }
        Metric metric = Metric.ofKey(matcher.group(1))
                .orElseThrow(() -> new CommandLine.TypeConversionException("metric: " + matcher.group(1)
                        + " (expected: one of "
                        + Arrays.stream(Metric.values()).map(Metric::key).collect(Collectors.joining(", ")) + ")"));
        double value = Double.parseDouble(matcher.group(3));
        if (SHARES.contains(metric) && (value < 0 || value > 1)) {
            throw new CommandLine.TypeConversionException(
                    "goal: " + text + " (expected: " + metric.key() + " lies between 0 and 1)");
        }
        return new Goal(metric, matcher.group(2).startsWith(">"), value);
    }
}
