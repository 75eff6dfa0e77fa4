package tatara.train.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tatara.core.design.TrainingDesign;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.model.forecast.BoostedSteps;
import tatara.model.forecast.Component;
import tatara.model.forecast.ForecastModel;
import tatara.model.forecast.KnownInput;
import tatara.model.forecast.Pooled;
import tatara.model.forecast.SeriesState;
import tatara.model.forecast.WindowFeatures;

/** The candidates of a design on one set of series, ready to be fitted at any cut. Thread-safe. */
final class CandidateSet {
    /** Rows of the shared model at most. */
    private static final int POOLED_ROWS = 150_000;

    private static final int[] NO_PERIODS = {};

    private final SeriesSet set;
    private final List<TrainingDesign.Candidate> candidates;
    private final List<Optional<Method>> methods = new ArrayList<>();
    private final WindowFeatures features;
    private final int horizon;
    private final long seed;
    private final Method fallback;

    CandidateSet(SeriesSet set, List<TrainingDesign.Candidate> candidates, int horizon, int[] periods, long seed) {
        this.set = set;
        this.candidates = List.copyOf(candidates);
        this.horizon = horizon;
        this.seed = seed;
        int inputs = set.known().stream().mapToInt(KnownInput::width).sum();
        this.features = new WindowFeatures(horizon, periods, set.grid().timed(), inputs);
        this.fallback = NaiveMethod.SEASONAL_NAIVE.method(features.basePeriod());
        for (TrainingDesign.Candidate candidate : candidates) {
            methods.add(method(candidate, periods, inputs));
        }
    }

    private Optional<Method> method(TrainingDesign.Candidate candidate, int[] periods, int inputs) {
        int longest = periods.length == 0 ? 1 : periods[periods.length - 1];
        boolean longSeason = candidate.parameters().getOrDefault("longest_period", 0.0) > 0;
        int[] seasons = candidate.parameters().getOrDefault("seasonal", 1.0) > 0 ? periods : NO_PERIODS;
        return switch (candidate.learner()) {
            case SEASONAL_NAIVE ->
                Optional.of(NaiveMethod.SEASONAL_NAIVE.method(longSeason ? longest : features.basePeriod()));
            case EXPONENTIAL_SMOOTHING -> Optional.of(new SmoothingMethod(seasons));
            case THETA -> Optional.of(new ThetaMethod(seasons));
            case SEASONAL_REGRESSION -> Optional.of(new RegressionMethod(seasons, horizon, inputs));
            case GLOBAL_BOOSTING -> Optional.empty();
            default ->
                throw new TataraException(
                        ForecastTrainingErrorCode.NOT_A_FORECAST,
                        Fault.of("The learner " + candidate.learner() + " can't forecast")
                                .at("candidate " + candidate.id())
                                .expecting("SEASONAL_NAIVE, EXPONENTIAL_SMOOTHING, THETA, SEASONAL_REGRESSION or"
                                        + " GLOBAL_BOOSTING"));
        };
    }

    int size() {
        return candidates.size();
    }

    TrainingDesign.Candidate candidate(int number) {
        return candidates.get(number);
    }

    WindowFeatures features() {
        return features;
    }

    int basePeriod() {
        return features.basePeriod();
    }

    /**
     * Fits the models that learn from all series.
     *
     * @param ends how much of each series may be looked at
     * @param wanted candidates that are needed
     * @return per candidate; empty for those that are not wanted, fit series alone, or have too little data
     */
    List<Optional<BoostedSteps>> pooled(int[] ends, boolean[] wanted) {
        List<Optional<BoostedSteps>> models = new ArrayList<>();
        Optional<PooledRows> rows = Optional.empty();
        for (int i = 0; i < candidates.size(); i++) {
            if (methods.get(i).isPresent() || !wanted[i]) {
                models.add(Optional.empty());
                continue;
            }
            if (rows.isEmpty()) {
                rows = Optional.of(PooledRows.of(set.series(), ends, features, set.grid(), POOLED_ROWS));
            }
            models.add(new PooledBoosting(candidates.get(i), features, seed).fit(rows.get()));
        }
        return models;
    }

    /** Which candidates fit series alone, or have a shared model. */
    boolean[] usable(List<Optional<BoostedSteps>> pooled) {
        boolean[] usable = new boolean[candidates.size()];
        for (int i = 0; i < usable.length; i++) {
            usable[i] = methods.get(i).isPresent() || pooled.get(i).isPresent();
        }
        return usable;
    }

    /**
     * Fits one series.
     *
     * @param end how much of it may be looked at
     * @param pooled what {@link #pooled} gave
     * @param wanted candidates that are needed
     * @return one component per candidate: the seasonal naive one where it is not wanted, or the series is too short for it
     */
    List<Component> fit(int number, int end, List<Optional<BoostedSteps>> pooled, boolean[] wanted) {
        Series series = set.series().get(number);
        double[] values = Arrays.copyOf(series.values(), end);
        double[][] known = series.known().length == 0 ? series.known() : Arrays.copyOf(series.known(), end);
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Optional<Component> fitted = Optional.empty();
            if (wanted[i]) {
                Optional<Component> shared = pooled.get(i).map(model -> new Pooled(0));
                fitted = methods.get(i).isPresent() ? methods.get(i).get().fit(values, known) : shared;
            }
            components.add(fitted.or(() -> fallback.fit(values, known)).orElseThrow());
        }
        return components;
    }

    /** What a model has to know of a series that ends after {@code end} steps. */
    SeriesState state(int number, int end, List<Component> components, double[] weights, double spread) {
        Series series = set.series().get(number);
        int from = Math.max(0, end - Math.max(features.reach(), reach(components)));
        boolean nonNegative = Arrays.stream(series.values(), 0, end).noneMatch(value -> value < 0);
        return new SeriesState(
                series.name(),
                set.grid().ahead(series.start(), end - 1L),
                Arrays.copyOfRange(series.values(), from, end),
                series.known().length == 0 ? new double[0][] : Arrays.copyOfRange(series.known(), from, end),
                components,
                weights,
                spread,
                nonNegative);
    }

    private static int reach(List<Component> components) {
        int reach = 1;
        for (Component component : components) {
            if (component instanceof tatara.model.forecast.Autoregression regression) {
                reach = Math.max(reach, regression.terms().reach());
            }
        }
        return reach;
    }

    /**
     * Forecasts of every candidate for the steps after a cut; never NaN.
     *
     * @return [candidate][step]
     */
    double[][] forecasts(
            int number, int end, int steps, List<Component> components, List<Optional<BoostedSteps>> pooled) {
        double[][] known = known(number, end, steps);
        double[][] forecasts = new double[components.size()][];
        double[] alone = {1};
        for (int i = 0; i < forecasts.length; i++) {
            SeriesState state = state(number, end, List.of(components.get(i)), alone, 0);
            forecasts[i] = model(List.of(state), pooled.get(i).stream().toList(), new double[horizon])
                    .path(0, known);
        }
        return forecasts;
    }

    /** Known inputs of the steps after a cut that lies inside the series. */
    double[][] known(int number, int end, int steps) {
        Series series = set.series().get(number);
        double[][] known = new double[steps][features.known()];
        for (int step = 0; step < steps && series.known().length > 0; step++) {
            known[step] = series.known()[end + step];
        }
        return known;
    }

    ForecastModel model(List<SeriesState> states, List<BoostedSteps> shared, double[] widths) {
        ForecastModel.Layout layout = new ForecastModel.Layout(
                set.seriesColumn(), set.positionColumn(), set.grid(), set.known(), features, widths);
        return new ForecastModel(layout, shared, states);
    }
}
