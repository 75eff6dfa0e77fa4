package tatara.specialists;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.design.ClusterDesign;
import tatara.core.design.DataDesign;
import tatara.core.design.DeploymentDesign;
import tatara.core.design.Design;
import tatara.core.design.FeatureDesign;
import tatara.core.design.ObservabilityDesign;
import tatara.core.design.ProductionDesign;
import tatara.core.design.Specialist;
import tatara.core.design.TrainingDesign;
import tatara.core.error.Problem;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.spec.Spec;

/**
 * Finds where documents contradict each other, the requirement or the data: a feature on a column that was left out, another
 * target, a metric that does not fit the task, more folds than rows of a class. Documents that are not there yet are not
 * missed. Thread-safe.
 */
public final class Consistency {
    private Consistency() {}

    /**
     * @param designs the hand-offs that exist, by specialist
     * @return every problem, documents in the specialists' order; paths start at the document's root, lines are 0
     */
    public static List<Problem> check(
            Spec spec,
            Optional<DataEvidence> data,
            Optional<FeatureEvidence> features,
            Map<Specialist, Design> designs) {
        List<Problem> problems = new ArrayList<>();
        Optional<DataDesign> dataDesign = of(designs, Specialist.DATA_ENGINEER, DataDesign.class);
        Optional<FeatureDesign> featureDesign = of(designs, Specialist.DATA_SCIENTIST, FeatureDesign.class);
        dataDesign.ifPresent(
                design -> new DataChecks(spec, data, design, findings(Specialist.DATA_ENGINEER, problems)).check());
        boolean tablesStand = dataDesign.filter(DataChecks::hasMain).isPresent();
        if (tablesStand) {
            featureDesign.ifPresent(design -> new FeatureChecks(
                            spec, dataDesign.orElseThrow(), design, findings(Specialist.DATA_SCIENTIST, problems))
                    .check());
        }
        of(designs, Specialist.ML_ENGINEER, TrainingDesign.class)
                .ifPresent(design ->
                        ModelChecks.training(spec, features, design, findings(Specialist.ML_ENGINEER, problems)));
        of(designs, Specialist.PRODUCTION_ENGINEER, ProductionDesign.class)
                .ifPresent(design ->
                        ModelChecks.production(spec, design, findings(Specialist.PRODUCTION_ENGINEER, problems)));
        of(designs, Specialist.MLOPS_ENGINEER, DeploymentDesign.class)
                .ifPresent(design ->
                        ServingChecks.deployment(spec, design, findings(Specialist.MLOPS_ENGINEER, problems)));
        of(designs, Specialist.KUBERNETES_ARCHITECT, ClusterDesign.class)
                .ifPresent(
                        design -> ServingChecks.cluster(design, findings(Specialist.KUBERNETES_ARCHITECT, problems)));
        of(designs, Specialist.OBSERVABILITY_ENGINEER, ObservabilityDesign.class)
                .ifPresent(design -> ServingChecks.observability(
                        featureDesign, design, findings(Specialist.OBSERVABILITY_ENGINEER, problems)));
        return List.copyOf(problems);
    }

    private static Findings findings(Specialist specialist, List<Problem> problems) {
        return new Findings(specialist.fileName(), problems);
    }

    private static <D extends Design> Optional<D> of(
            Map<Specialist, Design> designs, Specialist specialist, Class<D> type) {
        return Optional.ofNullable(designs.get(specialist)).map(type::cast);
    }
}
