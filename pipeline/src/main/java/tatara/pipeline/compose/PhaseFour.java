package tatara.pipeline.compose;

import java.util.List;
import java.util.Optional;
import tatara.core.design.ObservabilityDesign;
import tatara.core.design.Specialist;
import tatara.core.json.RecordCodec;
import tatara.core.spec.Spec;
import tatara.pipeline.execute.ContentKey;
import tatara.specialists.phase4.observabilityengineer.ObservabilityEngineer;

/** Phase 4: the observability engineer. */
final class PhaseFour {
    private final HandoffDesk desk;
    private final Spec spec;
    private final DesignedData data;
    private final DeployedModel live;

    PhaseFour(HandoffDesk desk, Spec spec, DesignedData data, DeployedModel live) {
        this.desk = desk;
        this.spec = spec;
        this.data = data;
        this.live = live;
    }

    Handed<ObservabilityDesign> execute() {
        List<Read> reads = List.of(
                new Read("requirement", ContentKey.of(RecordCodec.write(spec))),
                new Read("phase1.data-scientist.output", data.features().key()),
                new Read("phase3.mlops-engineer.output", live.deployment().key()),
                new Read("evidence.model", ContentKey.of(RecordCodec.write(live.evidence()))));
        Handed<ObservabilityDesign> handed = desk.handOff(
                Specialist.OBSERVABILITY_ENGINEER, ObservabilityDesign.class, reads, () -> new ObservabilityEngineer()
                        .design(
                                spec,
                                data.features().design(),
                                live.deployment().design(),
                                live.evidence()));
        desk.check(spec, Optional.of(data.evidence()), Optional.empty());
        return handed;
    }
}
