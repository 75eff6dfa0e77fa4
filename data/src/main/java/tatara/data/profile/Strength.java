package tatara.data.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How well one column alone predicts the target: mean of the target within bins of the column, learned on every other row and judged
 * on the rest. ROC AUC for classes (the mean over classes against the rest where there are more than two), R² for numbers.
 */
final class Strength {
    private static final int MOST_BINS = 256;
    private static final int ROWS_PER_BIN = 50;
    private static final int MOST_CLASSES = 20;
    private static final double PRIOR_ROWS = 1;

    private final TargetValues target;

    Strength(TargetValues target) {
        this.target = target;
    }

    double of(SampledColumn column) {
        int[] bins = bins(column);
        int count = Arrays.stream(bins).max().orElse(0) + 1;
        if (!target.classed()) {
            return explained(bins, count, target.column().numbers());
        }
        int[] rows = target.classRows();
        int classes = Math.min(rows.length, MOST_CLASSES);
        if (rows.length <= 2) {
            return rows.length < 2 ? 0.5 : Math.max(auc(bins, count, 1), ordered(column));
        }
        double sum = 0;
        for (int code = 0; code < classes; code++) {
            sum += auc(bins, count, code);
        }
        return sum / classes;
    }

    /** Each level its own bin, numbers with many values in equally full ones; missing is a bin. */
    private static int[] bins(SampledColumn column) {
        int[] bins = new int[column.rows()];
        int wanted = Math.max(4, Math.min(MOST_BINS, column.rows() / ROWS_PER_BIN));
        if (!column.isNumeric() || column.levels() <= wanted) {
            for (int row = 0; row < bins.length; row++) {
                bins[row] = column.codes()[row] + 1;
            }
            return bins;
        }
        double[] sorted = Arrays.stream(column.numbers())
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double[] edges = new double[wanted - 1];
        for (int i = 1; i < wanted; i++) {
            edges[i - 1] = sorted[(int) ((long) i * sorted.length / wanted)];
        }
        for (int row = 0; row < bins.length; row++) {
            double value = column.numbers()[row];
            int place = Arrays.binarySearch(edges, value);
            bins[row] = Double.isNaN(value) ? 0 : 1 + (place < 0 ? -place - 1 : place + 1);
        }
        return bins;
    }

    private double auc(int[] bins, int count, int code) {
        int[] codes = target.column().codes();
        double[][] all = new double[2][count];
        double[][] hits = new double[2][count];
        double[] total = new double[2];
        double[] rows = new double[2];
        for (int row = 0; row < bins.length; row++) {
            int fold = row % 2;
            double hit = codes[row] == code ? 1 : 0;
            all[fold][bins[row]]++;
            hits[fold][bins[row]] += hit;
            total[fold] += hit;
            rows[fold]++;
        }
        List<double[]> groups = new ArrayList<>();
        for (int fold = 0; fold < 2; fold++) {
            int other = 1 - fold;
            double prior = total[other] / Math.max(1, rows[other]);
            for (int bin = 0; bin < count; bin++) {
                if (all[fold][bin] > 0) {
                    double score = (hits[other][bin] + PRIOR_ROWS * prior) / (all[other][bin] + PRIOR_ROWS);
                    groups.add(new double[] {score, hits[fold][bin], all[fold][bin] - hits[fold][bin]});
                }
            }
        }
        return area(groups);
    }

    /** By the order of the numbers themselves, which bins blur where the classes meet; missing values count half. */
    private double ordered(SampledColumn column) {
        if (!column.isNumeric()) {
            return 0;
        }
        double[][] levels = new double[column.levels()][];
        double[] missing = {0, 0, 0};
        for (int row = 0; row < column.rows(); row++) {
            int level = column.codes()[row];
            double[] group = missing;
            if (level >= 0) {
                levels[level] = levels[level] == null ? new double[] {column.numbers()[row], 0, 0} : levels[level];
                group = levels[level];
            }
            group[target.column().codes()[row] == 1 ? 1 : 2]++;
        }
        double known = area(new ArrayList<>(List.of(levels)));
        double absent = (missing[1] + missing[2]) / column.rows();
        return Math.max(known, 1 - known) * (1 - absent) + 0.5 * absent;
    }

    /**
     * Area under the ROC curve, ties counted half; 0.5 if a class is empty.
     *
     * @param groups score, positives and negatives of each
     */
    private static double area(List<double[]> groups) {
        groups.sort(Comparator.comparingDouble(group -> group[0]));
        double positives = 0;
        double negatives = 0;
        double won = 0;
        int at = 0;
        while (at < groups.size()) {
            double score = groups.get(at)[0];
            double hits = 0;
            double misses = 0;
            while (at < groups.size() && groups.get(at)[0] == score) {
                hits += groups.get(at)[1];
                misses += groups.get(at)[2];
                at++;
            }
            won += hits * (negatives + misses / 2);
            positives += hits;
            negatives += misses;
        }
        return positives == 0 || negatives == 0 ? 0.5 : won / (positives * negatives);
    }

    private static double explained(int[] bins, int count, double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double errors = 0;
        double spread = 0;
        for (int fold = 0; fold < 2; fold++) {
            double[] sums = new double[count];
            double[] all = new double[count];
            for (int row = 1 - fold; row < bins.length; row += 2) {
                sums[bins[row]] += values[row] - mean;
                all[bins[row]]++;
            }
            for (int row = fold; row < bins.length; row += 2) {
                double guess = sums[bins[row]] / (all[bins[row]] + PRIOR_ROWS / ROWS_PER_BIN);
                errors += Math.pow(values[row] - mean - guess, 2);
                spread += Math.pow(values[row] - mean, 2);
            }
        }
        return spread > 0 ? 1 - errors / spread : 0;
    }
}
