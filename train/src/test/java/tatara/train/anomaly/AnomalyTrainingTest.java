package tatara.train.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tatara.core.design.FeatureDesign;
import tatara.core.design.TrainingDesign;
import tatara.core.design.TrainingDesign.Candidate;
import tatara.core.design.TrainingDesign.Learner;
import tatara.core.error.ErrorType;
import tatara.core.error.TataraException;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.run.Evaluation;
import tatara.core.run.EventSink;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.model.transform.FeatureTransform;
import tatara.model.transform.OutputFeature;

class AnomalyTrainingTest {
    private static final List<String> LEVELS = List.of("red", "green", "blue");

    /** Numbers as they are, and a colour by its level. */
    private record Plain(List<String> numbers, boolean colour) implements FeatureTransform {
        @Override
        public List<OutputFeature> outputs() {
            List<OutputFeature> outputs = new ArrayList<>();
            numbers.forEach(name -> outputs.add(new OutputFeature(name, name, List.of(), false)));
            if (colour) {
                outputs.add(new OutputFeature("colour", "colour", LEVELS, false));
            }
            return outputs;
        }

        @Override
        public List<Field> inputs() {
            return numbers.stream().map(name -> new Field(name, Kind.NUMBER)).toList();
        }

        @Override
        public void apply(Frame frame, float[][] out, int offset) {
            for (int row = 0; row < frame.rows(); row++) {
                for (int feature = 0; feature < numbers.size(); feature++) {
                    out[feature][offset + row] =
                            (float) ((NumberColumn) frame.column(numbers.get(feature))).values()[row];
                }
                if (colour) {
                    TextColumn texts = (TextColumn) frame.column("colour");
                    out[numbers.size()][offset + row] =
                            texts.isMissing(row) ? Float.NaN : LEVELS.indexOf(texts.value(row));
                }
            }
        }
    }

    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    /** Correlated numbers a and b, a colour; every 50th row is unusual in one of four ways. */
    private static Frame table(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] a = new double[rows];
        double[] b = new double[rows];
        String[] colours = new String[rows];
        String[] labels = new String[rows];
        for (int row = 0; row < rows; row++) {
            a[row] = gaussian(random);
            b[row] = 10 * a[row] + 3 * gaussian(random);
            colours[row] = random.nextInt(2) == 0 ? "red" : "green";
            boolean unusual = row % 50 == 17;
            labels[row] = unusual ? "yes" : "no";
            if (unusual) {
                switch (row / 50 % 4) {
                    case 0 -> a[row] = 7;
                    case 1 -> b[row] = -90;
                    case 2 -> {
                        colours[row] = "blue";
                        a[row] = 4;
                    }
                    default -> {
                        a[row] = Double.NaN;
                        b[row] = 60;
                    }
                }
            }
        }
        List<Field> fields = List.of(
                new Field("a", Kind.NUMBER),
                new Field("b", Kind.NUMBER),
                new Field("colour", Kind.TEXT),
                new Field("fraud", Kind.TEXT));
        List<Column> columns = List.of(
                new NumberColumn(a),
                new NumberColumn(b),
                TextColumn.of(rows, row -> colours[row]),
                TextColumn.of(rows, row -> labels[row]));
        return new Frame(new Schema(fields), columns, rows);
    }

    private static FeatureDesign design(Optional<String> target, Optional<FeatureDesign.Threshold> threshold) {
        List<String> classes = target.isPresent() ? List.of("no", "yes") : List.of();
        return new FeatureDesign(
                List.of(),
                List.of(),
                new FeatureDesign.Target(Task.ANOMALY, target, classes, target.map(column -> "yes"), false),
                new FeatureDesign.Split(FeatureDesign.Split.Kind.RANDOM, Optional.empty(), 0.2, ""),
                new FeatureDesign.Evaluation(
                        Metric.AVERAGE_PRECISION, List.of(), List.of(), List.of(), threshold, List.of()),
                Optional.empty());
    }

    private static TrainingDesign training(Map<String, Double> parameters, long seed) {
        return new TrainingDesign(
                2,
                1,
                1_000_000,
                1,
                List.of(new Candidate("forest", Learner.ISOLATION_FOREST, parameters, 1)),
                new TrainingDesign.Ensemble(1, 1),
                TrainingDesign.Calibration.NONE,
                60,
                1,
                seed);
    }

    private static AnomalyResult train(FeatureDesign design, Map<String, Double> parameters) {
        return AnomalyTraining.train(
                FrameSource.of(table(2_000, 1)),
                FrameSource.of(table(1_000, 2)),
                new Plain(List.of("a", "b"), true),
                design,
                training(new TreeMap<>(parameters), 9),
                EventSink.none());
    }

    @Test
    void findsPlantedAnomalies() {
        AnomalyResult result = train(design(Optional.of("fraud"), Optional.empty()), Map.of());
        Evaluation evaluation = result.evaluation();
        assertThat(evaluation.task()).isEqualTo(Task.ANOMALY);
        assertThat(evaluation.value().value()).isGreaterThan(0.8);
        assertThat(evaluation.metrics().get("roc_auc")).isGreaterThan(0.98);
        assertThat(evaluation.metrics())
                .containsKeys("rank_agreement", "top_agreement")
                .doesNotContainKeys("log_loss", "brier");
        assertThat(evaluation.baselines().get("random")).isEqualTo(0.02);
        assertThat(evaluation.threshold()).isPresent();
        assertThat(evaluation.curves()).extracting(curve -> curve.name()).contains("roc", "anomaly-scores");
        for (double score : result.holdoutScores()) {
            assertThat(score).isBetween(0.0, 1.0);
        }
    }

    @Test
    void labelsTakeNoPartInTraining() {
        double[] with =
                train(design(Optional.of("fraud"), Optional.empty()), Map.of()).holdoutScores();
        double[] without =
                train(design(Optional.empty(), Optional.empty()), Map.of()).holdoutScores();
        assertThat(with).containsExactly(without);
    }

    @Test
    void theSameSeedGivesTheSameScores() {
        FeatureDesign design = design(Optional.empty(), Optional.empty());
        assertThat(train(design, Map.of()).holdoutScores())
                .containsExactly(train(design, Map.of()).holdoutScores());
    }

    @Test
    void withoutLabelsOnlyStabilityIsClaimed() {
        Evaluation evaluation =
                train(design(Optional.empty(), Optional.empty()), Map.of()).evaluation();
        assertThat(evaluation.value().value()).isNaN();
        assertThat(evaluation.metrics().get("rank_agreement")).isGreaterThan(0.8);
        assertThat(evaluation.baselines()).isEmpty();
        assertThat(evaluation.notes()).anyMatch(note -> note.contains("cannot be measured"));
    }

    @Test
    void aDemandedShareIsFlagged() {
        FeatureDesign.Threshold top =
                new FeatureDesign.Threshold(FeatureDesign.Threshold.Rule.TOP_SHARE, 0.1, "asked for");
        for (AnomalyResult result : List.of(
                train(design(Optional.empty(), Optional.of(top)), Map.of()),
                train(design(Optional.empty(), Optional.empty()), Map.of("top_share", 0.1)))) {
            long flagged = java.util.Arrays.stream(result.holdoutScores())
                    .filter(score -> score >= result.threshold())
                    .count();
            assertThat(flagged).isBetween(70L, 130L);
        }
    }

    @Test
    void aClearGapIsFound() {
        double[] scores = new double[1_000];
        java.util.Arrays.setAll(scores, i -> i < 990 ? 0.4 + i * 1e-4 : 0.8 + (i - 990) * 1e-3);
        AnomalyThreshold threshold = AnomalyThreshold.of(scores, Optional.empty());
        assertThat(threshold.value()).isBetween(0.5, 0.8);
        assertThat(threshold.rule()).contains("highest 10 scores");
        java.util.Arrays.setAll(scores, i -> 0.4 + i * 1e-4);
        assertThat(AnomalyThreshold.of(scores, Optional.empty()).value()).isBetween(0.4989, 0.4991);
    }

    @Test
    void refusesWhatHasNothingToIsolate() {
        Frame few = table(5, 3);
        assertThatThrownBy(() -> AnomalyTraining.train(
                        FrameSource.of(few),
                        FrameSource.of(few),
                        new Plain(List.of("a"), false),
                        design(Optional.empty(), Optional.empty()),
                        training(Map.of(), 1),
                        EventSink.none()))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code().type()).isEqualTo(ErrorType.DATA))
                .hasMessageContaining("5 rows");
    }

    @Test
    void bearsAnEmptyHoldoutAndColumnsWithoutNumbers() {
        int rows = 40;
        double[] missing = new double[rows];
        java.util.Arrays.fill(missing, Double.NaN);
        double[] infinite = new double[rows];
        java.util.Arrays.setAll(
                infinite, i -> i == 3 ? Double.POSITIVE_INFINITY : i == 4 ? Double.NEGATIVE_INFINITY : i);
        Frame frame = new Frame(
                new Schema(List.of(new Field("a", Kind.NUMBER), new Field("b", Kind.NUMBER))),
                List.of(new NumberColumn(missing), new NumberColumn(infinite)),
                rows);
        AnomalyResult result = AnomalyTraining.train(
                FrameSource.of(frame),
                FrameSource.of(frame).select(new BitSet()),
                new Plain(List.of("a", "b"), false),
                design(Optional.empty(), Optional.empty()),
                training(Map.of("trees", 20.0), 1),
                EventSink.none());
        assertThat(result.holdoutScores()).isEmpty();
        double[] out = new double[1];
        result.ensemble().score(new float[] {Float.NaN, Float.NaN}, out);
        assertThat(out[0]).isBetween(0.0, 1.0);
    }

    @Test
    void spearmanSharesRanksOfTies() {
        double[] a = {1, 2, 2, 4};
        double[] b = {10, 20, 30, 40};
        assertThat(RankStability.spearman(a, b)).isBetween(0.9486, 0.9487);
        assertThat(RankStability.spearman(b, new double[] {4, 3, 2, 1})).isEqualTo(-1);
        assertThat(RankStability.topAgreement(a, b, 2)).isEqualTo(1);
    }
}
