package tatara.pipeline.outcome;

import java.nio.file.Path;
import java.util.List;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.TableStructure;
import tatara.core.spec.Spec;

/**
 * What a run came to, whole.
 *
 * @param structures of the evidence's tables, in their order
 */
public record RunOutcome(
        Spec spec,
        DataEvidence evidence,
        List<TableStructure> structures,
        List<HandoffRecord> handoffs,
        Latest latest,
        Path report) {}
