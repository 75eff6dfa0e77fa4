package tatara.data.profile;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.evidence.Suspect;

/** Finds columns that are the target again: equal, one-to-one recoded, or in the same or the opposite order. */
final class Copies {
    private static final double COVERED = 0.9;
    private static final int LEAST_ROWS = 20;
    private static final int LEAST_CLASS_ROWS = 3;
    private static final double AGREEING = 0.995;
    private static final double CLASS_AGREEING = 0.98;
    private static final double SAME_ORDER = 0.9999;
    private static final int MANY_VALUES = 20;

    private final TargetValues target;

    Copies(TargetValues target) {
        this.target = target;
    }

    Optional<Suspect> find(SampledColumn column) {
        int both = 0;
        for (int code : column.codes()) {
            both += code >= 0 ? 1 : 0;
        }
        if (both < LEAST_ROWS || both < COVERED * target.rows()) {
            return Optional.empty();
        }
        if (target.classed() || target.classes() <= MANY_VALUES) {
            return recoding(column, both);
        }
        return column.isNumeric() && column.levels() > MANY_VALUES ? sameOrder(column) : Optional.empty();
    }

    private Optional<Suspect> recoding(SampledColumn column, int both) {
        if (target.classes() < 2 || column.levels() < target.classes() || 5 * target.classes() > both) {
            return Optional.empty();
        }
        int agreeing = agreeing(column);
        double share = (double) agreeing / both;
        if (share < AGREEING) {
            return Optional.empty();
        }
        return Optional.of(new Suspect(
                column.name(),
                Suspect.Kind.COPY_OF_TARGET,
                List.of(),
                "agreement",
                share,
                "each value stands for one value of " + target.column().name() + " in "
                        + NumberReading.percent(agreeing, both) + " of the rows",
                true));
    }

    /** Rows where each class has its own level; 0 if two classes share one, or if a class hardly agrees. */
    private int agreeing(SampledColumn column) {
        int[] y = target.column().codes();
        int[] x = column.codes();
        Map<Long, Integer> pairs = new HashMap<>();
        for (int row = 0; row < x.length; row++) {
            if (x[row] >= 0) {
                pairs.merge((long) x[row] << 32 | y[row], 1, Integer::sum);
            }
        }
        int[] best = new int[target.classes()];
        int[] partner = new int[target.classes()];
        Arrays.fill(partner, -1);
        pairs.forEach((pair, count) -> {
            int code = (int) (pair & 0xFFFFFFFFL);
            int level = (int) (pair >> 32);
            if (count > best[code] || (count == best[code] && level < partner[code])) {
                best[code] = count;
                partner[code] = level;
            }
        });
        int[] rows = new int[target.classes()];
        for (int row = 0; row < x.length; row++) {
            rows[y[row]] += x[row] >= 0 ? 1 : 0;
        }
        boolean agree = Arrays.stream(partner).distinct().count() == target.classes();
        for (int code = 0; code < rows.length; code++) {
            agree &= best[code] >= CLASS_AGREEING * rows[code] && rows[code] >= LEAST_CLASS_ROWS;
        }
        return agree ? Arrays.stream(best).sum() : 0;
    }

    private Optional<Suspect> sameOrder(SampledColumn column) {
        if (!Ranks.areCorrelated(column.numbers(), target.column().numbers(), SAME_ORDER)) {
            return Optional.empty();
        }
        double order = Ranks.correlation(column.numbers(), target.column().numbers());
        return Optional.of(new Suspect(
                column.name(),
                Suspect.Kind.COPY_OF_TARGET,
                List.of(),
                "rank_correlation",
                order,
                "it puts the rows in " + (order > 0 ? "the same" : "the opposite") + " order as "
                        + target.column().name(),
                true));
    }
}
