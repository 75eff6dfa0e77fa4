package tatara.pipeline.compose;

import java.util.List;
import tatara.core.design.DeploymentDesign;
import tatara.core.evidence.GateResult;
import tatara.core.evidence.ModelEvidence;
import tatara.core.port.ModelRegistry;

/**
 * What phase 3 hands to phase 4.
 *
 * @param endpoint base URI of the server that answered the live check
 * @param gates results of the live check
 * @param exampleRow one recorded row of the model's inputs, as JSON text
 */
record DeployedModel(
        ModelRegistry.Version version,
        String endpoint,
        List<GateResult> gates,
        ModelEvidence evidence,
        Handed<DeploymentDesign> deployment,
        String exampleRow) {}
