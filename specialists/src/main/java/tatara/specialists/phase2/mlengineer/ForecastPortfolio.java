package tatara.specialists.phase2.mlengineer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tatara.core.design.Decision;
import tatara.core.design.Evidence;
import tatara.core.design.FeatureDesign;
import tatara.core.design.TrainingDesign.Candidate;
import tatara.core.design.TrainingDesign.Learner;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.spec.Spec;

/**
 * Candidates of a forecast: methods that differ in what they assume, the most valuable first, as many as the budget holds. What
 * they cost is estimated from rows and series; the rates were measured on one core.
 */
final class ForecastPortfolio {
    private static final double REGRESSION_SECONDS_PER_ROW = 4e-6;
    private static final double SMOOTHING_SECONDS_PER_ROW = 7e-6;
    private static final double THETA_SECONDS_PER_ROW = 1.5e-6;
    private static final double NAIVE_SECONDS_PER_ROW = 2e-8;
    private static final double BOOSTING_SECONDS_PER_ROW = 7e-5;
    private static final double MOST_BOOSTING_ROWS = 150_000;
    private static final double LEAST_BOOSTING_ROWS = 4_000;
    private static final int BOOSTING_FITS = 3;
    private static final double BUDGET_SHARE = 0.8;

    private final Spec spec;
    private final FeatureEvidence evidence;
    private final FeatureDesign.Forecast forecast;
    private final List<Candidate> chosen = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private double planned;

    private ForecastPortfolio(Spec spec, FeatureDesign features, FeatureEvidence evidence) {
        this.spec = spec;
        this.evidence = evidence;
        this.forecast = features.forecast()
                .orElseThrow(() -> new IllegalArgumentException("forecast: none (expected: a design of a forecast)"));
        choose();
    }

    /** The candidates, the most valuable first; at least the seasonal naive one. */
    static List<Candidate> candidates(Spec spec, FeatureDesign features, FeatureEvidence evidence) {
        return List.copyOf(new ForecastPortfolio(spec, features, evidence).chosen);
    }

    /** Why these candidates and no others. */
    static List<Decision> decisions(Spec spec, FeatureDesign features, FeatureEvidence evidence) {
        return List.copyOf(new ForecastPortfolio(spec, features, evidence).decisions);
    }

    private void choose() {
        add(
                "seasonal-naive",
                Learner.SEASONAL_NAIVE,
                Map.of(),
                NAIVE_SECONDS_PER_ROW,
                "it is what the others have to beat");
        if (forecast.periods().size() > 1) {
            add(
                    "seasonal-naive-long",
                    Learner.SEASONAL_NAIVE,
                    Map.of("longest_period", 1.0),
                    NAIVE_SECONDS_PER_ROW,
                    "there are seasons within a season");
        }
        chooseBoosting();
        add(
                "seasonal-regression",
                Learner.SEASONAL_REGRESSION,
                Map.of(),
                REGRESSION_SECONDS_PER_ROW,
                "it joins trend, seasons, the series' own recent values and columns known in advance");
        add(
                "exponential-smoothing",
                Learner.EXPONENTIAL_SMOOTHING,
                Map.of(),
                SMOOTHING_SECONDS_PER_ROW,
                "it follows a level and seasons that change slowly");
        add(
                "theta",
                Learner.THETA,
                Map.of(),
                THETA_SECONDS_PER_ROW,
                "it halves the trend, which holds up well on short series");
        decisions.add(new Decision(
                "Candidates are joined by weights from " + windows() + " rolling windows per series",
                "weights from forecasts of the past, made without its future, show what each method is worth; "
                        + (evidence.series() > 1 ? "many series share the evidence" : "one series needs many windows"),
                List.of(series(), rows())));
    }

    private void chooseBoosting() {
        double windowRows = Math.min(MOST_BOOSTING_ROWS, (double) evidence.trainRows() * forecast.horizon());
        if (spec.constraints().explainable()) {
            decisions.add(new Decision(
                    "No boosted trees", "every prediction has to be a sum of a few readable terms", List.of()));
            return;
        }
        if (windowRows < LEAST_BOOSTING_ROWS) {
            decisions.add(new Decision(
                    "No boosted trees",
                    "too few windows to learn from: at least "
                            + String.format(Locale.ROOT, "%,.0f", LEAST_BOOSTING_ROWS) + " are needed",
                    List.of(rows(), new Evidence("windows times steps ahead", whole(windowRows), "features"))));
            return;
        }
        double seconds = BOOSTING_FITS * windowRows * BOOSTING_SECONDS_PER_ROW;
        addPlanned(
                new Candidate("global-boosting", Learner.GLOBAL_BOOSTING, Map.of(), seconds),
                "one model learns from all series what no series shows alone");
    }

    private void add(String id, Learner learner, Map<String, Double> parameters, double secondsPerRow, String why) {
        double fits = windows() + 2;
        double seconds = fits * evidence.trainRows() * secondsPerRow / Math.max(1, evidence.cores());
        addPlanned(new Candidate(id, learner, parameters, Math.max(0.001, seconds)), why);
    }

    private void addPlanned(Candidate candidate, String why) {
        boolean fits = planned + candidate.estimatedSeconds() <= BUDGET_SHARE * spec.budgetSeconds();
        List<Evidence> measured = List.of(
                new Evidence("estimated seconds", seconds(candidate.estimatedSeconds()), "rows and series"),
                new Evidence("seconds planned before it", seconds(planned), "the candidates before it"),
                new Evidence("budget in seconds", seconds(spec.budgetSeconds()), "requirement"));
        if (fits || chosen.isEmpty()) {
            planned += candidate.estimatedSeconds();
            chosen.add(candidate);
            decisions.add(new Decision("Candidate " + candidate.id(), why, measured));
        } else {
            decisions.add(new Decision(
                    "No candidate " + candidate.id(), "the budget does not hold it beside the others", measured));
        }
    }

    /** As training plans them: 60 over all series, at least 3, at most 24 per series. */
    private long windows() {
        long count = Math.max(1, evidence.series());
        return Math.max(3, Math.min(24, (60 + count - 1) / count));
    }

    private Evidence series() {
        return new Evidence("series", Long.toString(evidence.series()), "features");
    }

    private Evidence rows() {
        return new Evidence("training rows", Long.toString(evidence.trainRows()), "features");
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
