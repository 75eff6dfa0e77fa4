package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import tatara.core.design.ProductionDesign;
import tatara.core.evidence.GateResult;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.run.Evaluation;
import tatara.core.spec.Goal;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.model.bundle.ModelBundle;
import tatara.model.prediction.Predictions;

/** Measures the gates that the production engineer put before the registry. */
final class ModelGates {
    private static final int TIMED_ROWS = 200;

    private final ModelBundle bundle;
    private final Evaluation evaluation;
    private final double scorerDifference;
    private final List<Goal> goals;
    private final LongSupplier nanoTime;

    /** @param scorerDifference between native and Java scorers, as training measured it; NaN if there was no native one */
    ModelGates(
            ModelBundle bundle,
            Evaluation evaluation,
            double scorerDifference,
            List<Goal> goals,
            LongSupplier nanoTime) {
        this.bundle = bundle;
        this.evaluation = evaluation;
        this.scorerDifference = scorerDifference;
        this.goals = goals;
        this.nanoTime = nanoTime;
    }

    /** @param sample some rows of the model's inputs */
    List<GateResult> measure(List<ProductionDesign.ModelGate> gates, Frame sample) {
        List<GateResult> results = new ArrayList<>();
        for (ProductionDesign.ModelGate gate : gates) {
            measure(gate, sample).ifPresent(results::add);
        }
        return results;
    }

    private Optional<GateResult> measure(ProductionDesign.ModelGate gate, Frame sample) {
        return switch (gate.check()) {
            case BEATS_BASELINE -> baseline(gate);
            case GOAL -> goal(gate);
            case CALIBRATION_ERROR ->
                Optional.ofNullable(evaluation.metrics().get("ece"))
                        .map(error -> atMost(gate, error, "expected calibration error on the hold-out"));
            case OVERFIT_GAP -> Optional.of(atMost(gate, gap(), "relative gap between cross-validation and hold-out"));
            case INVARIANCE ->
                Optional.of(atMost(gate, invariance(sample), "change of a prediction when unused columns change"));
            case SCORER_EQUALITY ->
                Double.isNaN(scorerDifference)
                        ? Optional.empty()
                        : Optional.of(atMost(
                                gate, scorerDifference, "greatest difference between native and served predictions"));
            case LATENCY_MICROS ->
                Optional.of(atMost(gate, medianMicros(sample), "median microseconds of one prediction in process"));
            case ROBUSTNESS ->
                evaluation.task() == Task.FORECAST
                        ? Optional.empty()
                        : Optional.of(atLeast(
                                gate, finiteShare(sample), "share of finite predictions on empty and unseen rows"));
        };
    }

    private Optional<GateResult> baseline(ProductionDesign.ModelGate gate) {
        double best = evaluation.bestBaseline();
        if (Double.isNaN(best)) {
            return Optional.empty();
        }
        Metric metric = evaluation.metric();
        double value = evaluation.value().value();
        double gain = metric.higherIsBetter() ? value - best : best - value;
        String message = String.format(
                Locale.ROOT, "%s %.4g against %.4g of the best baseline, on the hold-out", metric.key(), value, best);
        return Optional.of(new GateResult(gate.id(), gain >= gate.limit(), gain, gate.limit(), gate.blocks(), message));
    }

    private Optional<GateResult> goal(ProductionDesign.ModelGate gate) {
        Metric metric = gate.metric().orElse(evaluation.metric());
        double value = metric == evaluation.metric()
                ? evaluation.value().value()
                : evaluation.metrics().getOrDefault(metric.key(), Double.NaN);
        boolean atLeast = goals.stream()
                .filter(goal -> goal.metric() == metric)
                .map(Goal::atLeast)
                .findFirst()
                .orElse(metric.higherIsBetter());
        String what = metric.key() + " on the hold-out, as asked for";
        return Optional.of(atLeast ? atLeast(gate, value, what) : atMost(gate, value, what));
    }

    private double gap() {
        double held = evaluation.value().value();
        double crossValidated = evaluation.crossValidated();
        double worse = evaluation.metric().higherIsBetter() ? crossValidated - held : held - crossValidated;
        return worse / Math.max(1e-9, Math.abs(crossValidated));
    }

    /** Adds columns that the model does not know, and changes the rows' order; answers must follow the rows. */
    private double invariance(Frame sample) {
        Predictions before = bundle.predict(sample);
        Predictions after = bundle.predict(Samples.reversedWithStrangers(sample));
        double greatest = 0;
        for (int row = 0; row < before.rows(); row++) {
            int mirrored = before.rows() - 1 - row;
            greatest = Math.max(greatest, Samples.difference(before, row, after, mirrored));
        }
        return greatest;
    }

    private double medianMicros(Frame sample) {
        int rows = Math.min(TIMED_ROWS, sample.rows());
        List<Frame> single = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            single.add(Samples.row(sample, row));
        }
        double[] micros = new double[rows];
        for (int repeat = 0; repeat < 2; repeat++) {
            for (int row = 0; row < rows; row++) {
                long start = nanoTime.getAsLong();
                bundle.predict(single.get(row));
                micros[row] = (nanoTime.getAsLong() - start) / 1e3;
            }
        }
        Arrays.sort(micros);
        return rows == 0 ? 0 : micros[rows / 2];
    }

    private double finiteShare(Frame sample) {
        List<Column> missing = new ArrayList<>();
        List<Column> strange = new ArrayList<>();
        for (int i = 0; i < sample.columns().size(); i++) {
            Kind kind = sample.schema().field(i).kind();
            missing.add(
                    switch (kind) {
                        case NUMBER -> new NumberColumn(new double[] {Double.NaN});
                        case TEXT -> new TextColumn(new int[] {TextColumn.MISSING}, new String[0]);
                        case TIME -> new TimeColumn(new long[] {TimeColumn.MISSING});
                    });
            strange.add(
                    switch (kind) {
                        case NUMBER -> new NumberColumn(new double[] {-1e300});
                        case TEXT -> new TextColumn(new int[] {0}, new String[] {"\u0000never seen\u0000"});
                        case TIME -> new TimeColumn(new long[] {Long.MAX_VALUE / 2});
                    });
        }
        double finite = 0;
        for (List<Column> columns : List.of(missing, strange)) {
            finite += Samples.isFinite(bundle.predict(new Frame(sample.schema(), columns, 1)), 0) ? 1 : 0;
        }
        return finite / 2;
    }

    private static GateResult atMost(ProductionDesign.ModelGate gate, double value, String what) {
        return result(gate, value, value <= gate.limit(), what, "at most");
    }

    private static GateResult atLeast(ProductionDesign.ModelGate gate, double value, String what) {
        return result(gate, value, value >= gate.limit(), what, "at least");
    }

    private static GateResult result(
            ProductionDesign.ModelGate gate, double value, boolean passed, String what, String side) {
        String message = String.format(Locale.ROOT, "%s is %.4g (%s %.4g)", what, value, side, gate.limit());
        return new GateResult(gate.id(), passed, value, gate.limit(), gate.blocks(), message);
    }
}
