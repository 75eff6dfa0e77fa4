package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.design.DataDesign;
import tatara.core.design.DeploymentDesign;
import tatara.core.design.Design;
import tatara.core.design.FeatureDesign;
import tatara.core.design.ProductionDesign;
import tatara.core.design.Proposal;
import tatara.core.design.Specialist;
import tatara.core.design.TrainingDesign;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.evidence.ModelEvidence;
import tatara.core.evidence.Suspect;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.ValueCount;
import tatara.core.run.Evaluation;
import tatara.core.run.Interval;
import tatara.core.spec.Request;
import tatara.core.spec.Spec;
import tatara.pipeline.compose.sentence.SentenceReader;
import tatara.specialists.phase1.dataengineer.DataEngineer;
import tatara.specialists.phase1.datascientist.DataScientist;
import tatara.specialists.phase2.mlengineer.MlEngineer;
import tatara.specialists.phase2.productionengineer.ProductionEngineer;
import tatara.specialists.phase3.kubernetesarchitect.KubernetesArchitect;
import tatara.specialists.phase3.mlopsengineer.MlopsEngineer;
import tatara.specialists.phase4.observabilityengineer.ObservabilityEngineer;
import tatara.testkit.profile.ProfileText;

/** All hand-offs of one request on tables of the test kit, with evidence that the later phases could have measured. */
record Designs(
        Spec spec,
        DataEvidence data,
        FeatureEvidence features,
        ModelEvidence model,
        Map<Specialist, Proposal<?>> proposals) {

    static Designs of(String sentence, Optional<String> target, List<ColumnLink> links, String... names) {
        List<TableProfile> tables = new ArrayList<>();
        for (String name : names) {
            tables.add(ProfileText.table(name));
        }
        Request request = new Request(
                sentence,
                List.of(),
                Optional.empty(),
                target,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                300,
                7,
                List.of(),
                Map.of());
        Spec spec = new SentenceReader().read(request, tables, links);
        return of(spec, new DataEvidence(tables, links, suspects(tables.get(0), spec)));
    }

    private static Designs of(Spec spec, DataEvidence data) {
        Map<Specialist, Proposal<?>> proposals = new EnumMap<>(Specialist.class);
        Proposal<DataDesign> dataDesign = new DataEngineer().design(spec, data);
        Proposal<FeatureDesign> featureDesign = new DataScientist().design(spec, data, dataDesign.design());
        FeatureEvidence features = features(data, featureDesign.design());
        Proposal<TrainingDesign> trained = new MlEngineer().design(spec, featureDesign.design(), features);
        TrainingDesign training = trained.design();
        Proposal<ProductionDesign> production =
                new ProductionEngineer().design(spec, featureDesign.design(), training, features);
        ModelEvidence model = model(spec, data);
        Proposal<DeploymentDesign> deployment =
                new MlopsEngineer().design(spec, featureDesign.design(), production.design(), model);
        proposals.put(Specialist.DATA_ENGINEER, dataDesign);
        proposals.put(Specialist.DATA_SCIENTIST, featureDesign);
        proposals.put(Specialist.ML_ENGINEER, trained);
        proposals.put(Specialist.PRODUCTION_ENGINEER, production);
        proposals.put(Specialist.MLOPS_ENGINEER, deployment);
        proposals.put(
                Specialist.KUBERNETES_ARCHITECT, new KubernetesArchitect().design(spec, deployment.design(), model));
        proposals.put(
                Specialist.OBSERVABILITY_ENGINEER,
                new ObservabilityEngineer().design(spec, featureDesign.design(), deployment.design(), model));
        return new Designs(spec, data, features, model, proposals);
    }

    Map<Specialist, Design> designs() {
        Map<Specialist, Design> designs = new EnumMap<>(Specialist.class);
        proposals.forEach((specialist, proposal) -> designs.put(specialist, proposal.design()));
        return designs;
    }

    private static List<Suspect> suspects(TableProfile main, Spec spec) {
        List<Suspect> suspects = new ArrayList<>();
        main.find("registered")
                .ifPresent(column -> suspects.add(new Suspect(
                        "registered",
                        Suspect.Kind.PART_OF_TARGET,
                        List.of("casual"),
                        "rows where the sum is equal",
                        1,
                        "casual + registered = " + spec.target().orElse(""),
                        true)));
        main.find("duration")
                .ifPresent(column -> suspects.add(new Suspect(
                        "duration",
                        Suspect.Kind.KNOWN_AFTER_TARGET,
                        List.of(),
                        "roc_auc",
                        0.81,
                        "it may be known only after",
                        false)));
        return suspects;
    }

    private static FeatureEvidence features(DataEvidence data, FeatureDesign design) {
        long rows = data.main().rows();
        long holdout = Math.round(rows * design.split().holdoutShare());
        List<ValueCount> classes = new ArrayList<>();
        if (design.target().task().isClassification()) {
            data.main()
                    .find(design.target().column().orElseThrow())
                    .orElseThrow()
                    .top()
                    .forEach(top -> classes.add(new ValueCount(
                            top.value(),
                            Math.round(top.count() * (1 - design.split().holdoutShare())))));
        }
        return new FeatureEvidence(
                rows - holdout,
                holdout,
                design.features().size(),
                3,
                12,
                0,
                0.01,
                classes,
                0,
                Map.of("linear", 0.8),
                2,
                2048);
    }

    private static ModelEvidence model(Spec spec, DataEvidence data) {
        Evaluation evaluation = new Evaluation(
                spec.task(),
                spec.metric(),
                new Interval(0.84, 0.82, 0.86),
                0.845,
                1400,
                Map.of(spec.metric().key(), 0.84),
                Map.of("linear", 0.8),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Evaluation.LearningPoint(100, 0.8), new Evaluation.LearningPoint(1000, 0.84)),
                List.of());
        return new ModelEvidence(evaluation, 3_000_000, 4_000, 20, data.main().rows(), 1_000_000);
    }
}
