package tatara.train.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tatara.core.design.FeatureDesign;
import tatara.core.design.TrainingDesign;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.FrameSource;
import tatara.core.run.EventSink;
import tatara.core.run.RunEvent;
import tatara.core.spec.Metric;
import tatara.model.forecast.BoostedSteps;
import tatara.model.forecast.Component;
import tatara.model.forecast.ForecastModel;
import tatara.model.forecast.Pooled;
import tatara.model.forecast.Seasonality;
import tatara.model.forecast.SeriesState;

/**
 * Trains forecasts of one or many series: candidates are judged on rolling windows of the training part, weighted, given
 * intervals, judged once on the sealed hold-out (the last {@code horizon} steps of each series), and fitted again on everything.
 */
public final class ForecastTraining {
    private static final String STEP = "train";

    private final SeriesSet set;
    private final TrainingDesign training;
    private final Metric metric;
    private final int horizon;
    private final CandidateSet candidates;
    private final WindowPlan plan;
    private final InParallel parallel;
    private final EventSink events;

    private ForecastTraining(SeriesSet set, FeatureDesign design, TrainingDesign training, EventSink events) {
        FeatureDesign.Forecast forecast = design.forecast().orElseThrow();
        int[] periods = periods(set, forecast).stream()
                .mapToInt(period -> period)
                .filter(period -> period >= 2)
                .sorted()
                .distinct()
                .toArray();
        this.set = set;
        this.training = training;
        this.metric = Accuracy.judges(design.evaluation().metric())
                ? design.evaluation().metric()
                : Metric.SMAPE;
        this.horizon = forecast.horizon();
        this.candidates = new CandidateSet(set, training.candidates(), horizon, periods, training.seed());
        this.plan = WindowPlan.of(set.series(), horizon, periods);
        this.parallel = new InParallel(training.threads());
        this.events = events;
    }

    /**
     * Trains.
     *
     * @param rows the processed table, hold-out included; the series' last steps are set apart here
     * @param design names target, series, time, horizon, periods and the columns known in advance
     * @param training candidates of the forecasting learners, at least one
     * @throws TataraException {@link ForecastTrainingErrorCode} if no series has at least 3 observations
     */
    public static ForecastResult train(
            FrameSource rows, FeatureDesign design, TrainingDesign training, EventSink events) {
        SeriesSet set = SeriesSet.read(rows, design);
        events.emit(new RunEvent.Progress(STEP, set.observations(), set.observations(), "observations"));
        set.notes().forEach(note -> events.emit(new RunEvent.Note(STEP, note)));
        return new ForecastTraining(set, design, training, events).train();
    }

    /** The design's periods, or what the training parts of the series show. */
    private static List<Integer> periods(SeriesSet set, FeatureDesign.Forecast forecast) {
        if (!forecast.periods().isEmpty()) {
            return forecast.periods();
        }
        List<double[]> parts = set.series().stream()
                .map(series -> Arrays.copyOf(
                        series.values(), series.length() - Math.min(forecast.horizon(), series.length() / 3)))
                .toList();
        return Seasonality.periods(parts, forecast.stepSeconds());
    }

    private ForecastResult train() {
        if (plan.heldSteps() == 0 || candidates.size() == 0) {
            throw new TataraException(
                    ForecastTrainingErrorCode.TOO_FEW_OBSERVATIONS,
                    Fault.of("No series has enough observations to judge a forecast: the longest has "
                                    + set.series().stream()
                                            .mapToInt(Series::length)
                                            .max()
                                            .orElse(0))
                            .expecting("at least 3 observations of one series, and one candidate")
                            .todo("Add history"));
        }
        Validation validation = Validation.of(set, candidates, plan, parallel);
        EnsembleWeights weights =
                validation.series().length == 0 ? equal() : EnsembleWeights.of(validation, metric, training.ensemble());
        announce(weights);
        IntervalWidths widths = IntervalWidths.of(validation, weights, set, plan, horizon);
        int[] positions = positions(validation);
        double[][] bySeries = new double[positions.length][];
        Arrays.setAll(bySeries, number -> weights.weights(positions[number]));
        int[] lengths = set.series().stream().mapToInt(Series::length).toArray();
        List<List<Optional<BoostedSteps>>> pooled = pooled(List.of(plan.trainEnd(), lengths), bySeries);
        ForecastModel judged = model(plan.trainEnd(), pooled.get(0), bySeries, widths);
        HoldoutForecasts holdout = HoldoutForecasts.of(judged, set, candidates, plan, parallel);
        ForecastModel fitted = model(lengths, pooled.get(1), bySeries, widths);
        ForecastEvaluation evaluation =
                new ForecastEvaluation(set, plan, candidates, weights, holdout, metric, training.seed());
        return new ForecastResult(fitted, evaluation.evaluation(), holdout.frame(set));
    }

    private EnsembleWeights equal() {
        double[] weights = new double[candidates.size()];
        double[] unknown = new double[weights.length];
        Arrays.fill(weights, 1.0 / weights.length);
        Arrays.fill(unknown, Double.NaN);
        return new EnsembleWeights(weights, new double[0][], 0, unknown, Double.NaN);
    }

    private void announce(EnsembleWeights weights) {
        double best = Double.NaN;
        for (int i = 0; i < candidates.size(); i++) {
            double score = weights.scores()[i];
            best = metric.isBetter(score, best) ? score : best;
            events.emit(new RunEvent.Scored(candidates.candidate(i).id(), metric.key(), score, best));
        }
        best = metric.isBetter(weights.score(), best) ? weights.score() : best;
        events.emit(new RunEvent.Scored("ensemble", metric.key(), weights.score(), best));
    }

    private int[] positions(Validation validation) {
        int[] positions = new int[set.series().size()];
        Arrays.fill(positions, -1);
        for (int at = 0; at < validation.series().length; at++) {
            positions[validation.series()[at]] = at;
        }
        return positions;
    }

    /** Shared models for each of several sets of lengths, side by side; none if no series gives them weight. */
    private List<List<Optional<BoostedSteps>>> pooled(List<int[]> ends, double[][] weights) {
        List<List<Optional<BoostedSteps>>> models = new ArrayList<>();
        boolean[] used = new boolean[candidates.size()];
        for (double[] own : weights) {
            for (int i = 0; i < used.length; i++) {
                used[i] |= own[i] > 0;
            }
        }
        ends.forEach(end -> models.add(List.of()));
        parallel.each(ends.size(), i -> {
            List<Optional<BoostedSteps>> fitted = candidates.pooled(ends.get(i), used);
            synchronized (models) {
                models.set(i, fitted);
            }
        });
        return models;
    }

    private ForecastModel model(
            int[] ends, List<Optional<BoostedSteps>> pooled, double[][] weights, IntervalWidths widths) {
        SeriesState[] states = new SeriesState[ends.length];
        parallel.each(ends.length, number -> {
            if (ends[number] > 0) {
                states[number] = state(number, ends[number], pooled, weights[number], widths.spreads()[number]);
            }
        });
        List<BoostedSteps> shared = pooled.stream().flatMap(Optional::stream).toList();
        return candidates.model(Arrays.asList(states), shared, widths.widths());
    }

    private SeriesState state(
            int number, int end, List<Optional<BoostedSteps>> pooled, double[] weights, double spread) {
        boolean[] wanted = new boolean[weights.length];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = weights[i] > 0;
        }
        List<Component> fitted = candidates.fit(number, end, pooled, wanted);
        List<Component> kept = new ArrayList<>();
        int shared = 0;
        for (int i = 0; i < weights.length; i++) {
            boolean isShared = fitted.get(i) instanceof Pooled;
            if (wanted[i]) {
                kept.add(isShared ? new Pooled(shared) : fitted.get(i));
            }
            shared += pooled.get(i).isPresent() ? 1 : 0;
        }
        double[] keptWeights = IntStream.range(0, weights.length)
                .filter(i -> wanted[i])
                .mapToDouble(i -> weights[i])
                .toArray();
        return candidates.state(number, end, kept, keptWeights, spread);
    }
}
