package tatara.train.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tatara.core.design.TrainingDesign;
import tatara.core.design.TrainingDesign.Candidate;
import tatara.core.error.TataraException;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.model.transform.OutputFeature;

class LearnersTest {
    private static final Map<String, Double> NONE = Map.of();

    @ParameterizedTest
    @EnumSource(
            value = Task.class,
            names = {"BINARY", "MULTICLASS", "REGRESSION"})
    void nativeLearnersAndTheirScorersAgree(Task task) {
        Synthetic set = Synthetic.of(task, 1_500, 3, 1);
        for (TrainingDesign.Learner learner : nativeLearners()) {
            FoldResult result = train(set.data(), learner, rounds(learner, 80), Synthetic.fold(1_500, 4, 7));
            assertThat(result.difference()).as(learner.name()).isLessThan(2e-6);
            assertThat(result.rounds()).as(learner.name()).isBetween(2, 80);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Task.class,
            names = {"BINARY", "MULTICLASS", "REGRESSION"})
    void everyLearnerFindsTheTruth(Task task) {
        Synthetic set = Synthetic.of(task, 2_000, 3, 2);
        for (TrainingDesign.Learner learner : allLearners()) {
            Fold fold = Synthetic.fold(2_000, 4, 7);
            FoldResult result = train(set.data(), learner, rounds(learner, 150), fold);
            assertThat(explained(set.data(), fold, result))
                    .as(learner.name())
                    .isGreaterThan(task == Task.BINARY ? 0.15 : 0.25);
        }
    }

    @Test
    void theSameSeedGivesTheSamePredictions() {
        Synthetic set = Synthetic.of(Task.BINARY, 800, 2, 3);
        for (TrainingDesign.Learner learner : allLearners()) {
            FoldResult first = train(set.data(), learner, rounds(learner, 30), Synthetic.fold(800, 5, 11));
            FoldResult second = train(set.data(), learner, rounds(learner, 30), Synthetic.fold(800, 5, 11));
            assertThat(first.predictions()).as(learner.name()).isDeepEqualTo(second.predictions());
        }
    }

    @Test
    void logarithmicTargetsStayPositiveAndComeBackInTheirOwnUnit() {
        Synthetic set = Synthetic.of(Task.REGRESSION, 1_200, 0, 4);
        double[] labels = Arrays.stream(set.data().labels())
                .map(y -> Math.expm1((y - 1_000) / 100 + 5))
                .toArray();
        TrainingData data =
                new TrainingData(set.data().features(), set.data().outputs(), 1_200, labels, Task.REGRESSION, 0, true);
        for (TrainingDesign.Learner learner : allLearners()) {
            Fold fold = Synthetic.fold(1_200, 4, 5);
            FoldResult result = train(data, learner, rounds(learner, 100), fold);
            assertThat(explained(data, fold, result)).as(learner.name()).isGreaterThan(0.3);
            assertThat(result.difference()).as(learner.name()).isLessThan(2e-6);
        }
    }

    @Test
    void uselessColumnsDoNoHarm() {
        int rows = 300;
        Synthetic set = Synthetic.of(Task.BINARY, rows, 2, 5);
        List<OutputFeature> outputs = new ArrayList<>(set.data().outputs());
        float[] constant = new float[rows];
        float[] absent = new float[rows];
        float[] huge = new float[rows];
        Arrays.fill(constant, 3);
        Arrays.fill(absent, Float.NaN);
        Arrays.fill(huge, 3e38f);
        huge[0] = -3e38f;
        float[][] features = Arrays.copyOf(set.data().features(), 9);
        features[5] = constant;
        features[6] = absent;
        features[7] = huge;
        features[8] = absent;
        outputs.addAll(List.of(
                Synthetic.number("constant"),
                Synthetic.number("absent"),
                Synthetic.number("huge"),
                Synthetic.category("nothing", 3)));
        TrainingData data = new TrainingData(features, outputs, rows, set.data().labels(), Task.BINARY, 2, false);
        for (TrainingDesign.Learner learner : allLearners()) {
            FoldResult result = train(data, learner, rounds(learner, 20), Synthetic.fold(rows, 3, 5));
            assertThat(result.difference()).as(learner.name()).isLessThan(2e-6);
            assertFinite(learner, result);
        }
    }

    @Test
    void nothingToLearnFromGivesTheMean() {
        float[][] features = {new float[20]};
        double[] labels = new double[20];
        for (int row = 0; row < 20; row++) {
            labels[row] = row % 2;
        }
        for (Task task : List.of(Task.BINARY, Task.REGRESSION, Task.MULTICLASS)) {
            TrainingData data = new TrainingData(
                    features,
                    List.of(Synthetic.number("zero")),
                    20,
                    labels,
                    task,
                    task == Task.REGRESSION ? 0 : 2,
                    false);
            for (TrainingDesign.Learner learner : allLearners()) {
                FoldResult result = train(data, learner, rounds(learner, 10), Synthetic.fold(20, 5, 5));
                assertThat(result.predictions()[0][0]).as(learner + " " + task).isBetween(0.3, 0.7);
            }
        }
    }

    @Test
    void tinyAndOneSidedFoldsTrain() {
        Synthetic whole = Synthetic.of(Task.BINARY, 6, 2, 6);
        double[] oneClass = new double[6];
        oneClass[5] = 1;
        for (double[] labels : List.of(whole.data().labels(), oneClass)) {
            TrainingData data =
                    new TrainingData(whole.data().features(), whole.data().outputs(), 6, labels, Task.BINARY, 2, false);
            for (TrainingDesign.Learner learner : allLearners()) {
                Fold fold = new Fold(new int[] {0, 1}, new int[] {2, 3, 4, 5}, 1, () -> false);
                assertFinite(learner, train(data, learner, rounds(learner, 5), fold));
            }
        }
    }

    @Test
    void aClassAbsentFromAFoldStaysPossible() {
        Synthetic set = Synthetic.of(Task.MULTICLASS, 200, 3, 7);
        double[] labels = set.data().labels().clone();
        for (int row = 0; row < 200; row++) {
            labels[row] = row % 4 == 0 ? 3 : Math.min(2, labels[row]);
        }
        TrainingData data =
                new TrainingData(set.data().features(), set.data().outputs(), 200, labels, Task.MULTICLASS, 4, false);
        for (TrainingDesign.Learner learner : allLearners()) {
            FoldResult result = train(data, learner, rounds(learner, 10), Synthetic.fold(200, 4, 7));
            assertFinite(learner, result);
            assertThat(Arrays.stream(result.predictions()[0]).sum()).isBetween(1 - 1e-9, 1 + 1e-9);
        }
    }

    @Test
    void tenThousandColumnsTrain() {
        SplittableRandom random = new SplittableRandom(8);
        int rows = 200;
        float[][] features = new float[10_000][rows];
        List<OutputFeature> outputs = new ArrayList<>();
        for (int feature = 0; feature < features.length; feature++) {
            for (int row = 0; row < rows; row++) {
                features[feature][row] = random.nextInt(20) == 0 ? 1 : 0;
            }
            outputs.add(new OutputFeature("t" + feature, "text", List.of(), feature % 2 == 0));
        }
        double[] labels = new double[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = row % 2;
            features[77][row] = row % 2;
        }
        TrainingData data = new TrainingData(features, outputs, rows, labels, Task.BINARY, 2, false);
        for (TrainingDesign.Learner learner : allLearners()) {
            FoldResult result = train(data, learner, rounds(learner, 3), Synthetic.fold(rows, 3, 8));
            assertThat(result.difference()).isLessThan(2e-6);
            assertFinite(learner, result);
        }
    }

    @Test
    void unknownParametersAreNamed() {
        Synthetic set = Synthetic.of(Task.BINARY, 50, 2, 9);
        assertThatThrownBy(() -> train(
                        set.data(),
                        TrainingDesign.Learner.LIGHTGBM,
                        Map.of("learning_rat", 0.1),
                        Synthetic.fold(50, 5, 1)))
                .isInstanceOf(TataraException.class)
                .hasMessageContaining("learning_rat")
                .hasMessageContaining("learning_rate");
        assertThatThrownBy(() -> train(set.data(), TrainingDesign.Learner.THETA, NONE, Synthetic.fold(50, 5, 1)))
                .isInstanceOf(TataraException.class);
    }

    private static FoldResult train(
            TrainingData data, TrainingDesign.Learner learner, Map<String, Double> parameters, Fold fold) {
        Metric metric = data.task() == Task.REGRESSION ? Metric.RMSE : Metric.LOG_LOSS;
        try (Learners learners = new Learners(data, metric, 1)) {
            return learners.of(new Candidate("candidate", learner, parameters, 0))
                    .train(fold);
        }
    }

    private static Map<String, Double> rounds(TrainingDesign.Learner learner, double rounds) {
        return learner == TrainingDesign.Learner.EXTRA_TREES
                ? Map.of("trees", Math.min(rounds, 30))
                : Map.of("rounds", rounds);
    }

    private static List<TrainingDesign.Learner> nativeLearners() {
        return List.of(TrainingDesign.Learner.LIGHTGBM, TrainingDesign.Learner.XGBOOST);
    }

    private static List<TrainingDesign.Learner> allLearners() {
        return List.of(
                TrainingDesign.Learner.LIGHTGBM,
                TrainingDesign.Learner.XGBOOST,
                TrainingDesign.Learner.LINEAR,
                TrainingDesign.Learner.EXTRA_TREES);
    }

    /** Share of the squared error, or of the Brier score, that the predictions save against the mean. */
    private static double explained(TrainingData data, Fold fold, FoldResult result) {
        double error = 0;
        double plain = 0;
        double[] means = new double[result.predictions()[0].length];
        for (int row : fold.valid()) {
            for (int output = 0; output < means.length; output++) {
                means[output] += target(data, row, output) / fold.valid().length;
            }
        }
        for (int i = 0; i < fold.valid().length; i++) {
            for (int output = 0; output < means.length; output++) {
                double truth = target(data, fold.valid()[i], output);
                error += Math.pow(result.predictions()[i][output] - truth, 2);
                plain += Math.pow(means[output] - truth, 2);
            }
        }
        return 1 - error / plain;
    }

    private static double target(TrainingData data, int row, int output) {
        return data.task() == Task.MULTICLASS ? (data.labels()[row] == output ? 1 : 0) : data.labels()[row];
    }

    private static void assertFinite(TrainingDesign.Learner learner, FoldResult result) {
        for (double[] row : result.predictions()) {
            for (double value : row) {
                assertThat(value).as(learner.name()).isFinite();
            }
        }
    }
}
