package tatara.train.anomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tatara.core.design.FeatureDesign;
import tatara.core.design.TrainingDesign;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.FrameSource;
import tatara.core.run.EventSink;
import tatara.core.run.RunEvent;
import tatara.model.calibrate.NoCalibrator;
import tatara.model.ensemble.Ensemble;
import tatara.model.ensemble.FoldModel;
import tatara.model.ensemble.IdentityEncoder;
import tatara.model.ensemble.Member;
import tatara.model.transform.FeatureTransform;
import tatara.model.tree.TreeEnsemble;

/**
 * Trains an anomaly detector: the mean score of isolation forests. Labels, where the design names a target, only judge it; they
 * take no part in training.
 */
public final class AnomalyTraining {
    private static final String STEP = "train";
    private static final int TREES = 300;
    private static final int SAMPLE = 256;
    private static final int MOST_SCORED = 200_000;

    private final FeatureMatrix matrix;
    private final FeatureDesign design;
    private final TrainingDesign training;

    private AnomalyTraining(FeatureMatrix matrix, FeatureDesign design, TrainingDesign training) {
        this.matrix = matrix;
        this.design = design;
        this.training = training;
    }

    /**
     * Trains and judges.
     *
     * @param trainingRows rows outside the hold-out, with the transform's inputs
     * @param holdoutRows rows of the hold-out, the target too if the design has one
     * @param transform fitted on the training rows
     * @param training candidates of the learner {@code ISOLATION_FOREST}; parameters {@code trees},
     *     {@code sample} (rows per tree) and {@code top_share} (share of rows that count as anomalies)
     * @throws TataraException {@link AnomalyErrorCode} if there are fewer than 10 rows, no feature varies, or a candidate is of
     *     another learner
     */
    public static AnomalyResult train(
            FrameSource trainingRows,
            FrameSource holdoutRows,
            FeatureTransform transform,
            FeatureDesign design,
            TrainingDesign training,
            EventSink events) {
        long most = Math.min(training.trainingRows(), MOST_SCORED);
        FeatureMatrix matrix = FeatureMatrix.of(trainingRows, transform, most, training.seed());
        AnomalyTraining run = new AnomalyTraining(matrix, design, training);
        run.check();
        Ensemble ensemble = run.ensemble(events);
        double[] scores = scores(ensemble, matrix);
        AnomalyThreshold threshold = AnomalyThreshold.of(scores, run.demandedShare());
        events.emit(
                new RunEvent.Note(STEP, "Anomalies are scores from " + threshold.value() + " on: " + threshold.rule()));
        FeatureMatrix holdout = FeatureMatrix.of(holdoutRows, transform, holdoutRows.rows(), training.seed());
        double[] holdoutScores = scores(ensemble, holdout);
        List<double[]> halves = run.halves(holdout.rows() > 1 ? holdout : matrix);
        AnomalyEvaluation evaluation = new AnomalyEvaluation(design, training, threshold, halves);
        return new AnomalyResult(
                ensemble,
                threshold.value(),
                threshold.rule(),
                evaluation.of(
                        new AnomalyEvaluation.Scored(trainingRows.select(matrix.positions()), scores),
                        new AnomalyEvaluation.Scored(holdoutRows, holdoutScores)),
                holdoutScores);
    }

    private void check() {
        boolean varies = false;
        for (float[] column : matrix.features()) {
            for (int row = 1; row < matrix.rows() && !varies; row++) {
                varies = Float.compare(column[row], column[0]) != 0;
            }
        }
        if (matrix.rows() < 10 || !varies) {
            throw new TataraException(
                    AnomalyErrorCode.NOTHING_TO_ISOLATE,
                    Fault.of("There is nothing to tell apart: " + matrix.rows() + " rows, " + matrix.features().length
                                    + " features" + (varies ? "" : ", none of which varies"))
                            .expecting("at least 10 rows and one feature that varies"));
        }
    }

    /** The share of anomalies that the design, or else a candidate's {@code top_share}, demands. */
    private Optional<Double> demandedShare() {
        Optional<Double> designed = design.evaluation()
                .threshold()
                .filter(threshold -> threshold.rule() == FeatureDesign.Threshold.Rule.TOP_SHARE)
                .map(FeatureDesign.Threshold::value);
        Optional<Double> planned = training.candidates().stream()
                .flatMap(candidate -> Optional.ofNullable(candidate.parameters().get("top_share")).stream())
                .findFirst();
        return designed.or(() -> planned).filter(share -> share > 0 && share <= 1);
    }

    private Ensemble ensemble(EventSink events) {
        List<Member> members = new ArrayList<>();
        int[] rows = IntStream.range(0, matrix.rows()).toArray();
        int count = training.candidates().size();
        for (int i = 0; i < count; i++) {
            TrainingDesign.Candidate candidate = training.candidates().get(i);
            TreeEnsemble forest = forest(candidate, rows, training.seed() + i);
            FoldModel fold = new FoldModel(new IdentityEncoder(matrix.features().length), forest);
            members.add(new Member(candidate.id(), 1.0 / count, List.of(fold)));
            events.emit(new RunEvent.Progress(STEP, i + 1L, count, "forests"));
        }
        if (members.isEmpty()) {
            throw unknown("no candidate");
        }
        return new Ensemble(members, new NoCalibrator(), 1);
    }

    private TreeEnsemble forest(TrainingDesign.Candidate candidate, int[] rows, long seed) {
        if (candidate.learner() != TrainingDesign.Learner.ISOLATION_FOREST) {
            throw unknown("candidate " + candidate.id() + " of learner " + candidate.learner());
        }
        int trees = (int) Math.max(1, candidate.parameters().getOrDefault("trees", (double) TREES));
        int sample = (int) Math.max(2, candidate.parameters().getOrDefault("sample", (double) SAMPLE));
        return IsolationForest.grow(matrix, rows, trees, sample, seed);
    }

    private static TataraException unknown(String what) {
        return new TataraException(
                AnomalyErrorCode.UNKNOWN_LEARNER,
                Fault.of("Anomalies can't be found with " + what).expecting("candidates of ISOLATION_FOREST"));
    }

    /** Scores by two forests, each grown on another random half of the training rows. */
    private List<double[]> halves(FeatureMatrix judged) {
        SplittableRandom random = new SplittableRandom(training.seed() ^ 0x48414C46L);
        boolean[] first = new boolean[matrix.rows()];
        for (int row = 0; row < first.length; row++) {
            first[row] = random.nextBoolean();
        }
        first[0] = true;
        first[1] = true;
        first[2] = false;
        first[3] = false;
        List<double[]> scores = new ArrayList<>();
        for (boolean half : new boolean[] {true, false}) {
            int[] rows = IntStream.range(0, matrix.rows())
                    .filter(row -> first[row] == half)
                    .toArray();
            TreeEnsemble forest = forest(training.candidates().get(0), rows, training.seed() + (half ? 101 : 102));
            FoldModel fold = new FoldModel(new IdentityEncoder(matrix.features().length), forest);
            scores.add(
                    scores(new Ensemble(List.of(new Member("half", 1, List.of(fold))), new NoCalibrator(), 1), judged));
        }
        return scores;
    }

    private static double[] scores(Ensemble ensemble, FeatureMatrix rows) {
        double[][] scores = ensemble.score(rows.features(), rows.rows());
        return java.util.Arrays.stream(scores).mapToDouble(row -> row[0]).toArray();
    }
}
