package tatara.train.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tatara.core.run.Evaluation;
import tatara.core.run.Interval;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;

/** Judges the hold-out's forecasts. */
final class ForecastEvaluation {
    private static final Metric[] METRICS = {Metric.SMAPE, Metric.MASE, Metric.MAE, Metric.RMSE, Metric.MAPE};
    private static final int MOST_SEGMENTS = 100;

    private final SeriesSet set;
    private final WindowPlan plan;
    private final CandidateSet candidates;
    private final EnsembleWeights weights;
    private final List<HoldoutForecasts.Part> parts;
    private final Metric metric;
    private final Bootstrap bootstrap;

    ForecastEvaluation(
            SeriesSet set,
            WindowPlan plan,
            CandidateSet candidates,
            EnsembleWeights weights,
            HoldoutForecasts holdout,
            Metric metric,
            long seed) {
        this.set = set;
        this.plan = plan;
        this.candidates = candidates;
        this.weights = weights;
        this.parts = holdout.parts();
        this.metric = metric;
        this.bootstrap = new Bootstrap(metric, seed);
    }

    Evaluation evaluation() {
        double[] losses = losses(metric, -1);
        long rows = parts.stream().mapToLong(ForecastEvaluation::observed).sum();
        Interval value = value(losses);
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (Metric one : METRICS) {
            double mean = mean(one, losses(one, -1));
            if (!Double.isNaN(mean)) {
                metrics.put(one.key(), mean);
            }
        }
        double coverage = coverage();
        metrics.put("coverage_90", coverage);
        Map<String, Double> baselines = new TreeMap<>();
        for (NaiveMethod method : NaiveMethod.values()) {
            baselines.put(
                    method.key(),
                    mean(
                            metric,
                            losses(metric, Arrays.asList(NaiveMethod.values()).indexOf(method))));
        }
        return new Evaluation(
                Task.FORECAST,
                metric,
                value,
                weights.score(),
                rows,
                metrics,
                baselines,
                scores(),
                Optional.empty(),
                new ForecastCurves(set, parts, losses).curves(),
                segments(losses),
                List.of(),
                List.of(),
                notes(coverage));
    }

    private static long observed(HoldoutForecasts.Part part) {
        return IntStream.range(0, part.observed().length)
                .filter(step -> part.observed()[step])
                .count();
    }

    /**
     * Mean loss of each series; NaN where nothing counts.
     *
     * @param naive index of a naive method, -1 for the ensemble
     */
    private double[] losses(Metric one, int naive) {
        return parts.stream()
                .mapToDouble(part -> Accuracy.meanLoss(
                        one,
                        part.actual(),
                        part.observed(),
                        naive < 0 ? part.forecast() : part.naive()[naive],
                        part.scale()))
                .toArray();
    }

    private static double mean(Metric one, double[] losses) {
        double mean = Arrays.stream(losses)
                .filter(loss -> !Double.isNaN(loss))
                .average()
                .orElse(Double.NaN);
        return Accuracy.finish(one, mean);
    }

    private Interval value(double[] losses) {
        double[] counted =
                Arrays.stream(losses).filter(loss -> !Double.isNaN(loss)).toArray();
        if (counted.length > 1) {
            return bootstrap.means(counted, mean(metric, losses));
        }
        double[] steps = parts.stream()
                .flatMapToDouble(part -> Arrays.stream(stepLosses(part)))
                .toArray();
        return bootstrap.blocks(steps, mean(metric, losses));
    }

    private double[] stepLosses(HoldoutForecasts.Part part) {
        return IntStream.range(0, part.actual().length)
                .filter(step -> part.observed()[step])
                .mapToDouble(step -> Accuracy.loss(metric, part.actual()[step], part.forecast()[step], part.scale()))
                .filter(loss -> !Double.isNaN(loss))
                .toArray();
    }

    private double coverage() {
        long inside = 0;
        long all = 0;
        for (HoldoutForecasts.Part part : parts) {
            for (int step = 0; step < part.actual().length; step++) {
                if (part.observed()[step]) {
                    double actual = part.actual()[step];
                    inside += actual >= part.lower(step) && actual <= part.upper(step) ? 1 : 0;
                    all++;
                }
            }
        }
        return (double) inside / all;
    }

    private List<Evaluation.CandidateScore> scores() {
        List<Evaluation.CandidateScore> scores = new ArrayList<>();
        double[] mean = meanWeights();
        for (int i = 0; i < candidates.size(); i++) {
            scores.add(new Evaluation.CandidateScore(
                    candidates.candidate(i).id(),
                    candidates.candidate(i).learner().name().toLowerCase(Locale.ROOT),
                    weights.scores()[i],
                    mean[i],
                    Double.NaN));
        }
        return scores;
    }

    private double[] meanWeights() {
        if (weights.own().length == 0) {
            return weights.common();
        }
        double[] mean = new double[weights.common().length];
        for (double[] own : weights.own()) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += own[i] / weights.own().length;
            }
        }
        return mean;
    }

    private List<Evaluation.Segment> segments(double[] losses) {
        if (set.seriesColumn().isEmpty()) {
            return List.of();
        }
        return IntStream.range(0, losses.length)
                .filter(number -> !Double.isNaN(losses[number]))
                .boxed()
                .sorted(Comparator.comparingDouble(number -> -losses[number]))
                .limit(MOST_SEGMENTS)
                .map(number -> new Evaluation.Segment(
                        set.seriesColumn().orElseThrow(),
                        set.series().get(number).name(),
                        observed(parts.get(number)),
                        bootstrap.blocks(stepLosses(parts.get(number)), Accuracy.finish(metric, losses[number]))))
                .toList();
    }

    private List<String> notes(double coverage) {
        List<String> notes = new ArrayList<>(set.notes());
        notes.add(
                candidates.features().periods().length == 0
                        ? "No seasonal period was designed or found."
                        : "Seasonal periods in steps: "
                                + Arrays.toString(candidates.features().periods()) + ".");
        int horizon = candidates.features().horizon();
        notes.add("The hold-out is the last " + horizon
                + " steps of each series; it was looked at once, after candidates,"
                + " weights and intervals had been chosen on earlier windows. Then every method was fitted again on all"
                + " observations, the hold-out included: that is the model that answers.");
        addExceptions(horizon, notes);
        notes.add(String.format(
                Locale.ROOT, "The 90 %% intervals hold %.1f %% of the hold-out's values.", 100 * coverage));
        notes.add(
                "smape, mase and mape are means over series of the series' own means, as in the M4 competition; mase is in"
                        + " units of the in-sample error of the seasonal naive method with a period of "
                        + candidates.basePeriod() + ".");
        notes.add(
                parts.size() > 1
                        ? "The 95 % interval of the metric comes from drawing series anew (bootstrap)."
                        : "There is one series: the 95 % interval of the metric comes from drawing blocks of steps anew.");
        return notes;
    }

    private void addExceptions(int horizon, List<String> notes) {
        long shortened = IntStream.range(0, parts.size())
                .filter(number -> plan.held()[number] < horizon)
                .count();
        if (shortened > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%,d of %,d series are too short for a whole hold-out; a third of their steps was held out.",
                    shortened,
                    parts.size()));
        }
        long constant = parts.stream().filter(part -> part.scale() == 0).count();
        if (constant > 0) {
            notes.add(String.format(
                    Locale.ROOT, "%,d series never change from season to season; MASE leaves them out.", constant));
        }
        if (weights.share() > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Weights are the series' own by %.0f %%, by their errors on earlier windows.",
                    100 * weights.share()));
        }
    }
}
