package tatara.train.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import tatara.core.design.FeatureDesign;
import tatara.core.design.TrainingDesign.Learner;
import tatara.core.error.TataraException;
import tatara.core.frame.Frame;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.run.Evaluation;
import tatara.core.run.EventSink;
import tatara.core.spec.Metric;
import tatara.model.prediction.Predictions;

class ForecastTrainingTest {
    private static double[] series(int length, long seed, double noise, IntToDoubleFunction shape) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[length];
        Arrays.setAll(values, i -> shape.applyAsDouble(i) + noise * Tables.gaussian(random));
        return values;
    }

    private static ForecastResult numbered(double[][] series, int horizon, Integer... periods) {
        return ForecastTraining.train(
                Tables.numbered(series), Tables.numberedDesign(horizon, periods), Tables.training(), EventSink.none());
    }

    private static double[] next(ForecastResult result) {
        Predictions predictions = result.model().predict(result.model().horizonFrame());
        assertThat(predictions.values()).doesNotContain(Double.NaN);
        for (int i = 0; i < predictions.rows(); i++) {
            assertThat(predictions.values()[i])
                    .isFinite()
                    .isBetween(predictions.lower()[i], predictions.upper()[i]);
        }
        return predictions.values();
    }

    @Test
    void recoversTrendAndSeason() {
        IntToDoubleFunction shape = i -> 200 + 0.5 * i + 30 * Math.sin(2 * Math.PI * i / 12);
        ForecastResult result = numbered(new double[][] {series(120, 1, 1, shape)}, 12, 12);
        double[] next = next(result);
        for (int step = 0; step < 12; step++) {
            assertThat(next[step]).isCloseTo(shape.applyAsDouble(120 + step), within(4.0));
        }
        Evaluation evaluation = result.evaluation();
        assertThat(evaluation.value().value()).isLessThan(0.5 * evaluation.bestBaseline());
        assertThat(evaluation.value().low())
                .isLessThanOrEqualTo(evaluation.value().value());
        assertThat(evaluation.value().high()).isGreaterThan(evaluation.value().low());
    }

    @Test
    void recoversAMultiplicativeSeason() {
        IntToDoubleFunction shape = i -> Math.exp(3 + 0.01 * i) * (1 + 0.4 * Math.cos(2 * Math.PI * i / 12));
        double[] values = series(132, 2, 0, shape);
        SplittableRandom random = new SplittableRandom(3);
        Arrays.setAll(values, i -> values[i] * Math.exp(0.02 * Tables.gaussian(random)));
        double[] next = next(numbered(new double[][] {values}, 12, 12));
        for (int step = 0; step < 12; step++) {
            assertThat(next[step] / shape.applyAsDouble(132 + step)).isCloseTo(1, within(0.08));
        }
    }

    @Test
    void recoversTwoSeasonsWithoutBeingToldThem() {
        IntToDoubleFunction shape = i -> 50 + 10 * Math.sin(2 * Math.PI * i / 24) + (i % 168 >= 120 ? -8 : 0);
        double[][] set = new double[6][];
        Arrays.setAll(set, s -> series(168 * 5, 10 + s, 1, i -> (s + 1) * shape.applyAsDouble(i)));
        ForecastResult result = numbered(set, 48);
        assertThat(result.evaluation().notes()).anyMatch(note -> note.contains("[24, 168]"));
        assertThat(result.evaluation().value().value())
                .isLessThan(0.6 * result.evaluation().bestBaseline());
    }

    @Test
    void intervalsHoldNineOfTenValues() {
        double[][] set = new double[60][];
        Arrays.setAll(set, s -> {
            double[] values = series(100, 100 + s, 1 + s % 5, i -> 0);
            for (int i = 1; i < values.length; i++) {
                values[i] = 0.7 * values[i - 1] + values[i];
            }
            Arrays.setAll(values, i -> values[i] + 100 + 10 * Math.sin(2 * Math.PI * i / 7));
            return values;
        });
        double[][] known = new double[60][];
        Arrays.setAll(known, s -> Arrays.copyOf(set[s], 90));
        ForecastResult result = numbered(known, 10, 7);
        assertThat(result.evaluation().metrics().get("coverage_90")).isBetween(0.84, 0.95);
        Predictions predictions = result.model().predict(result.model().horizonFrame());
        double inside = 0;
        for (int i = 0; i < predictions.rows(); i++) {
            double actual = set[i / 10][90 + i % 10];
            inside += actual >= predictions.lower()[i] && actual <= predictions.upper()[i] ? 1 : 0;
        }
        assertThat(inside / predictions.rows()).isBetween(0.86, 0.94);
    }

    @Test
    void theSameInputGivesTheSameBytes() throws IOException {
        double[][] set = new double[12][];
        Arrays.setAll(set, s -> series(90, s, 2, i -> 40 + 5 * Math.cos(2 * Math.PI * i / 7)));
        byte[] first = bytes(set);
        assertThat(bytes(set)).isEqualTo(first);
    }

    private static byte[] bytes(double[][] set) throws IOException {
        ForecastResult result = ForecastTraining.train(
                Tables.numbered(set),
                Tables.numberedDesign(7, 7),
                Tables.training(
                        Learner.SEASONAL_NAIVE,
                        Learner.EXPONENTIAL_SMOOTHING,
                        Learner.SEASONAL_REGRESSION,
                        Learner.GLOBAL_BOOSTING),
                EventSink.none());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        result.model().write(out);
        out.writeDouble(result.evaluation().value().low());
        return bytes.toByteArray();
    }

    @Test
    void boostingLearnsWhatSeriesShare() {
        double[][] set = new double[40][];
        Arrays.setAll(
                set,
                s -> series(
                        140,
                        s,
                        0.5,
                        i -> 100 + (i % 14 == (s % 14) ? 30 : 0) + 6 * Math.sin(2 * Math.PI * (i + s) / 7)));
        ForecastResult result = ForecastTraining.train(
                Tables.numbered(set),
                Tables.numberedDesign(7, 7, 14),
                Tables.training(Learner.SEASONAL_NAIVE, Learner.GLOBAL_BOOSTING),
                EventSink.none());
        assertThat(result.model().models()).hasSize(1);
        assertThat(result.evaluation().value().value())
                .isLessThan(0.7 * result.evaluation().bestBaseline());
        next(result);
    }

    @Test
    void aFlagKnownInAdvanceMovesTheForecast() {
        SplittableRandom random = new SplittableRandom(5);
        int length = 300;
        double[] flags = new double[length];
        double[] values = new double[length];
        long[] days = new long[length];
        for (int i = 0; i < length; i++) {
            flags[i] = random.nextInt(8) == 0 ? 1 : 0;
            values[i] = 100 + 5 * (i % 7) + 60 * flags[i] + Tables.gaussian(random);
            days[i] = (19_000L + i) * Tables.DAY;
        }
        FeatureDesign design = Tables.design(
                Optional.empty(),
                Optional.of("day"),
                7,
                86_400,
                List.of(new FeatureDesign.NumberFeature("holiday", Optional.empty(), Optional.empty(), false)),
                7);
        ForecastResult result = ForecastTraining.train(
                Tables.table(
                        Map.entry("day", new TimeColumn(days)),
                        Map.entry("value", new NumberColumn(values)),
                        Map.entry("holiday", new NumberColumn(flags))),
                design,
                Tables.training(),
                EventSink.none());
        long asked = (19_000L + length) * Tables.DAY;
        Frame usual = ask(asked, 0);
        Frame holiday = ask(asked, 1);
        Frame unknown = ask(asked, Double.NaN);
        double quiet = result.model().predict(usual).values()[0];
        assertThat(result.model().predict(holiday).values()[0] - quiet).isBetween(40.0, 70.0);
        assertThat(result.model().predict(unknown).values()[0]).isEqualTo(quiet);
        assertThat(result.model().knownColumns()).containsExactly("holiday");
    }

    private static Frame ask(long micros, double flag) {
        Frame[] frame = new Frame[1];
        Tables.table(
                        Map.entry("holiday", new NumberColumn(new double[] {flag})),
                        Map.entry("day", new TimeColumn(new long[] {micros})))
                .forEach(one -> frame[0] = one);
        return frame[0];
    }

    @Test
    void constantSeriesStayConstant() {
        double[] constant = new double[60];
        Arrays.fill(constant, 7);
        ForecastResult result = numbered(new double[][] {constant, new double[60]}, 6, 7);
        assertThat(next(result)).startsWith(7, 7, 7, 7, 7, 7).endsWith(0, 0, 0, 0, 0, 0);
        assertThat(result.evaluation().metrics().get(Metric.SMAPE.key())).isZero();
        assertThat(result.evaluation().notes()).anyMatch(note -> note.contains("never change"));
    }

    @Test
    void bearsShortZeroNegativeAndBrokenSeries() {
        double[] gaps = series(80, 7, 1, i -> 20 + i % 7);
        for (int i = 20; i < 40; i++) {
            gaps[i] = Double.NaN;
        }
        gaps[79] = Double.NaN;
        double[] sparse = series(80, 8, 0, i -> i % 9 == 0 ? 5 : 0);
        double[] negative = series(80, 9, 2, i -> -50 + 5 * Math.sin(2 * Math.PI * i / 7));
        double[] huge = series(80, 10, 0, i -> 1e300 * (1 + i % 2));
        double[] jump = series(80, 11, 1, i -> i < 40 ? 1e-6 : 1e6);
        double[][] set = {
            gaps, sparse, negative, huge, jump, {5}, {5, 6}, {1, 2, 4}, {Double.NaN, Double.NaN}, {0, 0, 0, 0}
        };
        ForecastResult result = numbered(set, 14, 7);
        assertThat(result.model().series()).hasSize(9);
        double[] next = next(result);
        assertThat(Arrays.stream(next, 14, 28)).allMatch(value -> value >= 0);
        assertThat(Arrays.stream(next, 5 * 14, 6 * 14)).allMatch(value -> value == 5);
        assertThat(result.evaluation().notes())
                .anyMatch(note -> note.contains("too short for a whole hold-out"))
                .anyMatch(note -> note.contains("without any value"));
    }

    @Test
    void aHorizonLongerThanTheHistoryIsHeldOutInPart() {
        ForecastResult result = numbered(new double[][] {series(15, 12, 1, i -> 10 + i)}, 40, 7);
        assertThat(result.evaluation().rows()).isEqualTo(5);
        assertThat(next(result)).hasSize(40);
    }

    @Test
    void oneThousandShortSeries() {
        double[][] set = new double[1_000][];
        Arrays.setAll(set, s -> series(8 + s % 20, s, 1, i -> 50 + s % 7));
        ForecastResult result = numbered(set, 3, 4);
        assertThat(result.evaluation().segments()).hasSize(100);
        assertThat(next(result)).hasSize(3_000);
        assertThat(result.evaluation().value().value())
                .isLessThan(result.evaluation().baselines().get("naive"));
    }

    @Test
    void tooLittleIsRefused() {
        assertThatThrownBy(() -> numbered(new double[][] {{5}}, 3))
                .isInstanceOf(TataraException.class)
                .hasMessageContaining("at least 3 observations");
    }

    @Test
    void figuresCanBeRecomputedFromTheStoredForecasts() {
        double[][] set = new double[5][];
        Arrays.setAll(set, s -> series(70, s, 3, i -> 60 + 8 * Math.sin(2 * Math.PI * i / 7)));
        ForecastResult result = numbered(set, 7, 7);
        Frame holdout = result.holdout();
        double[] actual = ((NumberColumn) holdout.column("actual")).values();
        double[] prediction = ((NumberColumn) holdout.column("prediction")).values();
        double smape = 0;
        double absolute = 0;
        for (int row = 0; row < holdout.rows(); row++) {
            assertThat(actual[row]).isEqualTo(set[row / 7][63 + row % 7]);
            absolute += Math.abs(actual[row] - prediction[row]) / 35;
            smape += 200
                    * Math.abs(actual[row] - prediction[row])
                    / (Math.abs(actual[row]) + Math.abs(prediction[row]))
                    / 35;
        }
        Evaluation evaluation = result.evaluation();
        assertThat(holdout.rows()).isEqualTo(35);
        assertThat(evaluation.rows()).isEqualTo(35);
        assertThat(evaluation.value().value()).isCloseTo(smape, within(1e-9));
        assertThat(evaluation.metrics().get("mae")).isCloseTo(absolute, within(1e-9));
        assertThat(evaluation.candidates())
                .extracting(candidate -> candidate.weight())
                .satisfies(weights -> assertThat(
                                weights.stream().mapToDouble(weight -> weight).sum())
                        .isCloseTo(1, within(1e-9)));
        assertThat(evaluation.curves())
                .extracting(curve -> curve.name())
                .contains("error-by-step")
                .anyMatch(name -> name.startsWith("forecast:s") && name.endsWith(":lower"));
    }

    @Test
    void theHoldoutTakesNoPartInTraining() {
        double[] values = series(90, 20, 2, i -> 50 + 6 * Math.sin(2 * Math.PI * i / 7));
        double[] other = values.clone();
        for (int i = 83; i < 90; i++) {
            other[i] += 1_000;
        }
        double[] first = prediction(numbered(new double[][] {values}, 7, 7));
        assertThat(prediction(numbered(new double[][] {other}, 7, 7))).containsExactly(first);
    }

    private static double[] prediction(ForecastResult result) {
        return ((NumberColumn) result.holdout().column("prediction")).values();
    }
}
