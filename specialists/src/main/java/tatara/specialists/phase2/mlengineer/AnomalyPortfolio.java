package tatara.specialists.phase2.mlengineer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tatara.core.design.Decision;
import tatara.core.design.Evidence;
import tatara.core.design.FeatureDesign;
import tatara.core.design.TrainingDesign.Candidate;
import tatara.core.design.TrainingDesign.Learner;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.spec.Spec;

/** The candidate of an anomaly detector: an isolation forest, whose trees see small samples. */
final class AnomalyPortfolio {
    private static final double SAMPLE = 256;
    private static final int TREES = 300;
    private static final int MOST_TREES = 600;
    private static final int WIDE = 50;
    private static final double SECONDS_PER_SCORE = 4e-8;
    private static final double SECONDS_PER_NODE = 3e-7;
    private static final double MOST_SCORED = 200_000;

    private AnomalyPortfolio() {}

    /** One isolation forest; the more columns, the more trees. */
    static List<Candidate> candidates(Spec spec, FeatureDesign features, FeatureEvidence evidence) {
        double trees = trees(evidence);
        double rows = Math.min((double) evidence.trainRows(), MOST_SCORED) + evidence.holdoutRows();
        double seconds = trees * (rows * SECONDS_PER_SCORE + SAMPLE * 8 * SECONDS_PER_NODE);
        Map<String, Double> parameters = new TreeMap<>(Map.of("trees", trees, "sample", SAMPLE));
        spec.constraints().topShare().ifPresent(share -> parameters.put("top_share", share));
        return List.of(new Candidate("isolation-forest", Learner.ISOLATION_FOREST, parameters, seconds));
    }

    /** Why, and what it can't tell. */
    static List<Decision> decisions(Spec spec, FeatureDesign features, FeatureEvidence evidence) {
        List<Decision> decisions = new ArrayList<>();
        decisions.add(new Decision(
                String.format(
                        Locale.ROOT,
                        "An isolation forest of %.0f trees on samples of %.0f rows",
                        trees(evidence),
                        SAMPLE),
                "it needs no labels and no distances, and small samples keep anomalies from hiding each other",
                List.of(
                        new Evidence("training rows", Long.toString(evidence.trainRows()), "features"),
                        new Evidence("features", Integer.toString(evidence.width()), "features"))));
        boolean labelled = features.target().column().isPresent();
        decisions.add(new Decision(
                labelled ? "Labels judge the detector and train nothing" : "Quality is not claimed",
                labelled
                        ? "anomalies of tomorrow need not look like those labelled today"
                        : "without labels nobody can say how many flagged rows are true anomalies; only how stable the ranking is",
                List.of(new Evidence("label column", features.target().column().orElse("none"), "requirement"))));
        spec.constraints()
                .topShare()
                .ifPresent(share -> decisions.add(new Decision(
                        String.format(Locale.ROOT, "The highest %.2f %% of scores count as anomalies", 100 * share),
                        "so many are asked for",
                        List.of(new Evidence("top share", Double.toString(share), "requirement")))));
        return decisions;
    }

    private static double trees(FeatureEvidence evidence) {
        return evidence.width() > WIDE ? MOST_TREES : TREES;
    }
}
