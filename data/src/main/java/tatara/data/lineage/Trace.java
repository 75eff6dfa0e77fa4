package tatara.data.lineage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.design.DataDesign;
import tatara.core.design.FeatureDesign;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.TableRef;
import tatara.model.transform.FittedTransform;

/**
 * What a run did, as far as its lineage is concerned.
 *
 * @param processed the typed table of each table of the data design, by name
 * @param rows the rows that a model is made from: the typed main table, or with views a table of its own
 * @param properties of raw snapshots, by table: where loads took them from
 * @param transform what was fitted; empty for forecasts, and before training
 * @param model facts of the model: version, bundle; empty if none was made
 * @param code version of the program, and hashes of documents, by name
 */
public record Trace(
        String pipeline,
        String run,
        DataEvidence evidence,
        DataDesign data,
        FeatureDesign features,
        Map<String, TableRef> processed,
        TableRef rows,
        Map<String, Map<String, String>> properties,
        Optional<FittedTransform> transform,
        Map<String, String> model,
        Map<String, String> code) {
    /** Whether the rows are the main table joined with view columns. */
    boolean viewed() {
        return !features.views().isEmpty();
    }

    List<FeatureDesign.ViewColumn> views() {
        return features.views();
    }
}
