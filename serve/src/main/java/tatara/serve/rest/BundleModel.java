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
import tatara.core.json.Json;
import tatara.model.bundle.ModelBundle;
import tatara.model.bundle.RowReader;
import tatara.model.bundle.Signature;
import tatara.model.explain.Contributions;
import tatara.model.prediction.Predictions;

/** A bundle as the server uses it. Immutable, thread-safe. */
public final class BundleModel implements ServedModel {
    private final ModelBundle bundle;
    private final RowReader reader;

    public BundleModel(ModelBundle bundle) {
        this.bundle = bundle;
        this.reader = new RowReader(bundle.signature());
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
        List<Signature.Input> inputs = bundle.signature().inputs();
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < inputs.size(); i++) {
                Json value = rows.get(row).members().get(inputs.get(i).name());
                if (value instanceof Json.Str text && !reader.fits(i, text.value())) {
                    throw refusal(row, inputs.get(i), text.value());
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

    private static TataraException refusal(int row, Signature.Input input, String text) {
        String wanted = input.type().kind() == Kind.NUMBER ? "number" : "time";
        String shown = text.length() > 60 ? text.substring(0, 57) + "..." : text;
        return new TataraException(
                RestErrorCode.BAD_REQUEST,
                Fault.of("'" + shown + "' is no " + wanted)
                        .at("row " + row + ", column '" + input.name() + "'")
                        .expecting("a " + wanted + ", or null if it is not known"));
    }
}
