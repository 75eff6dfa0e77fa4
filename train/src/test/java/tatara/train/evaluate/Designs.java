package tatara.train.evaluate;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tatara.core.design.FeatureDesign;
import tatara.core.design.FeatureDesign.Split;
import tatara.core.design.FeatureDesign.Target;
import tatara.core.design.FeatureDesign.Threshold;
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

/** Small designs and tables for tests. */
public final class Designs {
    private Designs() {}

    public static FeatureDesign of(Task task, Metric metric, Split.Kind kind, String splitColumn, double share) {
        List<String> classes = task == Task.REGRESSION ? List.of() : List.of("no", "yes");
        return new FeatureDesign(
                List.of(),
                List.of(),
                new Target(task, Optional.of("target"), classes, Optional.empty(), false),
                new Split(
                        kind, splitColumn.isEmpty() ? Optional.empty() : Optional.of(splitColumn), share, "as tested"),
                new FeatureDesign.Evaluation(
                        metric,
                        List.of(),
                        List.of(),
                        List.of(),
                        task == Task.BINARY
                                ? Optional.of(new Threshold(Threshold.Rule.BEST_F1, 0, ""))
                                : Optional.empty(),
                        List.of("group", "amount")),
                Optional.empty());
    }

    /** Rows with a target, a group, a time and an amount, in batches of 100. */
    public static FrameSource table(String[] targets, String[] groups, long[] times, double[] amounts) {
        Schema schema = new Schema(List.of(
                new Field("target", tatara.core.frame.Kind.TEXT),
                new Field("group", tatara.core.frame.Kind.TEXT),
                new Field("time", tatara.core.frame.Kind.TIME),
                new Field("amount", tatara.core.frame.Kind.NUMBER)));
        return new FrameSource() {
            @Override
            public Schema schema() {
                return schema;
            }

            @Override
            public long rows() {
                return targets.length;
            }

            @Override
            public void forEach(java.util.function.Consumer<Frame> consumer) {
                for (int start = 0; start < targets.length; start += 100) {
                    int from = start;
                    int size = Math.min(100, targets.length - start);
                    List<Column> columns = List.of(
                            TextColumn.of(size, row -> targets[from + row]),
                            TextColumn.of(size, row -> groups[from + row]),
                            new TimeColumn(IntStream.range(0, size)
                                    .mapToLong(row -> times[from + row])
                                    .toArray()),
                            new NumberColumn(IntStream.range(0, size)
                                    .mapToDouble(row -> amounts[from + row])
                                    .toArray()));
                    consumer.accept(new Frame(schema, columns, size));
                }
            }
        };
    }
}
