package tatara.specialists.phase1.dataengineer;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Limits that rows of the same kind as those seen keep: one-sided bounds for shares, margins for ranges. */
final class Bounds {
    /** Chance that the true share is above the bound, when no row broke the rule. */
    private static final double NEVER = 1e-4;
    /** The like when some rows did, in standard deviations: 1e-6. */
    private static final double SOME = 4.75;
    /** Rows that a gross fault is taken to have spared before, as it spares nearly all columns: few rows alone would excuse it. */
    private static final long SPARED = 75;

    private Bounds() {}

    /**
     * A share of broken rows that rows of the same kind do not exceed: Clopper and Pearson's exact upper bound if none was broken,
     * Wilson's otherwise. Rounded up to two significant digits.
     *
     * @param broken rows seen that break the rule
     * @param rows rows seen
     */
    static double share(long broken, long rows) {
        if (rows == 0) {
            return 1;
        }
        double bound;
        if (broken == 0) {
            bound = 1 - Math.pow(NEVER, 1.0 / rows);
        } else {
            double n = rows;
            double p = broken / n;
            double z = SOME;
            double centre = p + z * z / (2 * n);
            double spread = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
            bound = (centre + spread) / (1 + z * z / n);
        }
        return Math.min(1, outward(bound, 2, RoundingMode.UP));
    }

    /**
     * The like for faults that hardly any sound column has, such as words among numbers: a rule that no row broke is taken to have been kept by {@value #SPARED}
     * rows more.
     */
    static double gross(long broken, long rows) {
        return broken == 0 && rows > 0 ? share(0, rows + SPARED) : share(broken, rows);
    }

    /**
     * A least value with a margin for what was not seen: half as far beyond the extreme as the extreme is beyond the one percent of rows next to
     * it, and a twentieth of the middle 98 percent. Never below zero if nothing seen was.
     */
    static double least(double min, double first, double last) {
        double margin = 0.5 * Math.max(0, first - min) + 0.05 * Math.max(0, last - first);
        double limit = outward(min - margin, 4, RoundingMode.FLOOR);
        return min >= 0 ? Math.max(0, limit) : limit;
    }

    /**
     * A greatest value with the like margin. Never above zero if nothing seen was, nor above one for shares.
     *
     * @param share whether the values are shares: fractions from 0 to 1
     */
    static double greatest(double max, double first, double last, boolean share) {
        double margin = 0.5 * Math.max(0, max - last) + 0.05 * Math.max(0, last - first);
        double limit = outward(max + margin, 4, RoundingMode.CEILING);
        if (share && max <= 1) {
            return Math.min(1, limit);
        }
        return max <= 0 ? Math.min(0, limit) : limit;
    }

    /** Rounded to significant digits in a direction; always finite. */
    static double outward(double value, int digits, RoundingMode mode) {
        return value == 0 || Double.isNaN(value)
                ? value
                : finite(new BigDecimal(finite(value))
                        .round(new MathContext(digits, mode))
                        .doubleValue());
    }

    private static double finite(double value) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    /** A number in decimal, as short as it can be. */
    static String decimal(double value) {
        BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
        return decimal.scale() < 0 || decimal.precision() - decimal.scale() < 18
                ? decimal.toPlainString()
                : decimal.toString();
    }
}
