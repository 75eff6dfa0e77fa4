package tatara.train.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.design.FeatureDesign.Split;
import tatara.core.design.FeatureDesign.Threshold;
import tatara.core.design.TrainingDesign;
import tatara.core.design.TrainingDesign.Calibration;
import tatara.core.design.TrainingDesign.Candidate;
import tatara.core.design.TrainingDesign.Learner;
import tatara.core.error.TataraException;
import tatara.core.run.EventSink;
import tatara.core.run.RunEvent;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.train.ensemble.EnsembleTraining;
import tatara.train.ensemble.TrainedEnsemble;
import tatara.train.evaluate.Metrics;
import tatara.train.evaluate.Splits;
import tatara.train.learner.Synthetic;

class CandidateTrainingTest {
    private static final List<Candidate> CANDIDATES = List.of(
            new Candidate(
                    "quick", Learner.LIGHTGBM, Map.of("learning_rate", 0.1, "num_leaves", 7.0, "rounds", 100.0), 0),
            new Candidate("linear", Learner.LINEAR, Map.of(), 0),
            new Candidate("xgboost", Learner.XGBOOST, Map.of("eta", 0.1, "max_depth", 3.0, "rounds", 100.0), 0),
            new Candidate("forest", Learner.EXTRA_TREES, Map.of("trees", 20.0, "min_leaf", 5.0), 0));

    @TempDir
    Path folder;

    @Test
    void theSameInputsGiveTheSameBytesOnAnyNumberOfThreads() throws IOException {
        TrainingSet set = set(Synthetic.of(Task.BINARY, 600, 2, 1));
        for (Candidate candidate : CANDIDATES) {
            byte[] first = bytes(train(set, candidate, 1, 5), candidate.id() + "-1");
            byte[] second = bytes(train(set, candidate, 3, 5), candidate.id() + "-2");
            assertThat(second).as(candidate.id()).isEqualTo(first);
        }
    }

    @Test
    void aStoredCandidateComesBackWhole() throws IOException {
        TrainingSet set = set(Synthetic.of(Task.MULTICLASS, 400, 3, 2));
        for (Candidate candidate : CANDIDATES) {
            TrainedCandidate trained = train(set, candidate, 2, 4);
            Path directory = Files.createDirectories(folder.resolve("stored-" + candidate.id()));
            trained.write(directory);
            TrainedCandidate read = TrainedCandidate.read(directory);
            assertThat(read.outOfFold()).isDeepEqualTo(trained.outOfFold());
            assertThat(read.value()).isEqualTo(trained.value());
            assertThat(read.seconds()).isEqualTo(trained.seconds());
            assertThat(read.folds()).hasSize(4);
            float[][] features = set.data().features();
            assertThat(read.folds().get(3).score(features, 50))
                    .isDeepEqualTo(trained.folds().get(3).score(features, 50));
        }
    }

    @Test
    void aDamagedCandidateSaysSo() throws IOException {
        Files.write(folder.resolve("candidate.bin"), new byte[] {0, 0, 0, 1, 0, 9});
        assertThatThrownBy(() -> TrainedCandidate.read(folder))
                .isInstanceOf(TataraException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void theEnsembleComesNearTheBestPossible() {
        int rows = 6_000;
        Synthetic known = Synthetic.of(Task.BINARY, rows, 2, 3);
        TrainingSet set = set(known);
        List<TrainedCandidate> trained = new ArrayList<>();
        for (Candidate candidate : CANDIDATES) {
            trained.add(train(set, candidate, 2, 5));
        }
        TrainingDesign design = design(CANDIDATES, 2, 5);
        TrainedEnsemble joined = new EnsembleTraining(
                        design, Metric.ROC_AUC, Optional.of(new Threshold(Threshold.Rule.TOP_SHARE, 0.1, "")))
                .join(set, trained);
        double[][] truth =
                Arrays.stream(known.truth()).mapToObj(p -> new double[] {p}).toArray(double[][]::new);
        double bound =
                Metrics.forSearch(Task.BINARY, 2).of(Metric.ROC_AUC, set.data().labels(), truth);
        assertThat(joined.value()).isGreaterThan(bound - 0.015);
        for (TrainedCandidate candidate : trained) {
            assertThat(joined.value()).isGreaterThanOrEqualTo(candidate.value() - 1e-4);
        }
        assertThat(joined.candidates().stream()
                        .mapToDouble(score -> score.weight())
                        .sum())
                .isEqualTo(1, within(1e-9));
        Synthetic fresh = Synthetic.of(Task.BINARY, rows, 2, 33);
        double[][] scores = joined.ensemble().score(fresh.data().features(), rows);
        assertThat(calibrationError(scores, fresh.truth())).isLessThan(0.02);
        long flagged = Arrays.stream(scores)
                .filter(row -> row[0] >= joined.threshold().threshold())
                .count();
        assertThat(flagged / (double) rows).isEqualTo(0.1, within(0.025));
    }

    @Test
    void candidatesAfterTheDeadlineAreLeftOutAndNamed() {
        TrainingSet set = set(Synthetic.of(Task.REGRESSION, 200, 0, 4));
        Clock[] clock = {Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)};
        Clock moving = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return clock[0].instant();
            }
        };
        List<RunEvent> events = new ArrayList<>();
        Deadline deadline = Deadline.after(moving, Duration.ofSeconds(10));
        TrainingDesign design = design(CANDIDATES, 1, 3);
        try (CandidateTraining training = new CandidateTraining(set, folds(set, 3), design, Metric.RMSE, events::add)) {
            assertThat(training.train(CANDIDATES.get(1), deadline)).isPresent();
            clock[0] = Clock.fixed(Instant.EPOCH.plusSeconds(11), ZoneOffset.UTC);
            assertThat(training.train(CANDIDATES.get(0), deadline)).isEmpty();
        }
        assertThat(events)
                .anyMatch(event -> event instanceof RunEvent.Scored scored
                        && scored.candidate().equals("linear"));
        assertThat(events)
                .anyMatch(event ->
                        event instanceof RunEvent.Note note && note.message().contains("quick"));
    }

    @Test
    void oneRowCanNotBeFolded() {
        TrainingSet set = set(Synthetic.of(Task.REGRESSION, 1, 0, 5));
        assertThatThrownBy(() -> train(set, CANDIDATES.get(0), 1, 3))
                .isInstanceOf(TataraException.class)
                .hasMessageContaining("1 training rows");
    }

    static TrainingSet set(Synthetic synthetic) {
        long[] positions = new long[synthetic.data().rows()];
        Arrays.setAll(positions, i -> i);
        return new TrainingSet(synthetic.data(), positions, new long[0], 0, 0);
    }

    private static List<int[]> folds(TrainingSet set, int folds) {
        return List.of(Splits.folds(
                Split.Kind.RANDOM, set.data().labels(), set.rows(), set.data().classes(), set.keys(), folds, 9));
    }

    private static TrainingDesign design(List<Candidate> candidates, int threads, int folds) {
        return new TrainingDesign(
                folds,
                1,
                1_000_000,
                threads,
                candidates,
                new TrainingDesign.Ensemble(25, 8),
                Calibration.BEST,
                60,
                10,
                9);
    }

    private static TrainedCandidate train(TrainingSet set, Candidate candidate, int threads, int folds) {
        Metric metric =
                switch (set.data().task()) {
                    case BINARY -> Metric.ROC_AUC;
                    case MULTICLASS -> Metric.LOG_LOSS;
                    default -> Metric.RMSE;
                };
        try (CandidateTraining training = new CandidateTraining(
                set, folds(set, folds), design(CANDIDATES, threads, folds), metric, EventSink.none())) {
            return training.train(candidate, Deadline.never()).orElseThrow();
        }
    }

    private byte[] bytes(TrainedCandidate candidate, String name) throws IOException {
        Path directory = Files.createDirectories(folder.resolve(name));
        candidate.write(directory);
        return Files.readAllBytes(directory.resolve("candidate.bin"));
    }

    private static double calibrationError(double[][] scores, double[] truth) {
        double[] sums = new double[10];
        for (int row = 0; row < truth.length; row++) {
            sums[Math.min(9, (int) (scores[row][0] * 10))] += scores[row][0] - truth[row];
        }
        return Arrays.stream(sums).map(Math::abs).sum() / truth.length;
    }
}
