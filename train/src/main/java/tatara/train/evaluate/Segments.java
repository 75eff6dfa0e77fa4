package tatara.train.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.run.Evaluation.Segment;
import tatara.core.run.Interval;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;

/**
 * Quality by segment: the levels of a category, the quartiles of a number or time, and missing values, where a segment holds enough
 * rows to say something.
 */
final class Segments {
    private static final int LEAST_ROWS = 30;
    private static final double LEAST_SHARE = 0.005;
    private static final int LEAST_CLASS_ROWS = 5;
    private static final int MOST_LEVELS = 12;
    private static final int MOST_SEGMENTS = 60;
    private static final String MISSING = "(missing)";

    private final Metrics metrics;
    private final Metric metric;
    private final Intervals intervals;
    private final double[] labels;
    private final double[][] predictions;

    Segments(Metrics metrics, Metric metric, long seed, double[] labels, double[][] predictions) {
        this.metrics = metrics;
        this.metric = metric;
        this.intervals = new Intervals(metrics, seed);
        this.labels = labels;
        this.predictions = predictions;
    }

    /** Segments of the columns of a source whose rows are those of the predictions, worst first. */
    List<Segment> of(FrameSource source, List<String> columns) {
        List<Segment> segments = new ArrayList<>();
        for (String column : columns) {
            int index = source.schema().indexOf(column).orElse(-1);
            if (index >= 0) {
                names(source, index).forEach((name, rows) -> add(segments, column, name, rows));
            }
        }
        Comparator<Segment> worst =
                Comparator.comparingDouble(segment -> segment.metric().value());
        segments.sort((metric.higherIsBetter() ? worst : worst.reversed())
                .thenComparing(Segment::column)
                .thenComparing(Segment::value));
        return segments.size() > MOST_SEGMENTS ? List.copyOf(segments.subList(0, MOST_SEGMENTS)) : segments;
    }

    private void add(List<Segment> segments, String column, String name, BitSet rows) {
        int count = rows.cardinality();
        if (count < Math.max(LEAST_ROWS, LEAST_SHARE * labels.length) || count == labels.length) {
            return;
        }
        double[] part = rows.stream().mapToDouble(row -> labels[row]).toArray();
        if (metrics.task() == Task.BINARY) {
            long positives = Arrays.stream(part).filter(label -> label == 1).count();
            if (Math.min(positives, count - positives) < LEAST_CLASS_ROWS) {
                return;
            }
        }
        double[][] scores = rows.stream().mapToObj(row -> predictions[row]).toArray(double[][]::new);
        Interval interval = intervals.of(metric, part, scores);
        if (!Double.isNaN(interval.value())) {
            segments.add(new Segment(column, name, count, interval));
        }
    }

    /** The rows of each segment of a column, by the segment's name. */
    private Map<String, BitSet> names(FrameSource source, int index) {
        return switch (source.schema().field(index).kind()) {
            case TEXT -> levels(source, index);
            case NUMBER, TIME -> quartiles(source, index);
        };
    }

    private static Map<String, BitSet> levels(FrameSource source, int index) {
        Map<String, BitSet> all = new HashMap<>();
        int[] at = {0};
        source.forEach(frame -> {
            TextColumn column = (TextColumn) frame.column(index);
            for (int row = 0; row < frame.rows(); row++) {
                String value = column.value(row);
                all.computeIfAbsent(value == null ? MISSING : value, absent -> new BitSet())
                        .set(at[0]++);
            }
        });
        Map<String, BitSet> kept = new java.util.LinkedHashMap<>();
        all.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, BitSet> entry) ->
                                -entry.getValue().cardinality())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_LEVELS)
                .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        return kept;
    }

    private Map<String, BitSet> quartiles(FrameSource source, int index) {
        double[] values = new double[labels.length];
        int[] at = {0};
        source.forEach(frame -> {
            for (int row = 0; row < frame.rows(); row++) {
                values[at[0]++] = number(frame, index, row);
            }
        });
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        Map<String, BitSet> segments = new java.util.LinkedHashMap<>();
        if (sorted.length == 0) {
            return segments;
        }
        boolean time = source.schema().field(index).kind() == tatara.core.frame.Kind.TIME;
        double[] cuts = Arrays.stream(new double[] {0.25, 0.5, 0.75})
                .map(share -> sorted[(int) (share * (sorted.length - 1))])
                .distinct()
                .toArray();
        for (int row = 0; row < values.length; row++) {
            segments.computeIfAbsent(name(values[row], cuts, time), absent -> new BitSet())
                    .set(row);
        }
        return segments;
    }

    private static double number(Frame frame, int index, int row) {
        Column column = frame.column(index);
        if (column.isMissing(row)) {
            return Double.NaN;
        }
        return column instanceof TimeColumn times ? times.micros()[row] : ((NumberColumn) column).values()[row];
    }

    private static String name(double value, double[] cuts, boolean time) {
        if (Double.isNaN(value)) {
            return MISSING;
        }
        int above = 0;
        while (above < cuts.length && value > cuts[above]) {
            above++;
        }
        if (above == 0) {
            return "up to " + text(cuts[0], time);
        }
        String low = "above " + text(cuts[above - 1], time);
        return above == cuts.length ? low : low + " up to " + text(cuts[above], time);
    }

    private static String text(double value, boolean time) {
        if (time) {
            return java.time.Instant.EPOCH
                    .plus((long) value, java.time.temporal.ChronoUnit.MICROS)
                    .toString();
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
