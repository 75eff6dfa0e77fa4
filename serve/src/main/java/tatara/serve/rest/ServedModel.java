package tatara.serve.rest;

import java.util.List;
import java.util.Map;
import tatara.core.error.TataraException;
import tatara.core.frame.Frame;
import tatara.core.json.Json;
import tatara.model.bundle.Signature;
import tatara.model.prediction.Predictions;

/** A model as the server uses it. Thread-safe. */
public interface ServedModel {
    Signature signature();

    /**
     * Reads rows as they come in JSON: any order of columns, extra columns, strings where numbers are meant.
     *
     * @throws TataraException that names the row and the column if a required column is absent or a value can't be read
     */
    Frame read(List<Json.Obj> rows);

    Predictions predict(Frame frame);

    /** For each row, what each raw column contributed to the prediction. */
    List<Map<String, Double>> explain(Frame frame);
}
