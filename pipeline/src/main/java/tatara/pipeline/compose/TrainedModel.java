package tatara.pipeline.compose;

import java.nio.file.Path;
import java.util.List;
import tatara.core.design.ProductionDesign;
import tatara.core.design.TrainingDesign;
import tatara.core.evidence.GateResult;
import tatara.core.run.Evaluation;

/**
 * What phase 2 hands to phase 3.
 *
 * @param path how it was made
 * @param bundle directory of the bundle
 * @param bundleKey key of its content
 * @param evaluation on the sealed hold-out
 * @param gates results of the model gates
 * @param trainRows rows trained on
 */
record TrainedModel(
        Handed<TrainingDesign> training,
        Handed<ProductionDesign> production,
        ModelPath path,
        Path bundle,
        String bundleKey,
        Evaluation evaluation,
        List<GateResult> gates,
        long trainRows) {

    /** Whether no gate stands in the way of the registry. */
    boolean passes() {
        return gates.stream().allMatch(gate -> gate.passed() || !gate.blocks());
    }
}
