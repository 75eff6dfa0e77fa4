package tatara.train.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tatara.core.run.Evaluation.Curve;

/** Points of an evaluation's plots. */
final class Curves {
    private static final int MOST_POINTS = 200;
    private static final int MOST_BINS = 15;
    private static final int LEAST_BIN_ROWS = 20;
    private static final int HISTOGRAM_BINS = 40;

    private Curves() {}

    /** Two rates for each threshold, thinned evenly; the ends are kept. */
    static Curve roc(RankedScores ranked) {
        List<double[]> points = new ArrayList<>();
        points.add(new double[] {0, 0});
        ranked.descend((score, yes, no) -> points.add(new double[] {
            (double) no / Math.max(1, ranked.negatives()), (double) yes / Math.max(1, ranked.positives())
        }));
        return curve("roc", points);
    }

    static Curve precisionRecall(RankedScores ranked) {
        List<double[]> points = new ArrayList<>();
        ranked.descend((score, yes, no) ->
                points.add(new double[] {(double) yes / Math.max(1, ranked.positives()), (double) yes / (yes + no)}));
        return curve("precision-recall", points);
    }

    private static Curve curve(String name, List<double[]> points) {
        int count = Math.min(points.size(), MOST_POINTS);
        double[] x = new double[count];
        double[] y = new double[count];
        for (int i = 0; i < count; i++) {
            int at = count == 1 ? 0 : (int) ((long) i * (points.size() - 1) / (count - 1));
            x[i] = points.get(at)[0];
            y[i] = points.get(at)[1];
        }
        return new Curve(name, x, y, new double[0]);
    }

    /**
     * Means of two columns in bins of about equal mass, rows with equal abscissae in one bin: x the mean of {@code by}, y that of
     * {@code of}.
     */
    static Curve bins(String name, double[] by, double[] of) {
        int rows = by.length;
        Integer[] order = new Integer[rows];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(by[a], by[b]));
        int wanted = Math.max(1, Math.min(MOST_BINS, rows / LEAST_BIN_ROWS));
        List<double[]> bins = new ArrayList<>();
        int start = 0;
        for (int bin = 1; bin <= wanted; bin++) {
            int end = (int) ((long) rows * bin / wanted);
            while (end < rows && end > start && by[order[end]] == by[order[end - 1]]) {
                end++;
            }
            if (end > start) {
                double sumBy = 0;
                double sumOf = 0;
                for (int i = start; i < end; i++) {
                    sumBy += by[order[i]];
                    sumOf += of[order[i]];
                }
                bins.add(new double[] {sumBy / (end - start), sumOf / (end - start), end - start});
                start = end;
            }
        }
        return new Curve(name, column(bins, 0), column(bins, 1), column(bins, 2));
    }

    private static double[] column(List<double[]> rows, int index) {
        return rows.stream().mapToDouble(row -> row[index]).toArray();
    }

    /** Expected calibration error: the mean over rows of the gap between a bin's mean probability and its rate. */
    static double calibrationError(Curve bins) {
        double gap = 0;
        double rows = 0;
        for (int bin = 0; bin < bins.x().length; bin++) {
            gap += bins.size()[bin] * Math.abs(bins.x()[bin] - bins.y()[bin]);
            rows += bins.size()[bin];
        }
        return rows == 0 ? Double.NaN : gap / rows;
    }

    /** Rows by residual (actual less predicted); the outermost bins hold the tails beyond the 0.5 % and 99.5 % quantiles. */
    static Curve residuals(double[] labels, double[][] predictions) {
        double[] residuals = new double[predictions.length];
        Arrays.setAll(residuals, row -> labels[row] - predictions[row][0]);
        double[] sorted = residuals.clone();
        Arrays.sort(sorted);
        double low = Intervals.quantile(sorted, 0.005);
        double high = Intervals.quantile(sorted, 0.995);
        if (!(high > low)) {
            return new Curve("residuals", new double[] {low}, new double[] {residuals.length}, new double[0]);
        }
        double[] x = new double[HISTOGRAM_BINS];
        double[] y = new double[HISTOGRAM_BINS];
        double width = (high - low) / HISTOGRAM_BINS;
        Arrays.setAll(x, bin -> low + (bin + 0.5) * width);
        for (double residual : residuals) {
            y[(int) Math.max(0, Math.min(HISTOGRAM_BINS - 1, Math.floor((residual - low) / width)))]++;
        }
        return new Curve("residuals", x, y, new double[0]);
    }
}
