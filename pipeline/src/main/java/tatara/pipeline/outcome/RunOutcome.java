package tatara.pipeline.outcome;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.TableStructure;
import tatara.core.run.Lineage;
import tatara.core.spec.Spec;

/**
 * What a run came to, whole.
 *
 * @param structures of the evidence's tables, in their order
 * @param lineage where everything came from
 */
public record RunOutcome(
        Spec spec,
        DataEvidence evidence,
        List<TableStructure> structures,
        List<HandoffRecord> handoffs,
        Latest latest,
        Optional<Lineage> lineage,
        Path report) {}
