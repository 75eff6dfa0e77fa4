package tatara.specialists.phase2.mlengineer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tatara.core.design.Decision;
import tatara.core.design.TrainingDesign.Candidate;
import tatara.core.design.TrainingDesign.Learner;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.specialists.Figures;
import tatara.specialists.phase2.mlengineer.TableConfigurations.Configuration;

/**
 * Candidates for a table's target: diverse configurations that are known to do well together, in order of value, as many as the rows
 * can tell apart and the budget holds. The first is cheap, so that there is a valid model within seconds.
 */
final class TablePortfolio {
    private static final double BUDGET_SHARE = 0.8;
    private static final double MOST_SHARE_OF_ONE = 0.25;
    private static final int MOST_ROUNDS = 3_000;
    private static final double LEAST_ROUNDS = 60;
    private static final double FASTEST = 0.2;
    private static final double MATRIX_SHARE_OF_HEAP = 0.12;

    private final Spec spec;
    private final FeatureEvidence evidence;
    private final TrainingCost cost;
    private final double rows;
    private final TableConfigurations configurations;
    private final List<Candidate> chosen = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private double planned;

    TablePortfolio(Spec spec, FeatureEvidence evidence, TrainingCost cost, double rows) {
        this.spec = spec;
        this.evidence = evidence;
        this.cost = cost;
        this.rows = rows;
        this.configurations = new TableConfigurations(evidence, rows);
        if (spec.constraints().explainable()) {
            chooseReadable();
        } else {
            choose();
        }
    }

    List<Candidate> candidates() {
        return List.copyOf(chosen);
    }

    List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    double planned() {
        return planned;
    }

    private void chooseReadable() {
        add(configurations.linear(), Integer.MAX_VALUE);
        add(configurations.additive(), Integer.MAX_VALUE);
        summarise(
                "only models whose predictions are sums of one term per column: the requirement asks for explainable ones");
    }

    private void choose() {
        int most = mostCandidates();
        for (Configuration configuration : configurations.of(spec.task())) {
            add(configuration, most);
        }
        summarise("different learners err differently, and a weighted mean of them beats each; "
                + "more candidates than the rows can tell apart would only fit their noise");
    }

    /** Fewer candidates on few rows: choosing among many over-fits the out-of-fold predictions. */
    private int mostCandidates() {
        if (rows < 300) {
            return 4;
        }
        return rows < 1_000 ? 8 : 14;
    }

    private void summarise(String why) {
        List<tatara.core.design.Evidence> evidenceOf = new ArrayList<>();
        evidenceOf.add(Figures.evidence("training rows used", (long) rows, "features"));
        evidenceOf.add(Figures.evidence("features", evidence.width(), "features"));
        evidenceOf.add(Figures.evidence("planned seconds", planned, "cost model of the learners"));
        evidenceOf.add(Figures.evidence("budget in seconds", spec.budgetSeconds(), "requirement"));
        evidence.baselines()
                .forEach((name, value) -> evidenceOf.add(
                        Figures.evidence("baseline " + name, value, "cross-validated on training rows")));
        decisions.add(
                0,
                new Decision(
                        Figures.count(chosen.size(), "candidate is", "candidates are") + " trained", why, evidenceOf));
        if (!skipped.isEmpty()) {
            decisions.add(new Decision(
                    "Left out: " + String.join(", ", skipped),
                    "the planned cost of the others already fills " + Figures.percent(BUDGET_SHARE)
                            + " of the budget, or there are too few rows to compare more",
                    List.of(Figures.evidence("budget in seconds", spec.budgetSeconds(), "requirement"))));
        }
    }

    private void add(Configuration configuration, int most) {
        Map<String, Double> parameters = new TreeMap<>(configuration.parameters());
        boolean boosted = configuration.learner() == Learner.LIGHTGBM || configuration.learner() == Learner.XGBOOST;
        double rounds = 0;
        if (boosted) {
            rounds = schedule(configuration.learner(), parameters);
        }
        double seconds = rounded(cost.seconds(configuration.learner(), parameters, rounds));
        boolean fits = planned + seconds <= BUDGET_SHARE * spec.budgetSeconds() && memory(configuration.learner());
        if (!chosen.isEmpty() && (!fits || chosen.size() >= most)) {
            skipped.add(configuration.id());
            return;
        }
        planned += seconds;
        chosen.add(new Candidate(configuration.id(), configuration.learner(), parameters, seconds));
        decisions.add(new Decision(
                "Candidate " + configuration.id(),
                configuration.why(),
                List.of(Figures.evidence("estimated seconds", seconds, "cost model of the learners"))));
    }

    /** Learners that copy the matrix for every fold have to fit beside it. */
    private boolean memory(Learner learner) {
        double bytes = 4.0 * rows * (evidence.width() + 8.0 * evidence.categoryFeatures());
        return learner == Learner.LIGHTGBM
                || learner == Learner.LINEAR
                || bytes <= MATRIX_SHARE_OF_HEAP * evidence.heapMegabytes() * 1e6;
    }

    /**
     * Sets rounds, patience and, where the usual number of rounds would cost too much, a faster learning rate. Gives the rounds that
     * are planned for.
     */
    private double schedule(Learner learner, Map<String, Double> parameters) {
        String rateName = learner == Learner.XGBOOST ? "eta" : "learning_rate";
        double rate = parameters.getOrDefault(rateName, 0.05);
        double perRound = cost.seconds(learner, parameters, 1_000) / 1_000;
        double affordable = MOST_SHARE_OF_ONE * spec.budgetSeconds() / perRound;
        double usual = usualRounds(learner, parameters, rate);
        if (usual > affordable) {
            rate = Math.min(FASTEST, rate * usual / affordable);
            usual = usualRounds(learner, parameters, rate);
            rate = Math.max(parameters.getOrDefault(rateName, 0.05), Math.round(rate * 1_000) / 1_000.0);
            parameters.put(rateName, rate);
        }
        double limit = parameters.getOrDefault("rounds", Math.max(LEAST_ROUNDS, Math.min(MOST_ROUNDS, affordable)));
        parameters.put("rounds", Math.floor(limit));
        parameters.putIfAbsent("patience", Math.rint(Math.max(20, Math.min(100, 3 / rate))));
        return Math.min(limit, usual + parameters.getOrDefault("patience", 60.0));
    }

    /**
     * Rounds until early stopping, as seen on twelve sets of 1,000 to 48,000 rows: the rate times the rounds grew with rows, from 3 to
     * 20 for classes and from 7 to 60 for values, at 31 leaves; smaller trees and random cuts take more of them.
     */
    private double usualRounds(Learner learner, Map<String, Double> parameters, double rate) {
        double distance = spec.task() == Task.REGRESSION
                ? Math.max(10, Math.min(60, 30 * Math.pow(rows / 5_000, 0.5)))
                : Math.max(4, Math.min(25, 5 * Math.pow(rows / 5_000, 0.6)));
        double leaves = learner == Learner.XGBOOST
                ? Math.pow(2, parameters.getOrDefault("max_depth", 6.0))
                : parameters.getOrDefault("num_leaves", 31.0);
        double smaller = Math.sqrt(31 / Math.min(leaves, 128));
        double random = parameters.getOrDefault("extra_trees", 0.0) != 0 ? 1.8 : 1;
        return distance * smaller * random / rate;
    }

    private static double rounded(double seconds) {
        return Math.max(0.01, Double.parseDouble(String.format(Locale.ROOT, "%.3g", seconds)));
    }
}
