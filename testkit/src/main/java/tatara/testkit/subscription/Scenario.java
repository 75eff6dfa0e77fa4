package tatara.testkit.subscription;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * What is simulated. Every customer is looked at once, on the first day of a month drawn at random; the question is whether it
 * cancels within the next 30 days.
 *
 * @param customers number of customers, at least 1
 * @param months simulated months, at least 1; snapshot dates are their first days
 * @param seed same scenario, same seed: same bytes
 * @param firstSnapshot first snapshot date
 * @param baseRate mean true probability without drift, seasonality and experiment, in (0, 1)
 * @param drift change over time
 * @param dirt faults of written cells
 * @param lateness arrival delays of events
 * @param labelDelayDays days from the end of the 30 days until an outcome is known; outcomes not known on the day the data is
 *     exported (30 days after the last snapshot) are left empty
 * @param seasonality amplitude of the yearly cycle of usage and of the log-odds, 0 for none
 * @param armEffect what the experiment's arm {@code offer} adds to the log-odds, 0 for none
 * @param futureDays days after the snapshot for which events are exported too: what must not be used
 */
public record Scenario(
        long customers,
        int months,
        long seed,
        LocalDate firstSnapshot,
        double baseRate,
        Drift drift,
        Dirt dirt,
        Lateness lateness,
        int labelDelayDays,
        double seasonality,
        double armEffect,
        int futureDays) {
    public Scenario {
        check(customers >= 1, "customers", customers, ">= 1");
        check(months >= 1, "months", months, ">= 1");
        check(baseRate > 0 && baseRate < 1, "baseRate", baseRate, "in (0, 1)");
        check(labelDelayDays >= 0, "labelDelayDays", labelDelayDays, ">= 0");
        check(futureDays >= 0, "futureDays", futureDays, ">= 0");
        requireNonNull(firstSnapshot, "firstSnapshot");
        requireNonNull(drift, "drift");
        requireNonNull(dirt, "dirt");
        requireNonNull(lateness, "lateness");
    }

    /** Twelve months of clean, punctual data without drift; one customer in five cancels. */
    public static Scenario of(long customers, long seed) {
        return new Scenario(
                customers,
                12,
                seed,
                LocalDate.of(2025, 1, 1),
                0.20,
                Drift.none(),
                Dirt.none(),
                Lateness.none(),
                0,
                0,
                0,
                0);
    }

    public Scenario withMonths(int value) {
        return new Scenario(
                customers,
                value,
                seed,
                firstSnapshot,
                baseRate,
                drift,
                dirt,
                lateness,
                labelDelayDays,
                seasonality,
                armEffect,
                futureDays);
    }

    public Scenario withBaseRate(double value) {
        return new Scenario(
                customers,
                months,
                seed,
                firstSnapshot,
                value,
                drift,
                dirt,
                lateness,
                labelDelayDays,
                seasonality,
                armEffect,
                futureDays);
    }

    public Scenario withDrift(Drift value) {
        return new Scenario(
                customers,
                months,
                seed,
                firstSnapshot,
                baseRate,
                value,
                dirt,
                lateness,
                labelDelayDays,
                seasonality,
                armEffect,
                futureDays);
    }

    public Scenario withDirt(Dirt value) {
        return new Scenario(
                customers,
                months,
                seed,
                firstSnapshot,
                baseRate,
                drift,
                value,
                lateness,
                labelDelayDays,
                seasonality,
                armEffect,
                futureDays);
    }

    public Scenario withLateness(Lateness value) {
        return new Scenario(
                customers,
                months,
                seed,
                firstSnapshot,
                baseRate,
                drift,
                dirt,
                value,
                labelDelayDays,
                seasonality,
                armEffect,
                futureDays);
    }

    public Scenario withLabelDelayDays(int value) {
        return new Scenario(
                customers,
                months,
                seed,
                firstSnapshot,
                baseRate,
                drift,
                dirt,
                lateness,
                value,
                seasonality,
                armEffect,
                futureDays);
    }

    public Scenario withSeasonality(double value) {
        return new Scenario(
                customers,
                months,
                seed,
                firstSnapshot,
                baseRate,
                drift,
                dirt,
                lateness,
                labelDelayDays,
                value,
                armEffect,
                futureDays);
    }

    public Scenario withArmEffect(double value) {
        return new Scenario(
                customers,
                months,
                seed,
                firstSnapshot,
                baseRate,
                drift,
                dirt,
                lateness,
                labelDelayDays,
                seasonality,
                value,
                futureDays);
    }

    public Scenario withFutureDays(int value) {
        return new Scenario(
                customers,
                months,
                seed,
                firstSnapshot,
                baseRate,
                drift,
                dirt,
                lateness,
                labelDelayDays,
                seasonality,
                armEffect,
                value);
    }

    /** The scenario without drift, seasonality, experiment and lateness, whose mean true probability is the base rate. */
    Scenario plain() {
        return withDrift(Drift.none()).withSeasonality(0).withArmEffect(0).withLateness(Lateness.none());
    }

    /** The day on which the data leaves the business. */
    public LocalDate exportDate() {
        return firstSnapshot.plusMonths(months - 1L).plusDays(Simulation.OUTCOME_DAYS);
    }

    private static void check(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
