package tatara.pipeline.compose;

import java.util.List;
import java.util.Map;
import tatara.core.design.DataDesign;
import tatara.core.design.FeatureDesign;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.GateResult;
import tatara.core.evidence.TableRef;

/**
 * What phase 1 hands to phase 2.
 *
 * @param table the rows a model is made from: the main table, with the views' columns joined
 * @param tableKey key of its content
 * @param tables typed tables by name
 * @param gates results of the data gates
 * @param dataBytes bytes of the sources
 */
record DesignedData(
        DataEvidence evidence,
        Handed<DataDesign> data,
        Handed<FeatureDesign> features,
        TableRef table,
        String tableKey,
        Map<String, TableRef> tables,
        List<GateResult> gates,
        long dataBytes) {}
