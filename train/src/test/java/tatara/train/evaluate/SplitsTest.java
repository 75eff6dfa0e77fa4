package tatara.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tatara.core.design.FeatureDesign.Split;
import tatara.core.frame.FrameSource;
import tatara.core.frame.TimeColumn;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;

class SplitsTest {
    private static final int ROWS = 1_000;

    private final String[] targets = new String[ROWS];
    private final String[] groups = new String[ROWS];
    private final long[] times = new long[ROWS];
    private final double[] amounts = new double[ROWS];

    SplitsTest() {
        for (int row = 0; row < ROWS; row++) {
            targets[row] = row % 10 == 0 ? "yes" : "no";
            groups[row] = "group " + row % 37;
            times[row] = (row * 7L % ROWS) / 5;
            amounts[row] = row;
        }
    }

    @Test
    void stratifiedHoldoutKeepsTheShareOfEveryClass() {
        BitSet rows = holdout(Split.Kind.STRATIFIED, "", 0.2);
        assertThat(rows.cardinality()).isEqualTo(200);
        assertThat(rows.stream().filter(row -> targets[row].equals("yes")).count())
                .isEqualTo(20);
        assertThat(holdout(Split.Kind.STRATIFIED, "", 0.2)).isEqualTo(rows);
        assertThat(Splits.holdout(table(), Designs.of(Task.BINARY, Metric.ROC_AUC, Split.Kind.STRATIFIED, "", 0.2), 6))
                .isNotEqualTo(rows);
    }

    @Test
    void rowsWithoutTargetAreNotHeldOut() {
        for (int row = 0; row < 500; row++) {
            targets[row] = null;
        }
        BitSet rows = holdout(Split.Kind.RANDOM, "", 0.2);
        assertThat(rows.cardinality()).isEqualTo(100);
        assertThat(rows.nextSetBit(0)).isGreaterThanOrEqualTo(500);
    }

    @Test
    void timeHoldoutIsTheLatestWithTiesTogether() {
        times[3] = TimeColumn.MISSING;
        BitSet rows = holdout(Split.Kind.TIME, "time", 0.25);
        assertThat(rows.cardinality()).isBetween(245, 255);
        long earliest = rows.stream().mapToLong(row -> times[row]).min().orElseThrow();
        for (int row = 0; row < ROWS; row++) {
            assertThat(rows.get(row)).isEqualTo(times[row] >= earliest);
        }
    }

    @Test
    void oneTimeOnlyFallsBackToChance() {
        Arrays.fill(times, 4);
        assertThat(holdout(Split.Kind.TIME, "time", 0.25).cardinality()).isEqualTo(250);
    }

    @Test
    void groupsAreNeverParted() {
        BitSet rows = holdout(Split.Kind.GROUP, "group", 0.2);
        Set<String> inside = new HashSet<>();
        Set<String> outside = new HashSet<>();
        for (int row = 0; row < ROWS; row++) {
            (rows.get(row) ? inside : outside).add(groups[row]);
        }
        assertThat(inside).doesNotContainAnyElementsOf(outside);
        assertThat(rows.cardinality() / (double) ROWS).isEqualTo(0.2, within(0.05));
    }

    @Test
    void twoGroupsStillGiveBothSides() {
        for (int row = 0; row < ROWS; row++) {
            groups[row] = row < 990 ? "large" : "small";
        }
        assertThat(holdout(Split.Kind.GROUP, "group", 0.2).cardinality()).isBetween(1, 999);
    }

    @Test
    void foldsSpreadClassesEvenly() {
        double[] labels = new double[ROWS];
        Arrays.setAll(labels, row -> row % 10 == 0 ? 1 : 0);
        int[] fold = Splits.folds(Split.Kind.STRATIFIED, labels, ROWS, 2, new long[0], 8, 3);
        int[] positives = new int[8];
        int[] all = new int[8];
        for (int row = 0; row < ROWS; row++) {
            positives[fold[row]] += (int) labels[row];
            all[fold[row]]++;
        }
        assertThat(Arrays.stream(positives).min().orElseThrow()).isGreaterThanOrEqualTo(12);
        assertThat(Arrays.stream(all).max().orElseThrow()).isEqualTo(125);
    }

    @Test
    void foldsSpreadValuesEvenly() {
        double[] labels = new double[ROWS];
        Arrays.setAll(labels, row -> row * 31 % ROWS);
        int[] fold = Splits.folds(Split.Kind.RANDOM, labels, ROWS, 0, new long[0], 5, 3);
        double[] sums = new double[5];
        for (int row = 0; row < ROWS; row++) {
            sums[fold[row]] += labels[row] / 200;
        }
        for (double mean : sums) {
            assertThat(mean).isEqualTo(499.5, within(3.0));
        }
    }

    @Test
    void foldsKeepGroupsTogetherAndBlocksInOrder() {
        long[] keys = new long[ROWS];
        Arrays.setAll(keys, row -> row % 3);
        int[] fold = Splits.folds(Split.Kind.GROUP, amounts, ROWS, 0, keys, 5, 3);
        Map<Long, Integer> foldOf = new HashMap<>();
        for (int row = 0; row < ROWS; row++) {
            assertThat(foldOf.merge(keys[row], fold[row], (a, b) -> a)).isEqualTo(fold[row]);
        }
        assertThat(Set.copyOf(foldOf.values())).hasSize(3);
        Arrays.setAll(keys, row -> ROWS - row);
        int[] blocks = Splits.folds(Split.Kind.TIME, amounts, ROWS, 0, keys, 5, 3);
        assertThat(blocks[0]).isEqualTo(4);
        assertThat(blocks[ROWS - 1]).isEqualTo(0);
    }

    private FrameSource table() {
        return Designs.table(targets, groups, times, amounts);
    }

    private BitSet holdout(Split.Kind kind, String column, double share) {
        return Splits.holdout(table(), Designs.of(Task.BINARY, Metric.ROC_AUC, kind, column, share), 5);
    }
}
