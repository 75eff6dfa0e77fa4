package tatara.data.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.DataDesign.Gate;
import tatara.core.design.DataDesign.Role;
import tatara.core.design.DataDesign.Rule;
import tatara.core.design.DataDesign.Severity;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.GateResult;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.TableProfile;
import tatara.core.spec.Task;
import tatara.data.profile.Tables;

class GatesTest {
    @TempDir
    Path home;

    private Tables tables;
    private TableProfile profile;

    @BeforeEach
    void open() {
        tables = new Tables(home);
        TableProfile made = tables.table("people")
                .with("id", 200, i -> Integer.toString(i == 7 ? 8 : i + 1000))
                .with("age", 200, i -> i % 4 == 0 ? "" : i == 9 ? "old" : Integer.toString(i))
                .with("churn", 200, i -> i < 30 ? "yes" : "no")
                .with("kind", 200, i -> "kind" + (i < 2 ? 99 : i % 66))
                .profile();
        SourceAudit audit =
                new SourceAudit("people", "csv", List.of(), Map.of(), 200, 50, "quarantine.jsonl", List.of());
        profile = new TableProfile(made.name(), made.raw(), audit, made.columns(), made.duplicateRows(), made.keys());
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private GateResult measure(Rule rule, String column, double limit, Severity severity) {
        List<Contract> contracts = profile.columns().stream()
                .map(known -> new Contract(
                        known.name(),
                        known.type(),
                        known.name().equals("churn") ? Role.TARGET : Role.FEATURE,
                        known.format(),
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        ""))
                .toList();
        DataDesign.Table table = new DataDesign.Table(
                "people", contracts, List.of(), Optional.empty(), Optional.empty(), DataDesign.Duplicates.KEEP);
        Gate gate = new Gate(
                "gate",
                "people",
                Optional.of(column).filter(name -> !name.isEmpty()),
                rule,
                limit,
                severity,
                "because");
        DataDesign design = new DataDesign("people", List.of(table), List.of(), List.of(gate), List.of());
        List<GateResult> results = new Gates(tables.lake())
                .evaluate(design, List.of(profile), Tables.spec(Task.BINARY, "people", "churn"));
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private void assertMeasures(Rule rule, String column, double value) {
        boolean least = rule.name().startsWith("MIN");
        GateResult exact = measure(rule, column, value, Severity.BLOCK);
        assertThat(exact.value()).as(rule + " of " + column).isCloseTo(value, within(1e-9));
        assertThat(measure(rule, column, least ? value - 0.001 : value + 0.001, Severity.BLOCK)
                        .passed())
                .isTrue();
        GateResult failed = measure(rule, column, least ? value + 0.001 : value - 0.001, Severity.BLOCK);
        assertThat(failed.passed()).isFalse();
        assertThat(failed.blocks()).isTrue();
        assertThat(failed.message()).contains("people").contains("because");
    }

    @Test
    void everyRuleMeasuresWhatItSays() {
        assertMeasures(Rule.MIN_ROWS, "", 200);
        assertMeasures(Rule.MAX_QUARANTINED_SHARE, "", 0.2);
        assertMeasures(Rule.MAX_MISSING_SHARE, "age", 0.25);
        assertMeasures(Rule.MAX_MISSING_SHARE, "", 0.0625);
        assertMeasures(Rule.MAX_INVALID_SHARE, "age", 0.005);
        assertMeasures(Rule.MAX_DUPLICATE_SHARE, "", 0);
        assertMeasures(Rule.MIN_CLASS_ROWS, "churn", 30);
        assertMeasures(Rule.MIN_CLASS_ROWS, "", 30);
        assertMeasures(Rule.MIN_CLASS_ROWS, "kind", 2);
        assertMeasures(Rule.MIN_DISTINCT, "churn", 2);
        assertMeasures(Rule.MIN_FEATURES, "", 3);
        assertMeasures(Rule.MAX_REPEATED_SHARE, "id", 0);
    }

    @Test
    void whatIsNotThereFails() {
        assertThat(measure(Rule.MAX_MISSING_SHARE, "gone", 1, Severity.BLOCK).passed())
                .isFalse();
        assertThat(measure(Rule.MIN_DISTINCT, "gone", 0, Severity.WARN).blocks())
                .isFalse();
        assertThat(measure(Rule.MIN_DISTINCT, "gone", 0, Severity.WARN).message())
                .contains("gone");
    }

    @Test
    void linkedTablesAreLearnedFromToo() {
        DataDesign.Table people = new DataDesign.Table(
                "people", List.of(), List.of(), Optional.empty(), Optional.empty(), DataDesign.Duplicates.KEEP);
        Contract paid = new Contract(
                "paid",
                profile.columns().get(1).type(),
                Role.FEATURE,
                profile.columns().get(1).format(),
                true,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "");
        DataDesign.Table payments = new DataDesign.Table(
                "payments", List.of(paid), List.of(), Optional.empty(), Optional.empty(), DataDesign.Duplicates.KEEP);
        Gate gate = new Gate("gate", "people", Optional.empty(), Rule.MIN_FEATURES, 1, Severity.BLOCK, "because");
        List<ColumnLink> links = List.of(new ColumnLink("payments", "person", "people", "id", 1));
        Gates gates = new Gates(tables.lake());
        DataDesign linked = new DataDesign("people", List.of(people, payments), links, List.of(gate), List.of());
        GateResult result = gates.evaluate(linked, List.of(profile), Tables.spec(Task.BINARY, "people", "churn"))
                .get(0);
        assertThat(result.passed()).isTrue();
        assertThat(result.value()).as("paid, and how many payments").isEqualTo(2);
        DataDesign alone = new DataDesign("people", List.of(people, payments), List.of(), List.of(gate), List.of());
        assertThat(gates.evaluate(alone, List.of(profile), Tables.spec(Task.BINARY, "people", "churn"))
                        .get(0)
                        .blocks())
                .isTrue();
    }
}
