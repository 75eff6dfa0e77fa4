package tatara.data.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.design.DataDesign.Severity;
import tatara.core.design.TableContract;
import tatara.core.design.TableContract.Kind;
import tatara.core.design.TableContract.Rule;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableProfile;
import tatara.data.profile.Tables;

class ValidationTest {
    private static final String HOSTILE = "a\"b'; DROP TABLE x; --\n\u00e4";

    @TempDir
    Path home;

    private Tables tables;

    @BeforeEach
    void open() {
        tables = new Tables(home);
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private static Rule rule(Kind kind, List<String> columns, String min, String max, String... values) {
        return new Rule(
                kind + columns.toString(),
                kind,
                columns,
                Optional.of(min).filter(text -> !text.isEmpty()),
                Optional.of(max).filter(text -> !text.isEmpty()),
                List.of(values),
                0,
                Severity.QUARANTINE,
                "");
    }

    private static CellReading reading(String column, ColumnType type) {
        return new CellReading(column, type, CellFormat.plain().withMissing(List.of("?")));
    }

    private Map<Rule, List<Long>> broken(Validation.Subject subject, List<Validation.Subject> others, Rule... rules) {
        TableContract contract = new TableContract(subject.name(), 1, List.of(rules));
        Validation validation = new Validation(tables.lake());
        List<Verdict> verdicts = validation.check(contract, subject, others);
        return verdicts.stream().collect(Collectors.toMap(Verdict::rule, verdict -> {
            List<Long> rows = new ArrayList<>();
            validation.broken(verdict.rule(), subject, others, rows::add);
            assertThat(verdict.problem()).isEmpty();
            assertThat(verdict.broken()).as(verdict.rule().id()).isEqualTo(rows.size());
            assertThat(verdict.passed()).isEqualTo(rows.isEmpty());
            return rows;
        }));
    }

    @Test
    void everyKindFindsItsRowsAndLetsMissingCellsPass() {
        TableProfile table = tables.table("t")
                .with(HOSTILE, "1", "2.5", "x", "?", " 900 ", "-3")
                .with("code", "AB-12", "ab-12", "", "AB-123", "AB-99", "ZZ-00")
                .with("low", "1", "5", "3", "?", "2", "9")
                .with("high", "2", "4", "3", "1", "bad", "9")
                .with("total", "3", "9", "7", "1", "1", "18")
                .with("day", "2024-01-01", "2024-02-30", "1970-01-01", "", "2025-01-01", "2024-06-01")
                .with("key", "a", "b", "a", "", "", "c")
                .with("group", "g", "g", "h", "h", "", "i")
                .with("told", "1", "1", "2", "3", "7", "?")
                .profile();
        List<CellReading> readings = List.of(
                reading(HOSTILE, ColumnType.INTEGER),
                reading("code", ColumnType.IDENTIFIER),
                reading("low", ColumnType.NUMBER),
                reading("high", ColumnType.NUMBER),
                reading("total", ColumnType.NUMBER),
                reading("day", ColumnType.TIME),
                reading("key", ColumnType.CATEGORY),
                reading("group", ColumnType.CATEGORY),
                reading("told", ColumnType.INTEGER));
        TableProfile parent = tables.table("parents").with("id", "a", "c", "d").profile();
        Validation.Subject other =
                new Validation.Subject("parents", parent.raw(), List.of(reading("id", ColumnType.CATEGORY)));
        Validation.Subject subject = new Validation.Subject("t", table.raw(), readings);
        Rule type = rule(Kind.TYPE, List.of(HOSTILE), "", "", "integer");
        Rule there = rule(Kind.NOT_NULL, List.of(HOSTILE), "", "");
        Rule range = rule(Kind.RANGE, List.of(HOSTILE), "0", "100");
        Rule dayType = rule(Kind.TYPE, List.of("day"), "", "", "time");
        Rule days = rule(Kind.RANGE, List.of("day"), "2024-01-01T00:00:00Z", "2024-12-31");
        Rule length = rule(Kind.LENGTH, List.of("code"), "5", "5");
        Rule pattern = rule(Kind.PATTERN, List.of("code"), "", "", "[A-Z]{2}-[0-9]{2}");
        Rule values = rule(Kind.VALUES, List.of("key"), "", "", "a", "c");
        Rule unique = rule(Kind.UNIQUE, List.of("key"), "", "");
        Rule reference = rule(Kind.REFERENCE, List.of("key"), "", "", "parents", "id");
        Rule order = rule(Kind.ORDER, List.of("low", "high"), "", "");
        Rule sum = rule(Kind.SUM, List.of("low", "high", "total"), "", "0.5");
        Rule determines = rule(Kind.DETERMINES, List.of("group", "told"), "", "");
        Map<Rule, List<Long>> broken = broken(
                subject,
                List.of(other),
                type,
                there,
                range,
                dayType,
                days,
                length,
                pattern,
                values,
                unique,
                reference,
                order,
                sum,
                determines);
        assertThat(broken.get(type)).containsExactly(1L, 2L);
        assertThat(broken.get(there)).containsExactly(3L);
        assertThat(broken.get(range)).containsExactly(4L, 5L);
        assertThat(broken.get(dayType)).containsExactly(1L);
        assertThat(broken.get(days)).containsExactly(2L, 4L);
        assertThat(broken.get(length)).containsExactly(3L);
        assertThat(broken.get(pattern)).containsExactly(1L, 3L);
        assertThat(broken.get(values)).containsExactly(1L);
        assertThat(broken.get(unique)).containsExactly(0L, 2L);
        assertThat(broken.get(reference)).containsExactly(1L);
        assertThat(broken.get(order)).containsExactly(1L);
        assertThat(broken.get(sum)).containsExactly(2L);
        assertThat(broken.get(determines)).containsExactly(2L, 3L);
    }

    @Test
    void anAbsentColumnBreaksPresenceForEveryRowAndOtherRulesAreNotMeasured() {
        TableProfile table = tables.table("t").with("a", "1", "2").profile();
        Validation.Subject subject = new Validation.Subject(
                "t", table.raw(), List.of(reading("a", ColumnType.NUMBER), reading("b", ColumnType.NUMBER)));
        Rule present = rule(Kind.PRESENT, List.of("a", "b"), "", "");
        Rule range = rule(Kind.RANGE, List.of("b"), "0", "1");
        List<Verdict> verdicts = new Validation(tables.lake())
                .check(new TableContract("t", 1, List.of(present, range)), subject, List.of());
        assertThat(verdicts.get(0).passed()).isFalse();
        assertThat(verdicts.get(0).problem()).contains("b");
        assertThat(verdicts.get(1).passed()).isFalse();
        assertThat(verdicts.get(1).problem()).contains("no column b");
        assertThat(Validation.setsAside(verdicts)).isEmpty();
    }

    @Test
    void aRuleIsKeptUpToItsTolerance() {
        TableProfile table =
                tables.table("t").with("a", 100, i -> i < 5 ? "-1" : "1").profile();
        Validation.Subject subject = new Validation.Subject("t", table.raw(), List.of(reading("a", ColumnType.NUMBER)));
        Rule range = rule(Kind.RANGE, List.of("a"), "0", "");
        Validation validation = new Validation(tables.lake());
        TableContract kept = new TableContract("t", 1, List.of(range.withTolerance(0.05)));
        TableContract failed = new TableContract("t", 1, List.of(range.withTolerance(0.049)));
        assertThat(validation.check(kept, subject, List.of()).get(0).passed()).isTrue();
        Verdict verdict = validation.check(failed, subject, List.of()).get(0);
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.examples()).hasSize(5);
        assertThat(verdict.examples().get(0).cells()).containsEntry("a", "-1");
    }
}
