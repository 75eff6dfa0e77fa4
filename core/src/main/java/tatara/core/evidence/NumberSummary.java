package tatara.core.evidence;

/**
 * Distribution of a numeric column over its non-missing values.
 *
 * @param quantiles at 0, .01, .05, .1, .25, .5, .75, .9, .95, .99, 1
 * @param histogram counts in equal-width bins from {@code min} to {@code max}
 * @param zeros values that are exactly 0
 * @param negatives values below 0
 */
public record NumberSummary(
        double mean,
        double deviation,
        double min,
        double max,
        double skewness,
        double[] quantiles,
        double[] histogram,
        long zeros,
        long negatives) {}
