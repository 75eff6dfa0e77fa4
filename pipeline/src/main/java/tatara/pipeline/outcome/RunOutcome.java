package tatara.pipeline.outcome;

import java.nio.file.Path;
import java.util.List;
import tatara.core.evidence.DataEvidence;
import tatara.core.spec.Spec;

/** What a run came to, whole. */
public record RunOutcome(Spec spec, DataEvidence evidence, List<HandoffRecord> handoffs, Latest latest, Path report) {}
