package tatara.testkit.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final Scenario SCENARIO = Scenario.of(40_000, 11);

    private static List<CustomerHistory> all(Scenario scenario) {
        Simulation simulation = Simulation.of(scenario);
        return LongStream.range(0, scenario.customers())
                .mapToObj(simulation::customer)
                .toList();
    }

    private static double mean(List<CustomerHistory> histories, ToDoubleFunction<CustomerHistory> value) {
        return histories.stream().mapToDouble(value).average().orElseThrow();
    }

    private static List<CustomerHistory> since(List<CustomerHistory> histories, Scenario scenario, int month) {
        return histories.stream()
                .filter(history -> !history.snapshot()
                        .snapshotDate()
                        .isBefore(scenario.firstSnapshot().plusMonths(month)))
                .toList();
    }

    @Test
    void sameSeedGivesTheSameCustomersInAnyOrder() {
        Simulation forward = Simulation.of(SCENARIO);
        Simulation backward = Simulation.of(SCENARIO);
        List<CustomerHistory> first =
                IntStream.range(0, 500).mapToObj(forward::customer).toList();
        List<CustomerHistory> second = IntStream.range(0, 500)
                .map(i -> 499 - i)
                .mapToObj(backward::customer)
                .toList();
        for (int i = 0; i < 500; i++) {
            assertThat(first.get(i)).isEqualTo(second.get(499 - i));
        }
        Simulation other = Simulation.of(Scenario.of(40_000, 12));
        assertThat(other.customer(0)).isNotEqualTo(first.get(0));
    }

    @Test
    void truthIsCalibratedInEveryTenth() {
        List<CustomerHistory> byProbability = all(SCENARIO).stream()
                .sorted((a, b) -> Double.compare(a.probability(), b.probability()))
                .toList();
        int tenth = byProbability.size() / 10;
        for (int i = 0; i < 10; i++) {
            List<CustomerHistory> part = byProbability.subList(i * tenth, (i + 1) * tenth);
            double expected = mean(part, CustomerHistory::probability);
            double observed =
                    mean(part, history -> history.snapshot().cancelled().orElseThrow() ? 1 : 0);
            double deviation = Math.sqrt(expected * (1 - expected) / tenth);
            assertThat(observed).as("tenth %d", i).isCloseTo(expected, within(4 * deviation));
        }
    }

    @Test
    void signalIsRealistic() {
        double[] truth = Simulation.of(SCENARIO).probabilities();
        assertThat(Arrays.stream(truth).average().orElseThrow()).isCloseTo(0.20, within(0.01));
        assertThat(Simulation.bestAuc(truth)).isBetween(0.84, 0.88);
        double[] rare = Simulation.of(SCENARIO.withBaseRate(0.05)).probabilities();
        assertThat(Arrays.stream(rare).average().orElseThrow()).isCloseTo(0.05, within(0.005));
    }

    @Test
    void bestAucIsTheAreaUnderTheCurve() {
        assertThat(Simulation.bestAuc(new double[] {1, 0, 1, 0, 0})).isEqualTo(1);
        assertThat(Simulation.bestAuc(new double[] {0.3, 0.3, 0.3})).isCloseTo(0.5, within(1e-12));
        assertThat(Simulation.bestAuc(new double[] {0.8, 0.2}))
                .as("of two independent rows, counting a row against itself as a tie")
                .isCloseTo((0.8 * 0.8 + 0.5 * (0.8 * 0.2 + 0.2 * 0.8)) / 1.0, within(1e-12));
    }

    @Test
    void suddenDriftShiftsProbabilitiesAndUsage() {
        Scenario drifting = SCENARIO.withDrift(Drift.sudden(6, 1));
        List<CustomerHistory> before = all(SCENARIO);
        List<CustomerHistory> after = all(drifting);
        double rateBefore = mean(since(before, SCENARIO, 6), CustomerHistory::probability);
        double rateAfter = mean(since(after, SCENARIO, 6), CustomerHistory::probability);
        assertThat(rateAfter).isGreaterThan(1.3 * rateBefore);
        assertThat(mean(since(after, SCENARIO, 6), history -> history.snapshot().usageLast30d()))
                .isLessThan(0.85
                        * mean(since(before, SCENARIO, 6), history -> history.snapshot()
                                .usageLast30d()));
        assertThat(after.stream().filter(h -> h.snapshot()
                        .snapshotDate()
                        .isBefore(SCENARIO.firstSnapshot().plusMonths(6))))
                .as("what comes before the drift is untouched")
                .containsExactlyElementsOf(before.stream()
                        .filter(h -> h.snapshot()
                                .snapshotDate()
                                .isBefore(SCENARIO.firstSnapshot().plusMonths(6)))
                        .toList());
    }

    @Test
    void gradualDriftGrows() {
        List<CustomerHistory> histories = all(SCENARIO.withDrift(Drift.gradual(3, 2)));
        double last = mean(since(histories, SCENARIO, 11), CustomerHistory::probability);
        double middle = mean(
                histories.stream()
                        .filter(h -> h.snapshot()
                                .snapshotDate()
                                .equals(SCENARIO.firstSnapshot().plusMonths(5)))
                        .toList(),
                CustomerHistory::probability);
        assertThat(last).isGreaterThan(middle + 0.08);
        assertThat(middle).isGreaterThan(0.21);
    }

    @Test
    void seasonAndExperimentMoveTheOdds() {
        List<CustomerHistory> seasonal = all(SCENARIO.withSeasonality(0.6));
        assertThat(mean(monthOnly(seasonal, 0), CustomerHistory::probability))
                .isGreaterThan(0.05 + mean(monthOnly(seasonal, 6), CustomerHistory::probability));
        List<CustomerHistory> experiment = all(SCENARIO.withArmEffect(-0.5));
        double offer = mean(arm(experiment, "offer"), CustomerHistory::probability);
        double control = mean(arm(experiment, "control"), CustomerHistory::probability);
        assertThat(control - offer).isBetween(0.03, 0.09);
        assertThat(mean(arm(all(SCENARIO), "offer"), CustomerHistory::probability))
                .isCloseTo(0.20, within(0.01));
    }

    private static List<CustomerHistory> monthOnly(List<CustomerHistory> histories, int month) {
        return histories.stream()
                .filter(h -> h.snapshot().snapshotDate().getMonthValue() == month + 1)
                .toList();
    }

    private static List<CustomerHistory> arm(List<CustomerHistory> histories, String arm) {
        return histories.stream().filter(h -> h.snapshot().arm().equals(arm)).toList();
    }

    @Test
    void lateEventsArriveAfterTheyHappenAndCountOnlyOnceKnown() {
        Scenario late = SCENARIO.withLateness(new Lateness(0.4, 12));
        List<CustomerHistory> histories = all(late).subList(0, 5_000);
        assertThat(histories).allSatisfy(h -> {
            assertThat(h.usage()).allMatch(day -> !day.arrived().isBefore(day.date()));
            assertThat(h.payments()).allMatch(payment -> !payment.arrived().isBefore(payment.date()));
            assertThat(h.tickets()).allMatch(ticket -> !ticket.arrived().isBefore(ticket.date()));
        });
        assertThat(histories.stream().flatMap(h -> h.usage().stream()).anyMatch(d -> d.arrived()
                        .isAfter(d.date())))
                .isTrue();
        assertThat(histories).allSatisfy(h -> {
            Snapshot row = h.snapshot();
            int known = h.usage().stream()
                    .filter(day -> day.arrived().isBefore(row.snapshotDate())
                            && !day.date().isBefore(row.snapshotDate().minusDays(30)))
                    .mapToInt(CustomerHistory.Usage::minutes)
                    .sum();
            assertThat(row.usageLast30d()).isCloseTo(known / 60.0, within(0.051));
        });
    }

    @Test
    void eventsAfterTheSnapshotAreThereOnlyIfAskedForAndChangeNothingBeforeIt() {
        assertThat(all(SCENARIO).subList(0, 2_000)).allSatisfy(h -> assertThat(h.usage())
                .allMatch(day -> day.date().isBefore(h.snapshot().snapshotDate())));
        Simulation now = Simulation.of(SCENARIO);
        Simulation later = Simulation.of(SCENARIO.withFutureDays(30));
        long after = 0;
        for (int i = 0; i < 2_000; i++) {
            CustomerHistory history = later.customer(i);
            assertThat(history.snapshot()).isEqualTo(now.customer(i).snapshot());
            assertThat(history.probability()).isEqualTo(now.customer(i).probability());
            after += history.usage().stream()
                    .filter(day -> !day.date().isBefore(history.snapshot().snapshotDate()))
                    .count();
            history.cancellation().ifPresent(end -> assertThat(history.usage())
                    .allMatch(day -> day.date().isBefore(end.date())));
        }
        assertThat(after).isGreaterThan(1_000);
    }

    @Test
    void outcomesAreUnknownUntilTheirLabelsArrive() {
        List<CustomerHistory> histories = all(SCENARIO.withLabelDelayDays(45));
        assertThat(histories)
                .allSatisfy(h -> assertThat(h.snapshot().cancelled().isEmpty())
                        .isEqualTo(h.snapshot()
                                .snapshotDate()
                                .isAfter(SCENARIO.exportDate().minusDays(75))));
        assertThat(histories).anyMatch(h -> h.snapshot().cancelled().isEmpty());
        assertThat(histories).allSatisfy(h -> h.cancellation()
                .ifPresent(end -> assertThat(end.arrived()).isEqualTo(end.date().plusDays(45))));
    }

    @Test
    void aScenarioThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Scenario.of(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("customers: 0 (expected: >= 1)");
        assertThatThrownBy(() -> SCENARIO.withBaseRate(1.2)).hasMessageContaining("baseRate: 1.2");
    }
}
