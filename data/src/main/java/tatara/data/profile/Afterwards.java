package tatara.data.profile;

import java.util.List;
import java.util.Optional;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.Suspect;

/** Finds columns that are filled when a class has come about, such as the date of a cancellation. */
final class Afterwards {
    private static final int LEAST_FILLED = 30;
    private static final double PURE = 0.999;
    private static final double NO_CHANCE = Math.log(1e-12);
    private static final double ALWAYS = 0.995;
    private static final double MOSTLY = 0.9;

    private final TargetValues target;

    Afterwards(TargetValues target) {
        this.target = target;
    }

    Optional<Suspect> find(SampledColumn column) {
        int[] all = target.classRows();
        int[] filled = new int[all.length];
        int present = 0;
        for (int row = 0; row < column.rows(); row++) {
            if (column.codes()[row] >= 0) {
                filled[target.column().codes()[row]]++;
                present++;
            }
        }
        int missing = column.rows() - present;
        if (present < LEAST_FILLED || missing < LEAST_FILLED || all.length < 2) {
            return Optional.empty();
        }
        for (int code = 0; code < all.length; code++) {
            double recall = (double) filled[code] / all[code];
            double others = (double) (present - filled[code]) / (column.rows() - all[code]);
            double balanced = (recall + 1 - others) / 2;
            if (Math.max(balanced, 1 - balanced) >= ALWAYS) {
                return Optional.of(suspect(column, code, balanced, recall >= others, true));
            }
            double chance = (double) all[code] / column.rows();
            boolean pure = filled[code] >= PURE * present && present * Math.log(chance) < NO_CHANCE;
            if (pure) {
                boolean named = new ColumnName(column.name()).saysAfterwards();
                boolean strong = recall >= MOSTLY || named || column.profile().type() == ColumnType.TIME;
                return Optional.of(suspect(column, code, (double) filled[code] / present, true, strong));
            }
        }
        return Optional.empty();
    }

    private Suspect suspect(SampledColumn column, int code, double value, boolean whenFilled, boolean exclude) {
        String state = whenFilled ? "filled" : "missing";
        return new Suspect(
                column.name(),
                Suspect.Kind.KNOWN_AFTER_TARGET,
                List.of(),
                "filled_share",
                value,
                "it is " + state + " (nearly) only where " + target.column().name() + " is " + target.className(code)
                        + ": it becomes known with the outcome",
                exclude);
    }
}
