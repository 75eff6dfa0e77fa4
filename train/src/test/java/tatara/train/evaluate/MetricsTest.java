package tatara.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tatara.core.run.Interval;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;

/** Values of scikit-learn's own documentation, and some worked by hand. */
class MetricsTest {
    private static final Metrics BINARY = new Metrics(Task.BINARY, 2, 0.5, 0.5);
    private static final Metrics THREE = new Metrics(Task.MULTICLASS, 3, 0.5, 0.5);
    private static final Metrics VALUES = new Metrics(Task.REGRESSION, 0, 0.5, 0.5);

    @Test
    void ranking() {
        double[] labels = {0, 0, 1, 1};
        double[][] scores = column(0.1, 0.4, 0.35, 0.8);
        assertThat(BINARY.of(Metric.ROC_AUC, labels, scores)).isEqualTo(0.75);
        assertThat(BINARY.of(Metric.AVERAGE_PRECISION, labels, scores)).isEqualTo(5.0 / 6, within(1e-12));
    }

    @Test
    void tiesCountHalf() {
        assertThat(BINARY.of(Metric.ROC_AUC, new double[] {0, 1, 0, 1}, column(0.5, 0.5, 0.2, 0.8)))
                .isEqualTo(0.875);
        assertThat(BINARY.of(Metric.ROC_AUC, new double[] {0, 1, 0, 1}, column(0.5, 0.5, 0.5, 0.5)))
                .isEqualTo(0.5);
        assertThat(BINARY.of(Metric.AVERAGE_PRECISION, new double[] {0, 1, 0, 1}, column(0.5, 0.5, 0.5, 0.5)))
                .isEqualTo(0.5);
    }

    @Test
    void oneClassHasNoAuc() {
        assertThat(BINARY.of(Metric.ROC_AUC, new double[] {1, 1}, column(0.5, 0.6)))
                .isNaN();
        assertThat(BINARY.of(Metric.LOG_LOSS, new double[0], new double[0][])).isNaN();
    }

    @Test
    void probabilities() {
        assertThat(BINARY.of(Metric.LOG_LOSS, new double[] {1, 0, 0, 1}, column(0.9, 0.1, 0.2, 0.65)))
                .isEqualTo(0.21616, within(1e-5));
        assertThat(BINARY.of(Metric.BRIER, new double[] {0, 1, 1, 0}, column(0.1, 0.9, 0.8, 0.3)))
                .isEqualTo(0.0375, within(1e-12));
        assertThat(BINARY.of(Metric.LOG_LOSS, new double[] {1}, column(0)))
                .isFinite()
                .isGreaterThan(30);
    }

    @Test
    void decisions() {
        double[] labels = {0, 1, 0, 0, 1, 0};
        double[][] decided = column(0, 1, 0, 0, 0, 1);
        assertThat(BINARY.of(Metric.BALANCED_ACCURACY, labels, decided)).isEqualTo(0.625);
        assertThat(BINARY.of(Metric.ACCURACY, labels, decided)).isEqualTo(4.0 / 6, within(1e-12));
        assertThat(BINARY.of(Metric.PRECISION, labels, decided)).isEqualTo(0.5);
        assertThat(BINARY.of(Metric.RECALL, labels, decided)).isEqualTo(0.5);
        assertThat(BINARY.of(Metric.F1, labels, decided)).isEqualTo(0.5);
    }

    @Test
    void macroAverages() {
        double[] labels = {0, 1, 2, 0, 1, 2};
        double[][] decided = oneHot(0, 2, 1, 0, 0, 1);
        assertThat(THREE.of(Metric.F1, labels, decided)).isEqualTo(0.8 / 3, within(1e-12));
        assertThat(THREE.of(Metric.PRECISION, labels, decided)).isEqualTo(2.0 / 9, within(1e-12));
        assertThat(THREE.of(Metric.RECALL, labels, decided)).isEqualTo(1.0 / 3, within(1e-12));
    }

    @Test
    void oneVersusRest() {
        double[] labels = {0, 0, 1, 2};
        double[][] scores = {{0.7, 0.2, 0.1}, {0.2, 0.5, 0.3}, {0.3, 0.6, 0.1}, {0.1, 0.1, 0.8}};
        double expected = (0.75 + 1 + 1) / 3;
        assertThat(THREE.of(Metric.ROC_AUC, labels, scores)).isEqualTo(expected, within(1e-12));
        double[] withoutTwo = {0, 0, 1, 1};
        assertThat(THREE.of(Metric.ROC_AUC, withoutTwo, scores)).isBetween(0.0, 1.0);
    }

    @Test
    void values() {
        double[] labels = {3, -0.5, 2, 7};
        double[][] predicted = column(2.5, 0.0, 2, 8);
        assertThat(VALUES.of(Metric.RMSE, labels, predicted)).isEqualTo(Math.sqrt(0.375), within(1e-12));
        assertThat(VALUES.of(Metric.MAE, labels, predicted)).isEqualTo(0.5);
        assertThat(VALUES.of(Metric.R2, labels, predicted)).isEqualTo(0.948608137, within(1e-9));
        assertThat(VALUES.of(Metric.MAPE, labels, predicted)).isEqualTo(0.327380952, within(1e-9));
        assertThat(VALUES.of(Metric.SMAPE, new double[] {100, 0}, column(50, 0)))
                .isEqualTo(200 * 50 / 150.0 / 2, within(1e-9));
        assertThat(VALUES.of(Metric.R2, new double[] {2, 2}, column(2, 2))).isEqualTo(1);
    }

    @Test
    void precisionAmongTheTopRowsSharesTies() {
        double[] labels = {1, 0, 1, 0};
        assertThat(BINARY.of(Metric.PRECISION_AT_K, labels, column(0.9, 0.8, 0.3, 0.1)))
                .isEqualTo(0.5);
        assertThat(BINARY.of(Metric.PRECISION_AT_K, labels, column(0.9, 0.5, 0.5, 0.1)))
                .isEqualTo(0.75);
    }

    @Test
    void wilsonsInterval() {
        Interval interval = Intervals.wilson(0.5, 10);
        assertThat(interval.low()).isEqualTo(0.236593, within(1e-6));
        assertThat(interval.high()).isEqualTo(0.763407, within(1e-6));
    }

    @Test
    void delongsIntervalHasDelongsWidth() {
        double[] labels = {0, 0, 0, 0, 0, 1, 1, 1, 1};
        double[] scores = {0.1, 0.2, 0.3, 0.35, 0.6, 0.3, 0.5, 0.7, 0.8};
        double[] above = new double[4];
        double[] below = new double[5];
        double auc = 0;
        for (int p = 0; p < 4; p++) {
            for (int n = 0; n < 5; n++) {
                double win = scores[5 + p] > scores[n] ? 1 : scores[5 + p] == scores[n] ? 0.5 : 0;
                above[p] += win / 5;
                below[n] += win / 4;
                auc += win / 20;
            }
        }
        double error = Math.sqrt(variance(above) / 4 + variance(below) / 5);
        Interval interval = new Intervals(BINARY, 1).of(Metric.ROC_AUC, labels, column(scores));
        assertThat(interval.value()).isEqualTo(auc, within(1e-12));
        double width = logit(interval.high()) - logit(interval.low());
        assertThat(width).isEqualTo(2 * 1.959964 * error / (auc * (1 - auc)), within(1e-5));
    }

    @Test
    void bootstrapCoversTheMeanLossAndRepeats() {
        double[] labels = new double[400];
        double[][] predicted = new double[400][1];
        for (int row = 0; row < 400; row++) {
            labels[row] = row % 7;
            predicted[row][0] = row % 5;
        }
        Interval first = new Intervals(VALUES, 3).of(Metric.MAE, labels, predicted);
        double[] errors = new double[400];
        Arrays.setAll(errors, row -> Math.abs(labels[row] - predicted[row][0]));
        double half = 1.96 * Math.sqrt(variance(errors) / 400);
        assertThat(first.high() - first.low()).isEqualTo(2 * half, within(0.3 * half));
        assertThat(new Intervals(VALUES, 3).of(Metric.MAE, labels, predicted)).isEqualTo(first);
    }

    static double[][] column(double... values) {
        return Arrays.stream(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new);
    }

    private static double[][] oneHot(int... classes) {
        return Arrays.stream(classes)
                .mapToObj(one -> {
                    double[] row = new double[3];
                    row[one] = 1;
                    return row;
                })
                .toArray(double[][]::new);
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }

    private static double logit(double share) {
        return Math.log(share / (1 - share));
    }
}
