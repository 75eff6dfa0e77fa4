package tatara.train.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import tatara.core.design.FeatureDesign;
import tatara.core.design.TrainingDesign;
import tatara.core.design.TrainingDesign.Candidate;
import tatara.core.design.TrainingDesign.Learner;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;

/** Tables and designs of forecasting tests. */
final class Tables {
    static final long DAY = 86_400_000_000L;

    private Tables() {}

    /** Rows series, step, value: one series per array. */
    static FrameSource numbered(double[]... series) {
        List<String> names = new ArrayList<>();
        List<Double> steps = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int s = 0; s < series.length; s++) {
            for (int i = 0; i < series[s].length; i++) {
                names.add("s" + s);
                steps.add((double) i);
                values.add(series[s][i]);
            }
        }
        return table(
                Map.entry("series", TextColumn.of(names.size(), names::get)),
                Map.entry("step", numbers(steps)),
                Map.entry("value", numbers(values)));
    }

    /** Rows day, value of one series. */
    static FrameSource daily(double[] values) {
        long[] days = new long[values.length];
        for (int i = 0; i < days.length; i++) {
            days[i] = (18_000 + i) * DAY;
        }
        return table(Map.entry("day", new TimeColumn(days)), Map.entry("value", new NumberColumn(values)));
    }

    @SafeVarargs
    static FrameSource table(Map.Entry<String, Column>... columns) {
        List<Field> fields = new ArrayList<>();
        List<Column> cells = new ArrayList<>();
        for (Map.Entry<String, Column> column : columns) {
            fields.add(new Field(column.getKey(), column.getValue().kind()));
            cells.add(column.getValue());
        }
        return FrameSource.of(new Frame(new Schema(fields), cells, cells.get(0).size()));
    }

    static NumberColumn numbers(List<Double> values) {
        return new NumberColumn(values.stream().mapToDouble(value -> value).toArray());
    }

    /** A forecast of {@code value} by {@code series} and {@code step}. */
    static FeatureDesign numberedDesign(int horizon, Integer... periods) {
        return design(Optional.of("series"), Optional.empty(), horizon, 0, List.of(), periods);
    }

    /** A forecast of {@code value} by {@code day}. */
    static FeatureDesign dailyDesign(int horizon, Integer... periods) {
        return design(Optional.empty(), Optional.of("day"), horizon, 86_400, List.of(), periods);
    }

    static FeatureDesign design(
            Optional<String> series,
            Optional<String> time,
            int horizon,
            double stepSeconds,
            List<FeatureDesign.Feature> known,
            Integer... periods) {
        return new FeatureDesign(
                known,
                List.of(),
                new FeatureDesign.Target(Task.FORECAST, Optional.of("value"), List.of(), Optional.empty(), false),
                new FeatureDesign.Split(FeatureDesign.Split.Kind.TIME, time, 0.2, "the last steps"),
                new FeatureDesign.Evaluation(
                        Metric.SMAPE, List.of(), List.of(), List.of(), Optional.empty(), List.of()),
                Optional.of(new FeatureDesign.Forecast(series, time, horizon, List.of(periods), stepSeconds)));
    }

    /** Every learner that fits series alone. */
    static TrainingDesign training() {
        return training(
                Learner.SEASONAL_NAIVE, Learner.EXPONENTIAL_SMOOTHING, Learner.THETA, Learner.SEASONAL_REGRESSION);
    }

    static TrainingDesign training(Learner... learners) {
        List<Candidate> candidates = new ArrayList<>();
        for (Learner learner : learners) {
            candidates.add(new Candidate(learner.name().toLowerCase(Locale.ROOT), learner, Map.of(), 1));
        }
        return new TrainingDesign(
                2,
                1,
                1_000_000,
                2,
                candidates,
                new TrainingDesign.Ensemble(25, 10),
                TrainingDesign.Calibration.NONE,
                60,
                10,
                7);
    }

    /** Independent standard normal numbers. */
    static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
