package tatara.data.quality.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells which figures of a batch are unlike those of the batches before (D6). All figures of a batch are tested together
 * (Benjamini–Hochberg 1995), so that the share of sound batches with any alarm is at most the alarm rate. Figures that
 * were told are not learned from, unless a person accepts them, or three batches in a row agree that the level has changed. Thread-safe.
 *
 * @see Forecast
 */
public final class BatchJudge {
    private static final int CONFIRMING = 3;
    private static final int MOST_PAST = 200;

    private final Settings settings;

    /**
     * How strict the judgement is.
     *
     * @param alarmRate greatest share of sound batches with an alarm, in (0, 1)
     * @param learning batches before the first judgement
     */
    public record Settings(double alarmRate, int learning) {
        public static Settings standard() {
            return new Settings(0.01, 8);
        }
    }

    public BatchJudge(Settings settings) {
        this.settings = settings;
    }

    private record Tested(BatchMetric metric, Forecast forecast, double expected, double chance) {}

    /**
     * What is unlike before; nothing while there are too few batches to learn from.
     *
     * @param earlier all batches that are remembered, in order of arrival
     */
    public List<Anomaly> judge(List<BatchRecord> earlier, BatchRecord batch) {
        List<BatchRecord> past = earlier.subList(Math.max(0, earlier.size() - MOST_PAST), earlier.size());
        List<Tested> tested = new ArrayList<>();
        for (BatchMetric metric : asked(past, batch)) {
            List<Forecast.Point> points = points(past, metric);
            if (points.size() >= settings.learning() && isKnown(points, metric)) {
                Forecast forecast = Forecast.of(points, Instant.parse(batch.at()), chance(points, metric));
                double expected = Scale.back(metric.kind(), forecast.center());
                boolean matters = Scale.matters(metric, expected);
                tested.add(new Tested(metric, forecast, expected, matters ? forecast.chance(Scale.to(metric)) : 1));
            }
        }
        return told(tested);
    }

    /** A category that no earlier batch had has no past; that it takes the place of others shows in their shares. */
    private static boolean isKnown(List<Forecast.Point> points, BatchMetric metric) {
        return !metric.name().startsWith("share:")
                || points.stream().filter(point -> point.value() > 0).count() >= 2;
    }

    /** What chance alone does to the figure; a mean's own batch may be what is wrong, so it is taken from those before. */
    private static double chance(List<Forecast.Point> points, BatchMetric metric) {
        if (metric.kind() != BatchMetric.Kind.LEVEL) {
            return Scale.chance(metric);
        }
        double[] variances = points.stream()
                .mapToDouble(point -> point.chance() * Math.max(1, point.rows()))
                .sorted()
                .toArray();
        return variances[variances.length / 2] / Math.max(1, metric.rows());
    }

    private List<Anomaly> told(List<Tested> tested) {
        List<Tested> sorted = new ArrayList<>(tested);
        sorted.sort(Comparator.comparingDouble(Tested::chance));
        int last = 0;
        for (int i = 1; i <= sorted.size(); i++) {
            if (sorted.get(i - 1).chance() <= settings.alarmRate() * i / sorted.size()) {
                last = i;
            }
        }
        return sorted.subList(0, last).stream()
                .map(one -> anomaly(one, sorted.size()))
                .toList();
    }

    private Anomaly anomaly(Tested one, int tests) {
        BatchMetric metric = one.metric();
        double reach = one.forecast().reach(settings.alarmRate() / tests);
        double low = Scale.back(metric.kind(), one.forecast().center() - reach);
        double high = Scale.back(metric.kind(), one.forecast().center() + reach);
        boolean collapsed = metric.kind() == BatchMetric.Kind.COUNT
                && one.expected() >= 20
                && metric.value() < 0.1 * one.expected();
        boolean empty = metric.name().startsWith("missing:") && metric.value() > 0.999 && one.expected() < 0.5;
        return new Anomaly(
                metric.name(),
                metric.value(),
                low,
                high,
                one.chance(),
                collapsed || empty,
                text(metric, one, low, high));
    }

    private static String text(BatchMetric metric, Tested one, double low, double high) {
        String what = metric.name().replaceFirst("^([a-z]+):", "$1 of ");
        return metric.kind() == BatchMetric.Kind.SHARE
                ? String.format(
                        Locale.ROOT,
                        "%s is %.2f %%, expected %.2f %% (%.2f to %.2f)",
                        what,
                        100 * metric.value(),
                        100 * one.expected(),
                        100 * low,
                        100 * high)
                : String.format(
                        Locale.ROOT,
                        "%s is %.5g, expected %.5g (%.5g to %.5g)%s",
                        what,
                        metric.value(),
                        one.expected(),
                        low,
                        high,
                        metric.kind() == BatchMetric.Kind.HOURS ? " hours" : "");
    }

    /** The batch's figures, and shares of categories that it no longer has. */
    private static List<BatchMetric> asked(List<BatchRecord> past, BatchRecord batch) {
        List<BatchMetric> asked = new ArrayList<>(batch.metrics());
        Set<String> names = new HashSet<>();
        batch.metrics().forEach(metric -> names.add(metric.name()));
        Set<String> gone = new TreeSet<>();
        for (BatchRecord before : past) {
            for (BatchMetric metric : before.metrics()) {
                if (metric.name().startsWith("share:") && !names.contains(metric.name()) && gone.add(metric.name())) {
                    absent(batch, metric).ifPresent(asked::add);
                }
            }
        }
        return asked;
    }

    /** A category's share of 0 in a batch that has the column, but not the category. */
    private static Optional<BatchMetric> absent(BatchRecord batch, BatchMetric metric) {
        return metric.name().startsWith("share:")
                ? batch.metric("others:" + metric.column().orElse(""))
                        .map(others ->
                                new BatchMetric(metric.name(), metric.column(), metric.kind(), 0, others.rows(), 0))
                : Optional.empty();
    }

    /** Past values that are learned from: sound ones, and those that began a new level. */
    private static List<Forecast.Point> points(List<BatchRecord> past, BatchMetric metric) {
        List<Forecast.Point> points = new ArrayList<>();
        List<Forecast.Point> odd = new ArrayList<>();
        int direction = 0;
        int steps = 0;
        for (BatchRecord before : past) {
            Optional<BatchMetric> value = before.metric(metric.name()).or(() -> absent(before, metric));
            if (value.isEmpty()) {
                continue;
            }
            Forecast.Point point = new Forecast.Point(
                    Instant.parse(before.at()),
                    Scale.to(value.get()),
                    Scale.chance(value.get()),
                    value.get().rows(),
                    0);
            if (before.isLearned(metric.name())) {
                steps += odd.size() >= CONFIRMING || before.accepted() && isTold(before, metric.name()) ? 1 : 0;
                if (odd.size() >= CONFIRMING) {
                    int now = steps;
                    odd.forEach(one -> points.add(one.after(now)));
                }
                odd.clear();
                points.add(point.after(steps));
            } else {
                int side = side(before, metric.name());
                if (side != direction) {
                    odd.clear();
                }
                direction = side;
                odd.add(point);
            }
        }
        if (odd.size() >= CONFIRMING) {
            int now = steps + 1;
            odd.forEach(one -> points.add(one.after(now)));
        }
        return points;
    }

    private static boolean isTold(BatchRecord before, String metric) {
        return before.anomalies().stream().anyMatch(anomaly -> anomaly.metric().equals(metric));
    }

    private static int side(BatchRecord before, String metric) {
        return before.anomalies().stream()
                .filter(anomaly -> anomaly.metric().equals(metric))
                .mapToInt(anomaly -> anomaly.value() > anomaly.high() ? 1 : -1)
                .findFirst()
                .orElse(0);
    }
}
