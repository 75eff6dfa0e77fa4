package tatara.data.profile;

import java.util.ArrayList;
import java.util.List;
import tatara.core.evidence.Suspect;

/** Finds flags each of which brings about a class, and which together make it: the class is their "or". */
final class Flags {
    private static final double PURE = 0.999;
    private static final double COVERED = 0.99;
    private static final double NO_CHANCE = Math.log(1e-9);
    private static final double RARE = 0.5;

    private final TargetValues target;
    private final int rare;
    private final int rareRows;
    private final boolean[] covered;
    private final List<String> flags = new ArrayList<>();
    private int coveredRows;

    Flags(TargetValues target) {
        this.target = target;
        int[] rows = target.classRows();
        this.rare = rows.length == 2 && rows[1] < rows[0] ? 1 : 0;
        this.rareRows = rows.length == 2 ? rows[rare] : 0;
        this.covered = new boolean[target.rows()];
    }

    void look(SampledColumn column) {
        double share = (double) rareRows / Math.max(1, target.rows());
        if (column.levels() != 2 || rareRows == 0 || share > RARE) {
            return;
        }
        for (int level = 0; level < 2; level++) {
            int rows = 0;
            int hits = 0;
            for (int row = 0; row < column.rows(); row++) {
                if (column.codes()[row] == level) {
                    rows++;
                    hits += target.column().codes()[row] == rare ? 1 : 0;
                }
            }
            if (hits >= PURE * rows && rows * Math.log(share) < NO_CHANCE) {
                flags.add(column.name());
                cover(column, level);
            }
        }
    }

    private void cover(SampledColumn column, int level) {
        for (int row = 0; row < column.rows(); row++) {
            if (column.codes()[row] == level && target.column().codes()[row] == rare && !covered[row]) {
                covered[row] = true;
                coveredRows++;
            }
        }
    }

    List<Suspect> found() {
        double share = rareRows == 0 ? 0 : (double) coveredRows / rareRows;
        if (flags.size() < 2 || share < COVERED) {
            return List.of();
        }
        String why = target.column().name() + " is " + target.className(rare) + " where one of "
                + String.join(", ", flags) + " is set: it is made from them";
        return flags.stream()
                .map(flag -> new Suspect(
                        flag,
                        Suspect.Kind.PART_OF_TARGET,
                        flags.stream().filter(other -> !other.equals(flag)).toList(),
                        "covered_share",
                        share,
                        why,
                        true))
                .toList();
    }
}
