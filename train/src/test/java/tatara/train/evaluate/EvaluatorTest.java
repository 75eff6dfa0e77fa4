package tatara.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tatara.core.design.FeatureDesign.Split;
import tatara.core.frame.FrameSource;
import tatara.core.run.Evaluation;
import tatara.core.run.Evaluation.Curve;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;

class EvaluatorTest {
    private static final int ROWS = 2_000;

    private final double[] labels = new double[ROWS];
    private final double[][] predictions = new double[ROWS][1];
    private final String[] groups = new String[ROWS];
    private final double[] amounts = new double[ROWS];

    EvaluatorTest() {
        SplittableRandom random = new SplittableRandom(4);
        for (int row = 0; row < ROWS; row++) {
            predictions[row][0] = random.nextDouble();
            groups[row] = row % 4 == 0 ? "hard" : row % 400 == 1 ? "rare" : "easy";
            double chance = groups[row].equals("hard") ? 0.5 : predictions[row][0];
            labels[row] = random.nextDouble() < chance ? 1 : 0;
            amounts[row] = row % 40 == 0 ? Double.NaN : row;
        }
    }

    @Test
    void judgesABinaryModelByStoredPredictions() {
        Evaluation evaluation = evaluate(Task.BINARY, Metric.ROC_AUC);
        double auc = new Metrics(Task.BINARY, 2, 0.5, 0.1).of(Metric.ROC_AUC, labels, predictions);
        assertThat(evaluation.value().value()).isEqualTo(auc);
        assertThat(evaluation.value().low()).isLessThan(auc);
        assertThat(evaluation.value().high()).isGreaterThan(auc);
        assertThat(evaluation.metrics()).containsKeys("roc_auc", "log_loss", "brier", "f1", "precision_at_k", "ece");
        assertThat(evaluation.threshold()).hasValueSatisfying(result -> {
            assertThat(result.truePositives()
                            + result.falsePositives()
                            + result.trueNegatives()
                            + result.falseNegatives())
                    .isEqualTo(ROWS);
            assertThat(result.precision()).isEqualTo(evaluation.metrics().get("precision"), within(1e-12));
        });
        assertThat(evaluation.bestBaseline()).isEqualTo(0.6);
    }

    @Test
    void theWorstSegmentComesFirstAndSmallOnesAreLeftOut() {
        Evaluation evaluation = evaluate(Task.BINARY, Metric.ROC_AUC);
        assertThat(evaluation.segments().get(0).value()).isEqualTo("hard");
        assertThat(evaluation.segments()).noneMatch(segment -> segment.value().equals("rare"));
        assertThat(evaluation.segments()).anyMatch(segment -> segment.value().equals("(missing)"));
        assertThat(evaluation.segments().stream()
                        .filter(segment -> segment.column().equals("amount"))
                        .count())
                .isEqualTo(5);
    }

    @Test
    void curvesKeepTheirEnds() {
        Evaluation evaluation = evaluate(Task.BINARY, Metric.ROC_AUC);
        Curve roc = curve(evaluation, "roc");
        assertThat(roc.x()).hasSize(200).startsWith(0).endsWith(1);
        assertThat(roc.y()).startsWith(0).endsWith(1);
        Curve calibration = curve(evaluation, "calibration");
        assertThat(calibration.x()).hasSize(15).isSorted();
        double rows = 0;
        for (double size : calibration.size()) {
            rows += size;
        }
        assertThat(rows).isEqualTo(ROWS);
    }

    @Test
    void judgesARegression() {
        for (int row = 0; row < ROWS; row++) {
            labels[row] = 3 * predictions[row][0];
        }
        Evaluation evaluation = evaluate(Task.REGRESSION, Metric.RMSE);
        assertThat(evaluation.metrics()).containsKeys("rmse", "mae", "r2", "smape");
        assertThat(curve(evaluation, "residuals").x()).hasSize(40);
        Curve mean = curve(evaluation, "predicted-actual");
        for (int bin = 0; bin < mean.x().length; bin++) {
            assertThat(mean.y()[bin]).isEqualTo(3 * mean.x()[bin], within(1e-9));
        }
        assertThat(evaluation.threshold()).isEmpty();
    }

    @Test
    void rowsWithoutALabelAreNoted() {
        labels[7] = Double.NaN;
        Evaluation evaluation = evaluate(Task.BINARY, Metric.ROC_AUC);
        assertThat(evaluation.rows()).isEqualTo(ROWS - 1);
        assertThat(evaluation.notes()).anyMatch(note -> note.startsWith("1 rows of the hold-out"));
    }

    @Test
    void oneClassGivesNoAucButAnEvaluation() {
        java.util.Arrays.fill(labels, 1);
        Evaluation evaluation = evaluate(Task.BINARY, Metric.ROC_AUC);
        assertThat(evaluation.value().value()).isNaN();
        assertThat(evaluation.metrics()).containsKey("log_loss").doesNotContainKey("roc_auc");
    }

    private Evaluation evaluate(Task task, Metric metric) {
        FrameSource segments = Designs.table(new String[ROWS], groups, new long[ROWS], amounts);
        Evaluator.Context context = new Evaluator.Context(
                new ThresholdChoice(0.5, "even odds", true),
                0.8,
                Map.of("one-feature", 0.6),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        return new Evaluator(Designs.of(task, metric, Split.Kind.RANDOM, "", 0.2), 1)
                .evaluate(labels, predictions, segments, context);
    }

    private static Curve curve(Evaluation evaluation, String name) {
        return evaluation.curves().stream()
                .filter(curve -> curve.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
