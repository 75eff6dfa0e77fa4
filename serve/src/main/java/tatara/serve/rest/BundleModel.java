package tatara.serve.rest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.TimeColumn;
import tatara.core.json.Json;
import tatara.model.bundle.ModelBundle;
import tatara.model.bundle.RowReader;
import tatara.model.bundle.Signature;
import tatara.model.explain.Contributions;
import tatara.model.prediction.Predictions;
import tatara.model.transform.CellParser;

/** A bundle as the server uses it. Immutable, thread-safe. */
public final class BundleModel implements ServedModel {
    private final ModelBundle bundle;
    private final RowReader reader;
    private final List<StrictColumn> strict;

    /** A column whose texts have to be numbers or times. */
    private record StrictColumn(String name, Kind kind, CellParser parser) {
        boolean takes(String text) {
            return parser.isMissing(text)
                    || (kind == Kind.NUMBER
                            ? !Double.isNaN(parser.number(text))
                            : parser.time(text) != TimeColumn.MISSING);
        }
    }

    public BundleModel(ModelBundle bundle) {
        this.bundle = bundle;
        this.reader = new RowReader(bundle.signature());
        this.strict = bundle.signature().inputs().stream()
                .filter(input -> input.type().kind() != Kind.TEXT)
                .map(input -> new StrictColumn(
                        input.name(), input.type().kind(), CellParser.of(input.type(), input.format())))
                .toList();
    }

    /** @throws TataraException if the folder holds no whole bundle */
    public static BundleModel load(Path folder) {
        return new BundleModel(ModelBundle.load(folder));
    }

    @Override
    public Signature signature() {
        return bundle.signature();
    }

    /** As {@link RowReader} reads them, but a text that is no number or time where one is wanted is refused, not taken for missing. */
    @Override
    public Frame read(List<Json.Obj> rows) {
        for (int row = 0; row < rows.size(); row++) {
            for (StrictColumn column : strict) {
                Json value = rows.get(row).members().get(column.name());
                if (value instanceof Json.Str text && !column.takes(text.value())) {
                    throw refusal(row, column, text.value());
                }
            }
        }
        return reader.rows(rows);
    }

    @Override
    public Predictions predict(Frame frame) {
        return bundle.predict(frame);
    }

    @Override
    public List<Map<String, Double>> explain(Frame frame) {
        Contributions contributions = bundle.explain(frame);
        List<Map<String, Double>> rows = new ArrayList<>(frame.rows());
        for (double[] values : contributions.values()) {
            Map<String, Double> shares = new LinkedHashMap<>();
            for (int column = 0; column < values.length; column++) {
                shares.put(contributions.columns()[column], values[column]);
            }
            rows.add(shares);
        }
        return rows;
    }

    private static TataraException refusal(int row, StrictColumn column, String text) {
        String shown = text.length() > 60 ? text.substring(0, 57) + "..." : text;
        return new TataraException(
                RestErrorCode.BAD_REQUEST,
                Fault.of("'" + shown + "' is no " + (column.kind() == Kind.NUMBER ? "number" : "time"))
                        .at("row " + row + ", column '" + column.name() + "'")
                        .expecting("a " + (column.kind() == Kind.NUMBER ? "number" : "time") + ", or null if it is not known"));
    }
}
