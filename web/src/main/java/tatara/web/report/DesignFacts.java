package tatara.web.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tatara.core.design.ClusterDesign;
import tatara.core.design.DataDesign;
import tatara.core.design.DeploymentDesign;
import tatara.core.design.Design;
import tatara.core.design.FeatureDesign;
import tatara.core.design.ObservabilityDesign;
import tatara.core.design.ProductionDesign;
import tatara.core.design.TrainingDesign;
import tatara.web.Figures;

/** Designs in a few lines. */
final class DesignFacts {
    private DesignFacts() {}

    static List<Fact> of(Design design) {
        if (design instanceof DataDesign data) {
            return data(data);
        }
        if (design instanceof FeatureDesign features) {
            return features(features);
        }
        if (design instanceof TrainingDesign training) {
            return training(training);
        }
        if (design instanceof ProductionDesign production) {
            return List.of(
                    new Fact(
                            "model gates",
                            counted(production.gates().stream().map(gate -> Figures.words(gate.check())))),
                    new Fact("heap", Figures.count(production.heapMegabytes()) + " MB"));
        }
        if (design instanceof DeploymentDesign deployment) {
            return deployment(deployment);
        }
        if (design instanceof ClusterDesign cluster) {
            return cluster(cluster);
        }
        ObservabilityDesign watch = (ObservabilityDesign) design;
        return List.of(
                new Fact("objectives", Integer.toString(watch.objectives().size())),
                new Fact("drift tests", Integer.toString(watch.drift().size())),
                new Fact("predictions logged", Figures.percent(watch.logSample())));
    }

    private static List<Fact> data(DataDesign design) {
        DataDesign.Table main = design.main();
        return List.of(
                new Fact("main table", design.mainTable()),
                new Fact(
                        "columns by role",
                        counted(main.columns().stream().map(column -> Figures.words(column.role())))),
                new Fact("gates", Integer.toString(design.gates().size())));
    }

    private static List<Fact> features(FeatureDesign design) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("features", counted(design.features().stream().map(DesignFacts::kind))));
        if (!design.views().isEmpty()) {
            facts.add(new Fact(
                    "from other tables",
                    counted(design.views().stream()
                            .map(view -> Figures.words(view.aggregate()) + " of " + view.table()))));
        }
        FeatureDesign.Split split = design.split();
        facts.add(new Fact(
                "hold-out",
                Figures.percent(split.holdoutShare()) + " of the rows, split "
                        + Figures.words(split.kind())
                        + split.column().map(column -> " by " + column).orElse("")));
        facts.add(new Fact("leading metric", Figures.name(design.evaluation().metric())));
        design.evaluation()
                .threshold()
                .ifPresent(threshold -> facts.add(new Fact("decision threshold", Figures.words(threshold.rule()))));
        return facts;
    }

    private static String kind(FeatureDesign.Feature feature) {
        if (feature instanceof FeatureDesign.NumberFeature) {
            return "numbers";
        }
        if (feature instanceof FeatureDesign.CategoryFeature) {
            return "categories";
        }
        return feature instanceof FeatureDesign.TimeFeature ? "times" : "texts";
    }

    private static List<Fact> training(TrainingDesign design) {
        String repeats = design.repeats() > 1 ? ", " + design.repeats() + " times" : "";
        return List.of(
                new Fact(
                        "candidates",
                        counted(design.candidates().stream().map(candidate -> Figures.words(candidate.learner())))),
                new Fact("cross-validation", design.folds() + " folds" + repeats),
                new Fact("rows to train on, at most", Figures.count(design.trainingRows())),
                new Fact("calibration", Figures.words(design.calibration())),
                new Fact(
                        "budget",
                        Figures.seconds(design.budgetSeconds()) + ", planned "
                                + Figures.seconds(design.plannedSeconds())));
    }

    private static List<Fact> deployment(DeploymentDesign design) {
        return List.of(
                new Fact("mode", design.mode()),
                new Fact("platform", design.platform()),
                new Fact("rollout", Figures.words(design.strategy())),
                new Fact("endpoints", String.join(", ", design.endpoints())),
                new Fact("rows compared on every path", Figures.count(design.parityRows())));
    }

    private static List<Fact> cluster(ClusterDesign design) {
        ClusterDesign.Scaling scaling = design.scaling();
        return List.of(
                new Fact("server pod", resources(design.server())),
                new Fact("training job", resources(design.training())),
                new Fact("replicas", scaling.minReplicas() + " to " + scaling.maxReplicas()),
                new Fact("storage", Figures.number(design.storageGigabytes()) + " GB"));
    }

    private static String resources(ClusterDesign.Resources resources) {
        return Figures.number(resources.cpuMillis() / 1000.0) + " CPU, " + Figures.count(resources.memoryMegabytes())
                + " MB";
    }

    private static String counted(Stream<String> words) {
        Map<String, Long> counts =
                words.collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()));
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(entry -> Figures.count(entry.getValue()) + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }
}
