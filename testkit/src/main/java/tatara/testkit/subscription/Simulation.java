package tatara.testkit.subscription;

import java.util.Arrays;

/**
 * The simulated business: any customer can be asked for, in any order, by its number. The intercept of the hazard is set such that
 * the mean true probability of a scenario without drift, season and experiment is its base rate. Thread-safe.
 */
public final class Simulation {
    /** Days after the snapshot in which a cancellation counts. */
    public static final int OUTCOME_DAYS = 30;
    /** Days before the snapshot that its aggregates look back. */
    public static final int WINDOW_DAYS = 60;

    private static final int CALIBRATION_CUSTOMERS = 20_000;
    private static final long CALIBRATION_KEY = 1L << 40;

    private final Scenario scenario;
    private final double intercept;

    private Simulation(Scenario scenario, double intercept) {
        this.scenario = scenario;
        this.intercept = intercept;
    }

    public static Simulation of(Scenario scenario) {
        Scenario plain = scenario.plain();
        double[] odds = new double[CALIBRATION_CUSTOMERS];
        for (int i = 0; i < odds.length; i++) {
            odds[i] = new CustomerLife(plain, CALIBRATION_KEY + i).logOdds();
        }
        double low = -30;
        double high = 30;
        for (int step = 0; step < 60; step++) {
            double middle = (low + high) / 2;
            if (Arrays.stream(odds)
                            .map(value -> logistic(middle + value))
                            .average()
                            .orElseThrow()
                    > scenario.baseRate()) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return new Simulation(scenario, (low + high) / 2);
    }

    public Scenario scenario() {
        return scenario;
    }

    /** @param number of the customer, 0 … {@link Scenario#customers} − 1 */
    public CustomerHistory customer(long number) {
        CustomerLife life = new CustomerLife(scenario, number);
        return life.history(logistic(intercept + life.logOdds()));
    }

    /** True probabilities of the first customers, in their order; at most 2³¹ − 9 of them. */
    public double[] probabilities() {
        double[] result = new double[(int) Math.min(scenario.customers(), Integer.MAX_VALUE - 8)];
        for (int i = 0; i < result.length; i++) {
            result[i] = logistic(intercept + new CustomerLife(scenario, i).logOdds());
        }
        return result;
    }

    /**
     * Area under the ROC curve that the true probabilities reach on labels drawn from them, in expectation: no model does better.
     * Time O(n log n).
     *
     * @param probabilities true probabilities of all rows, in any order
     */
    public static double bestAuc(double[] probabilities) {
        double[] sorted = probabilities.clone();
        Arrays.sort(sorted);
        double negativesBelow = 0;
        double positives = 0;
        double wins = 0;
        for (int i = 0; i < sorted.length; ) {
            int end = i;
            double tiedPositives = 0;
            double tiedNegatives = 0;
            while (end < sorted.length && sorted[end] == sorted[i]) {
                tiedPositives += sorted[end];
                tiedNegatives += 1 - sorted[end];
                end++;
            }
            wins += tiedPositives * (negativesBelow + tiedNegatives / 2);
            positives += tiedPositives;
            negativesBelow += tiedNegatives;
            i = end;
        }
        return wins / (positives * negativesBelow);
    }

    private static double logistic(double odds) {
        return 1 / (1 + StrictMath.exp(-odds));
    }
}
