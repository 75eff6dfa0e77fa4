package tatara.specialists.phase2.mlengineer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tatara.core.design.Decision;
import tatara.core.design.FeatureDesign;
import tatara.core.design.TrainingDesign.Candidate;
import tatara.core.design.TrainingDesign.Learner;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.spec.Constraints;
import tatara.core.spec.Metric;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;

class TimeAndAnomalyPortfolioTest {
    private static Spec spec(Task task, double budget, boolean explainable, Optional<Double> topShare) {
        Constraints none = Constraints.none();
        Constraints constraints = new Constraints(
                none.alertsPerDay(),
                topShare,
                none.minPrecision(),
                none.minRecall(),
                none.falsePositiveCost(),
                none.falseNegativeCost(),
                explainable,
                none.maxLatencyMillis(),
                none.goals());
        return new Spec(
                "sales",
                "forecast sales",
                List.of(),
                task,
                "sales",
                Optional.of("sales"),
                Optional.empty(),
                Optional.of("day"),
                Optional.of("shop"),
                Optional.of(14),
                Metric.SMAPE,
                constraints,
                budget,
                1,
                Map.of(),
                List.of());
    }

    private static FeatureDesign design(Task task, Integer... periods) {
        return new FeatureDesign(
                List.of(),
                List.of(),
                new FeatureDesign.Target(task, Optional.of("sales"), List.of(), Optional.empty(), false),
                new FeatureDesign.Split(FeatureDesign.Split.Kind.TIME, Optional.of("day"), 0.1, ""),
                new FeatureDesign.Evaluation(
                        Metric.SMAPE, List.of(), List.of(), List.of(), Optional.empty(), List.of()),
                Optional.of(new FeatureDesign.Forecast(
                        Optional.of("shop"), Optional.of("day"), 14, List.of(periods), 86_400)));
    }

    private static FeatureEvidence evidence(long rows, long series) {
        return new FeatureEvidence(rows, rows / 10, 5, 0, 0, 0, 0, List.of(), series, Map.of(), 2, 2_000);
    }

    private static List<Learner> learners(double budget, boolean explainable, long rows, long series) {
        return ForecastPortfolio.candidates(
                        spec(Task.FORECAST, budget, explainable, Optional.empty()),
                        design(Task.FORECAST, 7),
                        evidence(rows, series))
                .stream()
                .map(Candidate::learner)
                .toList();
    }

    @Test
    void everyLearnerIsTriedWhereItFits() {
        assertThat(learners(300, false, 50_000, 50))
                .containsExactly(
                        Learner.SEASONAL_NAIVE,
                        Learner.GLOBAL_BOOSTING,
                        Learner.SEASONAL_REGRESSION,
                        Learner.EXPONENTIAL_SMOOTHING,
                        Learner.THETA);
    }

    @Test
    void shortSeriesAndReadableModelsDoWithoutTrees() {
        assertThat(learners(300, false, 130, 1))
                .doesNotContain(Learner.GLOBAL_BOOSTING)
                .hasSize(4);
        assertThat(learners(300, true, 50_000, 50))
                .doesNotContain(Learner.GLOBAL_BOOSTING)
                .hasSize(4);
    }

    @Test
    void theBudgetIsKept() {
        for (double budget : new double[] {0.001, 5, 20, 60, 300}) {
            List<Candidate> candidates = ForecastPortfolio.candidates(
                    spec(Task.FORECAST, budget, false, Optional.empty()),
                    design(Task.FORECAST, 24, 168),
                    evidence(5_000_000, 5_000));
            double planned = candidates.stream()
                    .skip(1)
                    .mapToDouble(Candidate::estimatedSeconds)
                    .sum();
            assertThat(candidates.get(0).learner()).isEqualTo(Learner.SEASONAL_NAIVE);
            assertThat(planned).isLessThanOrEqualTo(budget);
            assertThat(candidates).extracting(Candidate::id).doesNotHaveDuplicates();
        }
    }

    @Test
    void whatIsLeftOutIsExplained() {
        List<Decision> decisions = ForecastPortfolio.decisions(
                spec(Task.FORECAST, 5, false, Optional.empty()), design(Task.FORECAST, 7), evidence(5_000_000, 5_000));
        assertThat(decisions)
                .anyMatch(decision -> decision.what().startsWith("No candidate ")
                        && decision.why().contains("budget")
                        && !decision.evidence().isEmpty());
    }

    @Test
    void anomaliesGetAForestAndTheDemandedShare() {
        Spec spec = spec(Task.ANOMALY, 60, false, Optional.of(0.05));
        List<Candidate> candidates = AnomalyPortfolio.candidates(spec, design(Task.ANOMALY), evidence(10_000, 0));
        assertThat(candidates).hasSize(1);
        assertThat(candidates.get(0).learner()).isEqualTo(Learner.ISOLATION_FOREST);
        assertThat(candidates.get(0).parameters())
                .containsEntry("top_share", 0.05)
                .containsEntry("sample", 256.0);
        assertThat(AnomalyPortfolio.decisions(spec, design(Task.ANOMALY), evidence(10_000, 0)))
                .anyMatch(decision -> decision.what().contains("5.00 %"));
    }
}
