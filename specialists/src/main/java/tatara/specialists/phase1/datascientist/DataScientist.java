package tatara.specialists.phase1.datascientist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tatara.core.design.DataDesign;
import tatara.core.design.Decision;
import tatara.core.design.FeatureDesign;
import tatara.core.design.FeatureDesign.Feature;
import tatara.core.design.FeatureDesign.Forecast;
import tatara.core.design.FeatureDesign.NumberFeature;
import tatara.core.design.FeatureDesign.Split;
import tatara.core.design.FeatureDesign.Target;
import tatara.core.design.FeatureDesign.ViewColumn;
import tatara.core.design.Proposal;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TimeSummary;
import tatara.core.evidence.ValueCount;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.specialists.Figures;

/**
 * The data scientist (S1–S8): decides from the contracts and profiles what the model sees, how rows are set apart and how
 * quality is judged. Deterministic, thread-safe.
 */
public final class DataScientist {
    private static final double SKEWED = 1.5;
    private static final double WIDE_RANGE = 10;

    /** @throws IllegalArgumentException if evidence or contracts lack the Spec's table */
    public Proposal<FeatureDesign> design(Spec spec, DataEvidence evidence, DataDesign data) {
        TableProfile main = evidence.tables().stream()
                .filter(table -> table.name().equals(data.mainTable()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("table: " + data.mainTable()));
        List<Decision> decisions = new ArrayList<>();
        SplitChoice splits = new SplitChoice(spec, main);
        Split split = splits.split();
        Columns columns = new Columns(main, data.main(), split.kind() == Split.Kind.TIME);
        Views linked = new Views(spec, data);
        List<ViewColumn> views = spec.task() == Task.FORECAST ? List.of() : linked.views();
        List<Feature> features = new ArrayList<>(columns.features());
        for (ViewColumn view : views) {
            features.add(new NumberFeature(view.name(), Optional.empty(), Optional.empty(), true));
        }
        columns.explain(decisions);
        linked.explain(decisions);
        Target target = target(spec, main, decisions);
        decisions.add(splits.explain(split));
        Judging judging = new Judging(spec, main, data.main());
        FeatureDesign.Evaluation evaluation = judging.evaluation();
        decisions.addAll(judging.decisions());
        Optional<Forecast> forecast =
                spec.task() == Task.FORECAST ? Optional.of(forecast(spec, main, decisions)) : Optional.empty();
        return new Proposal<>(
                new FeatureDesign(List.copyOf(features), views, target, split, evaluation, forecast), decisions);
    }

    private static Target target(Spec spec, TableProfile main, List<Decision> decisions) {
        Optional<ColumnProfile> column = spec.target().flatMap(main::find);
        if (column.isEmpty()) {
            return new Target(spec.task(), Optional.empty(), List.of(), Optional.empty(), false);
        }
        boolean labelled = spec.task().isClassification() || spec.task() == Task.ANOMALY;
        List<String> classes = labelled ? classes(spec, column.get()) : List.of();
        boolean logarithm = spec.task() == Task.REGRESSION && isSkewed(column.get(), decisions);
        if (labelled) {
            decisions.add(new Decision(
                    "Classes: " + Figures.names(classes)
                            + spec.positive()
                                    .map(positive -> "; of interest: " + Figures.name(positive))
                                    .orElse(""),
                    "these are the target's values",
                    column.get().top().stream()
                            .limit(12)
                            .map(top ->
                                    Figures.evidence("rows with " + Figures.name(top.value()), top.count(), "profile"))
                            .toList()));
        }
        return new Target(spec.task(), spec.target(), classes, spec.positive(), logarithm);
    }

    /** The positive class last, as probability columns want it; several classes in their natural order. */
    private static List<String> classes(Spec spec, ColumnProfile column) {
        List<String> values = new ArrayList<>();
        if (column.type() == ColumnType.BOOLEAN) {
            values.addAll(List.of("false", "true"));
        } else {
            column.top().stream().map(ValueCount::value).forEach(values::add);
            values.sort(Comparator.comparingDouble(DataScientist::asNumber).thenComparing(Comparator.naturalOrder()));
        }
        spec.positive().filter(values::remove).ifPresent(values::add);
        return List.copyOf(values);
    }

    private static double asNumber(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** Never negative, long to the right, over a wide range: then errors grow with the value, and the logarithm evens them. */
    private static boolean isSkewed(ColumnProfile column, List<Decision> decisions) {
        if (column.numbers().isEmpty()) {
            return false;
        }
        NumberSummary numbers = column.numbers().get();
        double median = numbers.quantiles().length == 11 ? numbers.quantiles()[5] : Double.NaN;
        boolean skewed = numbers.min() >= 0 && numbers.skewness() > SKEWED && numbers.max() > WIDE_RANGE * median;
        decisions.add(new Decision(
                skewed ? "Models fit the logarithm of the target" : "Models fit the target as it is",
                skewed
                        ? "it is never negative and has a long tail: errors grow with the value"
                        : "a logarithm needs values that are never negative, a skewness above " + SKEWED
                                + " and a greatest value above " + Figures.number(WIDE_RANGE) + " medians",
                List.of(
                        Figures.evidence("skewness of " + Figures.name(column.name()), numbers.skewness(), "profile"),
                        Figures.evidence("least value", numbers.min(), "profile"),
                        Figures.evidence("median", median, "profile"),
                        Figures.evidence("greatest value", numbers.max(), "profile"))));
        return skewed;
    }

    private static Forecast forecast(Spec spec, TableProfile main, List<Decision> decisions) {
        Optional<ColumnProfile> time =
                spec.time().flatMap(main::find).filter(column -> column.type() == ColumnType.TIME);
        double step =
                time.flatMap(ColumnProfile::times).map(TimeSummary::stepSeconds).orElse(0.0);
        long history = time.map(ColumnProfile::distinct).orElse(main.rows());
        List<Integer> periods = naturalPeriods(step).stream()
                .filter(period -> 2L * period <= history)
                .toList();
        int horizon = spec.horizon().orElse(1);
        decisions.add(new Decision(
                String.format(Locale.ROOT, "%d steps are forecast", horizon)
                        + (periods.isEmpty()
                                ? ", seasons are searched in the series"
                                : ", with seasons of " + periods + " steps"),
                periods.isEmpty()
                        ? "the length of a step is not known or suggests no season"
                        : "natural cycles of the step that the history holds at least twice",
                List.of(
                        Figures.evidence("seconds of a step", step, "profile"),
                        Figures.evidence("steps of history", history, "profile"))));
        return new Forecast(spec.entity(), time.map(ColumnProfile::name), horizon, periods, step);
    }

    /** Cycles that a step suggests, in steps: hour, day and week below a day; the week for days; the year from a week on. */
    private static List<Integer> naturalPeriods(double step) {
        double day = 86_400;
        double[] cycles = step < day
                ? new double[] {3_600, day, 7 * day}
                : new double[] {step < 7 * day ? 7 * day : 365.2425 * day};
        List<Integer> periods = new ArrayList<>();
        for (double cycle : cycles) {
            double steps = cycle / step;
            long rounded = Math.round(steps);
            if (step > 0 && rounded >= 2 && rounded <= 2_000 && Math.abs(steps - rounded) <= 0.03 * steps) {
                periods.add((int) rounded);
            }
        }
        return periods;
    }
}
