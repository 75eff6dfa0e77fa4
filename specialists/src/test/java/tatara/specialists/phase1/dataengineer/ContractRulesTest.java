package tatara.specialists.phase1.dataengineer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tatara.core.design.DataDesign.Severity;
import tatara.core.design.TableContract;
import tatara.core.design.TableContract.Kind;
import tatara.core.design.TableContract.Rule;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.evidence.ValueCount;
import tatara.core.spec.Task;
import tatara.specialists.Asked;

class ContractRulesTest {
    private static ColumnProfile numbers(String name, long rows, long missing, long invalid, double... quantiles) {
        NumberSummary summary = new NumberSummary(
                quantiles[5], 1, quantiles[0], quantiles[10], 0, quantiles, new double[] {1, 1}, 0, 0);
        return column(name, ColumnType.NUMBER, rows, missing, invalid, rows, List.of(), Optional.of(summary));
    }

    private static ColumnProfile column(
            String name,
            ColumnType type,
            long rows,
            long missing,
            long invalid,
            long distinct,
            List<ValueCount> top,
            Optional<NumberSummary> summary) {
        return new ColumnProfile(
                name,
                type,
                "",
                CellFormat.plain(),
                rows,
                missing,
                invalid,
                distinct,
                top,
                summary,
                Optional.empty(),
                5,
                1);
    }

    private static double[] even(double min, double max) {
        double[] at = {0, .01, .05, .1, .25, .5, .75, .9, .95, .99, 1};
        return IntStream.range(0, at.length)
                .mapToDouble(i -> min + at[i] * (max - min))
                .toArray();
    }

    private static TableContract contract(long rows, List<ColumnProfile> columns, List<TableContract> known) {
        Asked asked = Asked.churn();
        TableProfile telco = asked.main();
        List<ColumnProfile> all = new ArrayList<>(columns);
        all.add(column(
                "Churn",
                ColumnType.CATEGORY,
                rows,
                0,
                0,
                2,
                List.of(new ValueCount("no", rows / 2), new ValueCount("yes", rows - rows / 2)),
                Optional.empty()));
        TableRef raw = telco.raw();
        TableProfile profile = new TableProfile(
                telco.name(),
                new TableRef(raw.layer(), raw.name(), raw.snapshot(), rows),
                telco.source(),
                all,
                0,
                List.of());
        return new DataEngineer()
                .design(
                        Asked.of(Task.BINARY, "telco", "Churn").positive("yes").spec(),
                        new DataEvidence(List.of(profile), List.of(), List.of()),
                        known)
                .design()
                .contract(telco.name())
                .orElseThrow();
    }

    private static Rule rule(TableContract contract, String id) {
        return contract.find(id).orElseThrow(() -> new AssertionError(id + " in " + contract));
    }

    @Test
    void aRangeHasAMarginAndItsToleranceShrinksWithTheRows() {
        TableContract small = contract(100, List.of(numbers("pay", 100, 0, 0, even(100, 200))), List.of());
        TableContract large = contract(10_000, List.of(numbers("pay", 10_000, 0, 0, even(100, 200))), List.of());
        Rule range = rule(large, "pay.range");
        assertThat(Double.parseDouble(range.min().orElseThrow())).isBetween(80.0, 99.9);
        assertThat(Double.parseDouble(range.max().orElseThrow())).isBetween(200.1, 220.0);
        assertThat(range.severity()).isEqualTo(Severity.QUARANTINE);
        assertThat(range.tolerance()).isLessThan(0.001);
        assertThat(rule(small, "pay.range").tolerance()).isBetween(0.08, 0.1);
        assertThat(large.find("pay.far")).isEmpty();
    }

    @Test
    void inASmallTableWhatIsFarAwayIsNotExcused() {
        TableContract small = contract(67, List.of(numbers("pay", 67, 0, 0, even(100, 200))), List.of());
        Rule far = rule(small, "pay.far");
        assertThat(far.min()).contains("0");
        assertThat(Double.parseDouble(far.max().orElseThrow())).isBetween(201.0, 260.0);
        assertThat(3.0 / 34).isGreaterThan(far.tolerance());
        assertThat(2.0 / 34).isLessThanOrEqualTo(far.tolerance());
        assertThat(3.0 / 34).isGreaterThan(rule(small, "pay.type").tolerance());
        assertThat(3.0 / 34).isLessThanOrEqualTo(rule(small, "pay.range").tolerance());
    }

    @Test
    void whereValuesThinOutSlowlyFarIsFurther() {
        double[] heavy = {1, 1, 2, 3, 5, 10, 20, 50, 100, 500, 1_000};
        double light = Double.parseDouble(
                rule(contract(67, List.of(numbers("pay", 67, 0, 0, even(1, 1_000))), List.of()), "pay.far")
                        .max()
                        .orElseThrow());
        double far =
                Double.parseDouble(rule(contract(67, List.of(numbers("pay", 67, 0, 0, heavy)), List.of()), "pay.far")
                        .max()
                        .orElseThrow());
        assertThat(light).isLessThan(1_500);
        assertThat(far).isGreaterThan(3_000);
    }

    @Test
    void faultsThatWereSeenAreTolerated() {
        TableContract contract = contract(1_000, List.of(numbers("pay", 1_000, 10, 20, even(1, 9))), List.of());
        assertThat(rule(contract, "pay.type").tolerance()).isBetween(0.02, 0.1);
        assertThat(rule(contract, "pay.not-null").tolerance()).isBetween(0.01, 0.05);
        assertThat(rule(contract, "pay.not-null").severity()).isEqualTo(Severity.WARN);
        assertThat(contract(1_000, List.of(numbers("pay", 1_000, 300, 0, even(1, 9))), List.of())
                        .find("pay.not-null"))
                .isEmpty();
    }

    @Test
    void aSetOfValuesIsClosedOnlyIfHardlyAnyWasSeenOnce() {
        List<ValueCount> often = List.of(new ValueCount("a", 500), new ValueCount("b", 500));
        List<ValueCount> rare = new ArrayList<>(List.of(new ValueCount("a", 800)));
        IntStream.range(0, 50).forEach(i -> rare.add(new ValueCount("once" + i, 1)));
        TableContract contract = contract(
                1_000,
                List.of(
                        column("kind", ColumnType.CATEGORY, 1_000, 0, 0, 2, often, Optional.empty()),
                        column("open", ColumnType.CATEGORY, 1_000, 150, 0, 51, rare, Optional.empty())),
                List.of());
        assertThat(rule(contract, "kind.values").values()).containsExactly("a", "b");
        assertThat(rule(contract, "kind.values").severity()).isEqualTo(Severity.QUARANTINE);
        assertThat(contract.find("open.values")).isEmpty();
    }

    @Test
    void tooFewRowsGiveOnlyColumns() {
        TableContract contract = contract(29, List.of(numbers("pay", 29, 0, 0, even(1, 9))), List.of());
        assertThat(contract.rules()).allMatch(rule -> rule.kind() == Kind.PRESENT);
    }

    @Test
    void aKnownContractIsKeptWithItsEditsAndGainsOnlyRulesOfNewColumns() {
        ColumnProfile pay = numbers("pay", 1_000, 0, 0, even(1, 9));
        TableContract first = contract(1_000, List.of(pay), List.of());
        List<Rule> edited = first.rules().stream()
                .map(rule -> rule.id().equals("pay.range") ? rule.withTolerance(0.5) : rule)
                .toList();
        TableContract known = new TableContract(first.table(), 4, edited);
        assertThat(contract(1_000, List.of(numbers("pay", 1_000, 0, 0, even(50, 90))), List.of(known)))
                .isEqualTo(known);
        TableContract wider = contract(1_000, List.of(pay, numbers("tip", 1_000, 0, 0, even(1, 9))), List.of(known));
        assertThat(wider.version()).isEqualTo(5);
        assertThat(wider.rules()).containsAll(edited);
        assertThat(rule(wider, "tip.range").columns()).containsExactly("tip");
        assertThat(wider.of(Kind.PRESENT))
                .anyMatch(rule -> rule.columns().equals(List.of("tip")) && rule.severity() == Severity.WARN);
    }
}
