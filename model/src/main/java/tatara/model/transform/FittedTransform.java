package tatara.model.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.json.Document;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;

/** The transform that a list of {@link FittedColumn}s describes. Immutable, thread-safe. */
public final class FittedTransform implements FeatureTransform {
    private final List<FittedColumn> columns;
    private final List<ColumnKernel> kernels = new ArrayList<>();
    private final int[] firsts;
    private final List<OutputFeature> outputs;
    private final List<Field> inputs;

    /** The transform as a document. */
    private record Description(List<FittedColumn> columns) {}

    private FittedTransform(List<FittedColumn> columns) {
        this.columns = List.copyOf(columns);
        Map<String, Kind> kinds = new LinkedHashMap<>();
        List<OutputFeature> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        this.firsts = new int[columns.size()];
        for (FittedColumn column : columns) {
            firsts[kernels.size()] = all.size();
            Kind known = kinds.putIfAbsent(column.column(), column.input());
            if (known != null && known != column.input()) {
                throw new IllegalArgumentException(
                        "column " + column.column() + ": " + column.input() + " (expected: " + known + ")");
            }
            ColumnKernel kernel = ColumnKernel.of(column);
            kernels.add(kernel);
            for (OutputFeature output : kernel.outputs()) {
                all.add(distinct(output, names));
            }
        }
        this.outputs = List.copyOf(all);
        List<Field> fields = new ArrayList<>();
        kinds.forEach((name, kind) -> fields.add(new Field(name, kind)));
        this.inputs = List.copyOf(fields);
    }

    /** @param columns in the order of their features in the vector; a column may have several */
    public static FittedTransform of(List<FittedColumn> columns) {
        return new FittedTransform(columns);
    }

    private static OutputFeature distinct(OutputFeature output, Set<String> names) {
        String name = output.name();
        for (int number = 2; !names.add(name); number++) {
            name = output.name() + "#" + number;
        }
        return new OutputFeature(name, output.column(), output.levels(), output.term());
    }

    /** What was learnt, column by column. */
    public List<FittedColumn> columns() {
        return columns;
    }

    /** The transform as a document that {@link #read} understands. */
    public Json write() {
        return RecordCodec.write(new Description(columns));
    }

    /** @throws tatara.core.error.ProblemsException if the document describes no transform */
    public static FittedTransform read(Document document) {
        return of(RecordCodec.read(Description.class, document).columns());
    }

    @Override
    public List<OutputFeature> outputs() {
        return outputs;
    }

    @Override
    public List<Field> inputs() {
        return inputs;
    }

    @Override
    public void apply(Frame frame, float[][] out, int offset) {
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < frame.schema().size(); i++) {
            positions.put(frame.schema().field(i).name(), i);
        }
        for (int i = 0; i < firsts.length; i++) {
            FittedColumn fitted = columns.get(i);
            Integer position = positions.get(fitted.column());
            if (position == null || frame.column(position).kind() != fitted.input()) {
                throw new IllegalArgumentException("column " + fitted.column() + ": "
                        + (position == null ? "none" : frame.column(position).kind()) + " (expected: "
                        + fitted.input() + ")");
            }
            kernels.get(i).apply(frame.column(position), out, firsts[i], offset);
        }
    }
}
