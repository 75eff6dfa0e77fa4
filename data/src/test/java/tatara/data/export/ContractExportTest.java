package tatara.data.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Severity;
import tatara.core.design.TableContract;
import tatara.core.design.TableContract.Kind;
import tatara.core.design.TableContract.Rule;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableProfile;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.data.export.ContractExport.Unsaid;
import tatara.data.profile.Tables;
import tatara.data.schema.CellReading;
import tatara.data.schema.Validation;

class ContractExportTest {
    private static final String HOSTILE = "a\"b'; DROP TABLE x; --\n\"\"\"\u00e4{}\\\u202e\u0000";
    private static final List<String> PARTS = List.of(
            "cells.py",
            "frame.py",
            "pydantic_rules.py",
            "pydantic_check.py",
            "pandera_rules.py",
            "pandera_check.py",
            "expectations_check.py");

    @TempDir
    Path home;

    private static Rule rule(String id, Kind kind, List<String> columns, String min, String max, String... values) {
        return new Rule(
                id,
                kind,
                columns,
                Optional.of(min).filter(text -> !text.isEmpty()),
                Optional.of(max).filter(text -> !text.isEmpty()),
                List.of(values),
                0.01,
                Severity.QUARANTINE,
                "seen");
    }

    private static DataDesign.Contract column(String name, ColumnType type) {
        return new DataDesign.Contract(
                name,
                type,
                DataDesign.Role.FEATURE,
                CellFormat.plain().withMissing(List.of("?")),
                true,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "");
    }

    private static DataDesign design(List<DataDesign.Contract> columns, Rule... rules) {
        DataDesign.Table people = new DataDesign.Table(
                "people", columns, List.of(), Optional.empty(), Optional.empty(), DataDesign.Duplicates.KEEP);
        DataDesign.Table towns = new DataDesign.Table(
                "towns",
                List.of(column("name", ColumnType.CATEGORY)),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                DataDesign.Duplicates.KEEP);
        return new DataDesign(
                "people",
                List.of(people, towns),
                List.of(),
                List.of(),
                List.of(),
                List.of(new TableContract("people", 3, List.of(rules))));
    }

    private static DataDesign people() {
        return design(
                List.of(
                        column("age", ColumnType.INTEGER),
                        column("pay", ColumnType.NUMBER),
                        column("tax", ColumnType.NUMBER),
                        column("total", ColumnType.NUMBER),
                        column("born on", ColumnType.TIME),
                        column("class", ColumnType.CATEGORY),
                        column("smokes", ColumnType.BOOLEAN)),
                rule("people.present", Kind.PRESENT, List.of("age", "class"), "", ""),
                rule("age.type", Kind.TYPE, List.of("age"), "", "", "integer"),
                rule("age.not-null", Kind.NOT_NULL, List.of("age"), "", ""),
                rule("age.range", Kind.RANGE, List.of("age"), "17", "90"),
                rule("pay.type", Kind.TYPE, List.of("pay"), "", "", "number"),
                rule("pay.range", Kind.RANGE, List.of("pay"), "0.5", ""),
                rule("born.range", Kind.RANGE, List.of("born on"), "1930-01-01", "2024-02-29T12:00:00Z"),
                rule("class.length", Kind.LENGTH, List.of("class"), "2", "5"),
                rule("class.pattern", Kind.PATTERN, List.of("class"), "", "", "[a-z]\\d+|x."),
                rule("class.values", Kind.VALUES, List.of("class"), "", "", "a1", "b22", "xyz"),
                rule("smokes.values", Kind.VALUES, List.of("smokes"), "", "", "true"),
                rule("age.unique", Kind.UNIQUE, List.of("age"), "", ""),
                rule("both.unique", Kind.UNIQUE, List.of("age", "class"), "", ""),
                rule("class.known", Kind.REFERENCE, List.of("class"), "", "", "towns", "name"),
                rule("pay.order", Kind.ORDER, List.of("tax", "pay"), "", ""),
                rule("total.sum", Kind.SUM, List.of("pay", "tax", "total"), "", "0.01"),
                rule("class.tells", Kind.DETERMINES, List.of("class", "smokes"), "", ""));
    }

    @Test
    void filesAreAsTheyWere() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (ExportFormat format : ExportFormat.values()) {
            for (ContractExport.File file :
                    ContractExport.of(people(), "people", format).files()) {
                String text = file.text();
                for (String part : PARTS) {
                    text = text.replace(PythonFile.part(part), "<" + part + ">\n");
                }
                String name = format.name().toLowerCase(java.util.Locale.ROOT) + file.ending() + ".txt";
                Path written = Path.of("target", "exports", name);
                Files.createDirectories(written.getParent());
                Files.writeString(written, text);
                texts.put(name, text);
            }
        }
        for (Map.Entry<String, String> text : texts.entrySet()) {
            try (var golden = ContractExportTest.class.getResourceAsStream(text.getKey())) {
                assertThat(golden)
                        .as("golden file; target/exports has " + text.getKey())
                        .isNotNull();
                assertThat(text.getValue())
                        .as(text.getKey())
                        .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void whateverNamesAndValuesHoldFilesCanBeReadAndHoldThem() throws Exception {
        Assumptions.assumeTrue(python("import sys; sys.exit(0)") == 0, "python3");
        DataDesign design = design(
                List.of(
                        column(HOSTILE, ColumnType.TEXT),
                        column("class", ColumnType.INTEGER),
                        column("model_x", ColumnType.NUMBER),
                        column("float", ColumnType.NUMBER),
                        column("1 \u00e4", ColumnType.TIME)),
                rule(HOSTILE, Kind.VALUES, List.of(HOSTILE), "", "", HOSTILE, "\ud83d\ude00"),
                rule("\"\"\"\\", Kind.PATTERN, List.of(HOSTILE), "", "", "\"\"\"\\\\\u00e4"),
                rule("\n\"\"\"; import os", Kind.PATTERN, List.of(HOSTILE), "", "", "(?=x)"));
        for (ExportFormat format : ExportFormat.values()) {
            ContractExport exported = ContractExport.of(design, "people", format);
            assertThat(exported.unsaid()).extracting(Unsaid::rule).contains("\n\"\"\"; import os");
            for (ContractExport.File file : exported.files()) {
                Path path = Files.writeString(home.resolve("contract" + file.ending()), file.text());
                Path expected = Files.writeString(home.resolve("expected"), HOSTILE);
                String script = file.ending().equals(".py")
                        ? "import ast, sys; tree = ast.parse(open(sys.argv[1], encoding='utf-8').read());"
                                + " found = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)};"
                                + " sys.exit(open(sys.argv[2], encoding='utf-8', newline='').read() not in found)"
                        : "import json, sys; text = json.dumps(json.load(open(sys.argv[1], encoding='utf-8')));"
                                + " sys.exit(json.dumps(open(sys.argv[2], encoding='utf-8', newline='').read()) not in text)";
                assertThat(python(script, path.toString(), expected.toString()))
                        .as(format + file.ending())
                        .isZero();
            }
        }
    }

    private int python(String script, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-c", script));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void rulesThatNoFormatCanSayAreListed() {
        DataDesign design = design(
                List.of(column("a", ColumnType.TEXT), column("n", ColumnType.NUMBER)),
                rule("gone", Kind.NOT_NULL, List.of("b"), "", ""),
                rule("text.range", Kind.RANGE, List.of("a"), "1", "2"),
                rule("no.number", Kind.RANGE, List.of("n"), "one", ""),
                rule("no.limit", Kind.RANGE, List.of("n"), "", ""),
                rule("orphan", Kind.REFERENCE, List.of("a"), "", "", "nowhere", "x"),
                rule("look", Kind.PATTERN, List.of("a"), "", "", "(?<!x)y"),
                rule("kept", Kind.NOT_NULL, List.of("a"), "", ""));
        ContractExport exported = ContractExport.of(design, "people", ExportFormat.PYDANTIC);
        assertThat(exported.unsaid())
                .extracting(Unsaid::rule)
                .containsExactly("gone", "text.range", "no.number", "no.limit", "orphan", "look");
        assertThat(exported.files().get(0).text())
                .contains("- orphan: ", "there(\"kept\")")
                .doesNotContain("\"look\"");
        assertThatThrownBy(() -> ContractExport.of(design, "towns", ExportFormat.PANDERA))
                .hasMessageContaining("towns");
    }

    @Test
    void patternsMeanTheSameInAllDialects() {
        assertThat(PortableRegex.of("\\d{2}[\\w.-]x.\\S")).isEqualTo("[0-9]{2}[0-9A-Za-z_.-]x[^\\n][^\\t\\n\\f\\r ]");
        assertThat(PortableRegex.of("a\\{b\\-[\\-\\d]")).isEqualTo("a\\{b-[\\-0-9]");
        for (String unshared : List.of(
                "\\p{L}",
                "a++",
                "(?i)a",
                "(?P<n>a)",
                "\\bx",
                "[[:alpha:]]",
                "[a&&b]",
                "(a)\\1",
                "[\\W]",
                "a(",
                "\\Qx\\E")) {
            assertThatThrownBy(() -> PortableRegex.of(unshared))
                    .as(unshared)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void timesWithinLimitsMatchTheirPattern() {
        String limit = Exported.time("2024-02-29T12:00:00Z");
        for (String time : List.of(
                "2024-02-29T11:59:59.999999Z",
                limit,
                "2024-02-29T12:00:00.000001Z",
                "1999-12-31T23:59:59.000000Z",
                "2030-01-01T00:00:00.000000Z")) {
            assertThat(time.matches(TimeLimits.least(limit))).as(time).isEqualTo(time.compareTo(limit) >= 0);
            assertThat(time.matches(TimeLimits.most(limit))).as(time).isEqualTo(time.compareTo(limit) <= 0);
        }
    }

    @Test
    void aSchemaSaysOfEachRowWhatValidationSays() {
        List<String> ages = List.of("17", "3.0", "91", "2.5", "old", "?", "40", "-1");
        List<String> pays = List.of("1", "0.5", "0.49", "-3", "x", "", "1e3", "7");
        List<String> classes = List.of("a1", "b22", "xyz", "x", "q7", "?", "a1b2c3", "\u00e41");
        try (Tables tables = new Tables(home.resolve("lake"))) {
            TableProfile table = tables.table("people")
                    .with("age", ages)
                    .with("pay", pays)
                    .with("class", classes)
                    .profile();
            Validation.Subject subject =
                    new Validation.Subject("people", table.raw(), CellReading.of(people().table("people")));
            ContractExport exported = ContractExport.of(people(), "people", ExportFormat.JSON_SCHEMA);
            Set<String> unsaid =
                    new TreeSet<>(exported.unsaid().stream().map(Unsaid::rule).toList());
            Map<String, Set<Long>> own = new TreeMap<>();
            for (Rule rule : people().contract("people").orElseThrow().rules()) {
                if (!unsaid.contains(rule.id())) {
                    new Validation(tables.lake()).broken(rule, subject, List.of(), row -> own.computeIfAbsent(
                                    rule.id(), id -> new TreeSet<>())
                            .add(row));
                }
            }
            Map<String, Set<Long>> theirs = new TreeMap<>();
            String text = exported.files().get(0).text();
            JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(text);
            for (int row = 0; row < ages.size(); row++) {
                Json document = Json.object()
                        .with("age", number(ages.get(row)))
                        .with("pay", number(pays.get(row)))
                        .with("class", classes.get(row).equals("?") ? Json.NULL : Json.string(classes.get(row)));
                for (ValidationMessage message : schema.validate(JsonText.write(document), InputFormat.JSON)) {
                    theirs.computeIfAbsent(title(JsonText.read("schema", text), message), id -> new TreeSet<>())
                            .add((long) row);
                }
            }
            assertThat(theirs)
                    .isEqualTo(own)
                    .containsKeys("age.type", "age.range", "pay.type", "class.pattern", "class.values", "class.length");
        }
    }

    private static Json number(String cell) {
        if (cell.isEmpty() || cell.equals("?")) {
            return Json.NULL;
        }
        try {
            return Exported.number(cell);
        } catch (NumberFormatException e) {
            return Json.string(cell);
        }
    }

    /** The id of the rule that a message is about: the title on the way through the schema. */
    private static String title(Json schema, ValidationMessage message) {
        Json at = schema;
        for (String step : message.getSchemaLocation().getFragment().toString().split("/")) {
            if (at instanceof Json.Obj object
                    && object.find("title").isPresent()
                    && object.find("$schema").isEmpty()) {
                break;
            }
            if (!step.isEmpty()) {
                at = at instanceof Json.Arr array
                        ? array.items().get(Integer.parseInt(step))
                        : ((Json.Obj) at).find(step).orElseThrow();
            }
        }
        return ((Json.Str) ((Json.Obj) at).find("title").orElseThrow()).value();
    }
}
