package tatara.train.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tatara.core.design.TrainingDesign;
import tatara.core.design.TrainingDesign.Calibration;
import tatara.core.run.Evaluation.CandidateScore;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.model.calibrate.IsotonicCalibrator;
import tatara.model.calibrate.Link;
import tatara.model.calibrate.NoCalibrator;
import tatara.model.calibrate.SigmoidCalibrator;
import tatara.model.calibrate.TemperatureCalibrator;
import tatara.model.ensemble.FoldModel;
import tatara.model.ensemble.SubsetEncoder;
import tatara.model.linear.LinearScorer;
import tatara.train.evaluate.Metrics;
import tatara.train.learner.Synthetic;
import tatara.train.learner.TrainingData;
import tatara.train.search.TrainedCandidate;
import tatara.train.search.TrainingSet;

class EnsembleTrainingTest {
    private static final int ROWS = 4_000;

    private final SplittableRandom random = new SplittableRandom(6);
    private final double[] truth = new double[ROWS];
    private final double[] labels = new double[ROWS];

    EnsembleTrainingTest() {
        for (int row = 0; row < ROWS; row++) {
            truth[row] = random.nextDouble();
            labels[row] = random.nextDouble() < truth[row] ? 1 : 0;
        }
    }

    @Test
    void twoModelsThatErrDifferentlyShareTheWeight() {
        double[][] first = noisy(0.3);
        double[][] second = noisy(0.3);
        double[][] useless = noisy(5);
        TrainedEnsemble joined = join(Metric.ROC_AUC, Calibration.NONE, 8, first, second, useless);
        double[] weights =
                joined.candidates().stream().mapToDouble(CandidateScore::weight).toArray();
        assertThat(weights[0]).isEqualTo(0.5, within(0.12));
        assertThat(weights[1]).isEqualTo(0.5, within(0.12));
        assertThat(weights[2]).isLessThan(0.1);
        assertThat(joined.value())
                .isGreaterThan(joined.candidates().get(0).value())
                .isGreaterThan(joined.candidates().get(1).value());
        assertThat(joined.ensemble().members()).noneMatch(member -> member.weight() == 0);
    }

    @Test
    void oneMemberAtMostIsTheBest() {
        TrainedEnsemble joined = join(Metric.ROC_AUC, Calibration.NONE, 1, noisy(0.5), noisy(0.1), noisy(0.5));
        assertThat(joined.ensemble().members()).hasSize(1);
        assertThat(joined.ensemble().members().get(0).id()).isEqualTo("c1");
    }

    @Test
    void goodProbabilitiesAreLeftAlone() {
        TrainedEnsemble joined = join(Metric.ROC_AUC, Calibration.BEST, 8, noisy(0));
        assertThat(joined.ensemble().calibrator()).isInstanceOf(NoCalibrator.class);
        assertThat(joined.notes()).anyMatch(note -> note.contains("no calibration"));
    }

    @Test
    void timidProbabilitiesAreStretched() {
        double[][] timid = mapped(p -> Link.sigmoid(0.4 * Math.log(p / (1 - p))));
        TrainedEnsemble joined = join(Metric.ROC_AUC, Calibration.SIGMOID, 8, timid);
        assertThat(joined.ensemble().calibrator())
                .isInstanceOfSatisfying(
                        SigmoidCalibrator.class, fit -> assertThat(fit.a()).isEqualTo(2.5, within(0.3)));
        Metrics metrics = Metrics.forSearch(Task.BINARY, 2);
        assertThat(metrics.of(Metric.LOG_LOSS, labels, joined.outOfFold()))
                .isLessThan(metrics.of(Metric.LOG_LOSS, labels, timid) - 0.02);
        assertThat(metrics.of(Metric.ROC_AUC, labels, joined.outOfFold()))
                .isEqualTo(metrics.of(Metric.ROC_AUC, labels, timid), within(1e-9));
    }

    @Test
    void bentProbabilitiesAreStraightenedByTheBestForm() {
        double[][] bent = mapped(p -> p < 0.5 ? 0.9 * p : 0.45 + 0.02 * p);
        TrainedEnsemble joined = join(Metric.ROC_AUC, Calibration.BEST, 8, bent);
        assertThat(joined.ensemble().calibrator()).isInstanceOf(IsotonicCalibrator.class);
        Metrics metrics = Metrics.forSearch(Task.BINARY, 2);
        assertThat(metrics.of(Metric.ROC_AUC, labels, joined.outOfFold()))
                .isGreaterThan(metrics.of(Metric.ROC_AUC, labels, bent) - 0.001);
    }

    @Test
    void boldClassesAreCooled() {
        double[][] bold = new double[ROWS][3];
        for (int row = 0; row < ROWS; row++) {
            double[] margins = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            double[] chances = margins.clone();
            Link.SOFTMAX.apply(chances);
            double draw = random.nextDouble();
            labels[row] = draw < chances[0] ? 0 : draw < chances[0] + chances[1] ? 1 : 2;
            for (int output = 0; output < 3; output++) {
                bold[row][output] = 3 * margins[output];
            }
            Link.SOFTMAX.apply(bold[row]);
        }
        TrainedEnsemble joined = join(Task.MULTICLASS, Metric.LOG_LOSS, Calibration.BEST, 8, bold);
        assertThat(joined.ensemble().calibrator())
                .isInstanceOfSatisfying(TemperatureCalibrator.class, fit -> assertThat(fit.temperature())
                        .isEqualTo(3, within(0.3)));
    }

    @Test
    void undefinedScoresStillGiveAModel() {
        Arrays.fill(labels, 1);
        TrainedEnsemble joined = join(Metric.ROC_AUC, Calibration.BEST, 8, noisy(1), noisy(1));
        assertThat(joined.ensemble().members()).isNotEmpty();
        assertThat(joined.value()).isNaN();
    }

    private interface Curve {
        double at(double probability);
    }

    private double[][] mapped(Curve curve) {
        return Arrays.stream(truth).mapToObj(p -> new double[] {curve.at(p)}).toArray(double[][]::new);
    }

    private double[][] noisy(double noise) {
        return mapped(p -> Link.sigmoid(Math.log(p / (1 - p)) + noise * random.nextGaussian()));
    }

    private TrainedEnsemble join(Metric metric, Calibration calibration, int members, double[][]... predictions) {
        return join(Task.BINARY, metric, calibration, members, predictions);
    }

    private TrainedEnsemble join(
            Task task, Metric metric, Calibration calibration, int members, double[][]... predictions) {
        int classes = task == Task.BINARY ? 2 : 3;
        TrainingData data = new TrainingData(
                new float[][] {new float[ROWS]}, List.of(Synthetic.number("x")), ROWS, labels, task, classes, false);
        TrainingSet set = new TrainingSet(data, new long[ROWS], new long[0], 0, 0);
        int outputs = predictions[0][0].length;
        FoldModel nothing = new FoldModel(
                new SubsetEncoder(new int[0]),
                new LinearScorer(new double[outputs][0], new double[outputs], Link.IDENTITY));
        List<TrainedCandidate> candidates = new java.util.ArrayList<>();
        for (int i = 0; i < predictions.length; i++) {
            double value = Metrics.forSearch(task, classes).of(metric, labels, predictions[i]);
            candidates.add(new TrainedCandidate("c" + i, "linear", List.of(nothing), predictions[i], value, 1, 0, 1));
        }
        TrainingDesign design = new TrainingDesign(
                2, 1, ROWS, 1, List.of(), new TrainingDesign.Ensemble(25, members), calibration, 60, 1, 4);
        return new EnsembleTraining(design, metric, Optional.empty()).join(set, candidates);
    }
}
