package tatara.train.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tatara.core.design.FeatureDesign.Split;
import tatara.core.run.Evaluation.LearningPoint;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.train.learner.Synthetic;
import tatara.train.learner.TrainingData;
import tatara.train.search.TrainingSet;

class BaselinesTest {
    @Test
    void classesHaveAMajorityATableAndALinearModel() {
        TrainingSet training = set(Synthetic.of(Task.BINARY, 1_500, 2, 1).data());
        TrainingSet holdout = set(Synthetic.of(Task.BINARY, 700, 2, 2).data());
        Baselines baselines = new Baselines(Metric.ROC_AUC, 3);
        Map<String, Double> values = baselines.crossValidated(training, Split.Kind.STRATIFIED);
        assertThat(values.keySet()).containsExactly("majority", "one-feature", "linear");
        assertThat(values.get("majority")).isEqualTo(0.5, within(0.05));
        assertThat(values.get("one-feature")).isBetween(0.65, 0.8);
        assertThat(values.get("linear")).isGreaterThan(values.get("one-feature"));
        assertThat(baselines.heldOut(training, holdout).get("one-feature")).isBetween(0.65, 0.8);
        assertThat(baselines.crossValidated(training, Split.Kind.STRATIFIED)).isEqualTo(values);
    }

    @Test
    void valuesHaveAMean() {
        TrainingSet training = set(Synthetic.of(Task.REGRESSION, 600, 0, 1).data());
        Map<String, Double> values = new Baselines(Metric.R2, 3).crossValidated(training, Split.Kind.RANDOM);
        assertThat(values.get("mean")).isEqualTo(0, within(0.02));
        assertThat(values.get("one-feature")).isGreaterThan(0.2);
        assertThat(values.get("linear")).isGreaterThan(0.5);
    }

    @Test
    void aTableReadsCategoriesAndGaps() {
        int rows = 400;
        float[] category = new float[rows];
        double[] labels = new double[rows];
        for (int row = 0; row < rows; row++) {
            category[row] = row % 4 == 3 ? Float.NaN : row % 4;
            labels[row] = row % 4 == 3 ? 50 : 10 * (row % 4);
        }
        TrainingData data = new TrainingData(
                new float[][] {category}, List.of(Synthetic.category("c", 3)), rows, labels, Task.REGRESSION, 0, false);
        Map<String, Double> values = new Baselines(Metric.RMSE, 3).crossValidated(set(data), Split.Kind.RANDOM);
        assertThat(values.get("one-feature")).isLessThan(2);
        assertThat(values.get("mean")).isGreaterThan(15);
    }

    @Test
    void severalClassesAndFewRows() {
        TrainingSet training = set(Synthetic.of(Task.MULTICLASS, 500, 3, 5).data());
        Map<String, Double> values = new Baselines(Metric.LOG_LOSS, 3).crossValidated(training, Split.Kind.STRATIFIED);
        assertThat(values.get("linear")).isLessThan(values.get("majority"));
        TrainingSet few = set(Synthetic.of(Task.MULTICLASS, 5, 3, 5).data());
        assertThat(new Baselines(Metric.LOG_LOSS, 3).crossValidated(few, Split.Kind.STRATIFIED))
                .isEmpty();
    }

    @Test
    void moreRowsTeachMore() {
        TrainingSet training = set(Synthetic.of(Task.BINARY, 2_000, 2, 6).data());
        TrainingSet holdout = set(Synthetic.of(Task.BINARY, 1_000, 2, 7).data());
        List<LearningPoint> points = LearningCurve.of(training, holdout, Metric.ROC_AUC, 1);
        assertThat(points).extracting(LearningPoint::rows).containsExactly(200L, 500L, 1_000L, 2_000L);
        assertThat(points.get(3).value()).isGreaterThan(points.get(0).value());
    }

    private static TrainingSet set(TrainingData data) {
        return new TrainingSet(data, new long[data.rows()], new long[0], 0, 0);
    }
}
