package tatara.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Severity;
import tatara.core.design.TableContract;
import tatara.core.design.TableContract.Kind;
import tatara.core.design.TableContract.Rule;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.evidence.TableShape;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.spec.Constraints;
import tatara.core.spec.Metric;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.data.export.ContractExport;
import tatara.data.export.ExportFormat;
import tatara.data.lake.Lake;
import tatara.data.profile.Profiler;
import tatara.data.schema.CellReading;
import tatara.data.schema.Shapes;
import tatara.data.schema.Validation;
import tatara.data.source.Sources;
import tatara.specialists.phase1.dataengineer.DataEngineer;
import tatara.testkit.fault.Fault;
import tatara.testkit.fault.Injector;
import tatara.testkit.fault.TextTable;

/**
 * The exports say of every row and rule what the product itself says, when the real libraries run them: inferred contracts of real tables, over
 * sound rows and rows with faults, and a contract of every kind of rule over cells that are hard to read.
 */
@Tag("slow")
final class ContractExportsTest {
    private static final int SOUND = 1_000;
    private static final int FAULTY = 60;

    @TempDir
    Path home;

    @Test
    void realTablesGetTheSameVerdicts() throws Exception {
        String datasets = System.getProperty("tatara.datasets", "");
        Assumptions.assumeFalse(datasets.isEmpty(), "-Dtatara.datasets=DIR");
        ContractPeers peers = new ContractPeers();
        List<String> differences = new ArrayList<>();
        try (Lake lake = Lake.open(home.resolve("lake"), 1_000, 2)) {
            for (String file : List.of(
                    "adult/adult_train.csv",
                    "telco-churn/telco_churn.csv",
                    "titanic/titanic_train.csv",
                    "nyc-taxi/taxis.csv")) {
                TextTable table = read(Path.of(datasets, file));
                differences.addAll(compare(lake, peers, file, table, Optional.empty()));
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void linkedTablesGetTheSameVerdicts() throws Exception {
        Path examples = Path.of(System.getProperty("user.dir"))
                .resolveSibling("examples")
                .resolve("subscriptions");
        List<String> differences = new ArrayList<>();
        try (Lake lake = Lake.open(home.resolve("lake"), 1_000, 2)) {
            ContractPeers peers = new ContractPeers();
            TextTable customers = read(examples.resolve("customers.csv"));
            TextTable payments = read(examples.resolve("payments.csv"));
            differences.addAll(compare(lake, peers, "customers", customers, Optional.empty()));
            differences.addAll(compare(lake, peers, "payments", payments, Optional.of(customers)));
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void cellsThatAreHardToReadGetTheSameVerdicts() throws Exception {
        try (Lake lake = Lake.open(home.resolve("lake"), 1_000, 2)) {
            HardCells hard = HardCells.create();
            TableRef ref = write(lake, "hard", hard.table());
            TableRef parent = write(lake, "parents", hard.parents());
            Validation.Subject subject = new Validation.Subject(
                    "hard", ref, CellReading.of(hard.design().table("hard")));
            Validation.Subject other = new Validation.Subject(
                    "parents", parent, CellReading.of(hard.design().table("parents")));
            assertThat(judge(
                            lake,
                            new ContractPeers(),
                            hard.design(),
                            hard.table(),
                            subject,
                            List.of(other),
                            Map.of("parents", hard.parents())))
                    .isEmpty();
        }
    }

    private List<String> compare(
            Lake lake, ContractPeers peers, String file, TextTable table, Optional<TextTable> customers)
            throws Exception {
        String name = file.replaceAll("[^a-z]+", "_");
        List<@Nullable String[]> rows = new ArrayList<>(table.rows());
        Collections.shuffle(rows, new Random(5));
        TextTable shuffled =
                new TextTable(table.columns(), table.types(), rows.subList(0, Math.min(rows.size(), 8_000)));
        TableProfile profile = profile(lake, name, write(lake, name, shuffled));
        List<TableProfile> profiles = new ArrayList<>(List.of(profile));
        List<ColumnLink> links = new ArrayList<>();
        List<Validation.Subject> others = new ArrayList<>();
        Map<String, TextTable> files = new LinkedHashMap<>();
        if (customers.isPresent()) {
            TableRef ref = write(lake, "customers", customers.get());
            profiles.add(profile(lake, "customers", ref));
            links.add(new ColumnLink(name, "customer_id", "customers", "customer_id", 1));
            others.add(new Validation.Subject("customers", ref, CellReading.of(profiles.get(1))));
            files.put("customers", customers.get());
        }
        TableShape shape = new Shapes(lake).measure(name, profile.raw(), CellReading.of(profile));
        DataDesign design = new DataEngineer()
                .design(spec(name), new DataEvidence(profiles, links, List.of(), List.of(), List.of(shape)))
                .design();
        TextTable mixed = faulty(new TextTable(
                table.columns(),
                profile.columns().stream().map(ColumnProfile::type).toList(),
                shuffled.rows()));
        TableRef ref = write(lake, name + "_mixed", mixed);
        Validation.Subject subject = new Validation.Subject(name, ref, CellReading.of(design.table(name)));
        return judge(lake, peers, design, mixed, subject, others, files);
    }

    /** Sound rows, and after them rows of every fault that applies. */
    private static TextTable faulty(TextTable table) {
        List<@Nullable String[]> sound =
                table.rows().subList(0, Math.min(SOUND, table.rows().size()));
        TextTable base = new TextTable(table.columns(), table.types(), sound);
        List<@Nullable String[]> mixed = new ArrayList<>(sound);
        Injector injector = new Injector(3);
        for (Fault fault : Fault.values()) {
            if (fault == Fault.MISSING_COLUMN || fault == Fault.RENAMED_COLUMN || fault == Fault.DROPPED_ROWS) {
                continue;
            }
            List<String> columns = new ArrayList<>(table.columns());
            Collections.shuffle(columns, new Random(fault.ordinal()));
            columns.stream()
                    .flatMap(column -> injector.inject(base, fault, column, 0.5).stream())
                    .limit(2)
                    .forEach(injected -> mixed.addAll(injected.table()
                            .rows()
                            .subList(0, Math.min(FAULTY, injected.table().rows().size()))));
        }
        return new TextTable(table.columns(), table.types(), mixed);
    }

    private List<String> judge(
            Lake lake,
            ContractPeers peers,
            DataDesign design,
            TextTable table,
            Validation.Subject subject,
            List<Validation.Subject> others,
            Map<String, TextTable> files)
            throws Exception {
        TableContract contract = design.contract(subject.name()).orElseThrow();
        Map<String, Set<Long>> own = new LinkedHashMap<>();
        for (Rule rule : contract.rules()) {
            Set<Long> rows = new TreeSet<>();
            new Validation(lake).broken(rule, subject, others, rows::add);
            own.put(rule.id(), rows);
        }
        Path folder = Files.createDirectories(home.resolve(subject.name()));
        Path data = csv(folder.resolve("data.csv"), table);
        List<String> references = new ArrayList<>();
        for (Map.Entry<String, TextTable> file : files.entrySet()) {
            references.add("--reference");
            references.add(file.getKey() + "=" + csv(folder.resolve(file.getKey() + ".csv"), file.getValue()));
        }
        List<String> differences = new ArrayList<>();
        for (ExportFormat format : ExportFormat.values()) {
            ContractExport exported = ContractExport.of(design, subject.name(), format);
            String stem = "contract-" + ExportNames.name(format);
            for (ContractExport.File file : exported.files()) {
                Files.writeString(folder.resolve(stem + file.ending()), file.text());
            }
            Map<String, Set<Long>> theirs = format == ExportFormat.JSON_SCHEMA
                    ? peers.run(
                            folder,
                            schemaRows(folder).toString(),
                            folder + "/contract-pydantic.py",
                            folder + "/contract-json-schema.json",
                            data.toString())
                    : peers.run(folder, arguments(folder + "/" + stem + ".py", data, references));
            Set<String> unsaid =
                    exported.unsaid().stream().map(ContractExport.Unsaid::rule).collect(Collectors.toSet());
            differences.addAll(differences(
                    format, subject.name(), own, theirs, unsaid, table.rows().size()));
        }
        return differences;
    }

    private static String[] arguments(String script, Path data, List<String> references) {
        List<String> arguments = new ArrayList<>(List.of(script, data.toString()));
        arguments.addAll(references);
        return arguments.toArray(String[]::new);
    }

    private static List<String> differences(
            ExportFormat format,
            String table,
            Map<String, Set<Long>> own,
            Map<String, Set<Long>> theirs,
            Set<String> unsaid,
            int rows) {
        List<String> differences = new ArrayList<>();
        long compared = 0;
        long broken = 0;
        for (Map.Entry<String, Set<Long>> rule : own.entrySet()) {
            if (!unsaid.contains(rule.getKey())) {
                Set<Long> other = theirs.getOrDefault(rule.getKey(), Set.of());
                compared += rows;
                broken += rule.getValue().size();
                Set<Long> onlyOurs = new TreeSet<>(rule.getValue());
                onlyOurs.removeAll(other);
                Set<Long> onlyTheirs = new TreeSet<>(other);
                onlyTheirs.removeAll(new HashSet<>(rule.getValue()));
                if (!onlyOurs.isEmpty() || !onlyTheirs.isEmpty()) {
                    differences.add(format + " " + table + " " + rule.getKey() + ": misses " + onlyOurs + ", too many "
                            + onlyTheirs);
                }
            }
        }
        System.getLogger(ContractExportsTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "%s %s: %d rows, %d of %d rules, %d verdicts, %d of them broken, %d differences"
                                .formatted(
                                        table,
                                        format,
                                        rows,
                                        own.keySet().stream()
                                                .filter(id -> !unsaid.contains(id))
                                                .count(),
                                        own.size(),
                                        compared,
                                        broken,
                                        differences.size()));
        return differences;
    }

    private static Path schemaRows(Path folder) throws IOException {
        Path script = folder.resolve("schema_rows.py");
        try (InputStream stream = ContractExportsTest.class.getResourceAsStream("schema_rows.py")) {
            Files.write(script, stream.readAllBytes());
        }
        return script;
    }

    private static Path csv(Path file, TextTable table) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(table.columns().stream().map(ContractExportsTest::quoted).collect(Collectors.joining(",")))
                .append("\r\n");
        for (@Nullable String[] row : table.rows()) {
            for (int i = 0; i < row.length; i++) {
                text.append(i == 0 ? "" : ",").append(row[i] == null ? "" : quoted(row[i]));
            }
            text.append("\r\n");
        }
        return Files.writeString(file, text);
    }

    private static String quoted(String cell) {
        return '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static TextTable read(Path file) throws IOException {
        List<@Nullable String[]> rows = new ArrayList<>();
        var source = new Sources(Files.createTempDirectory("tatara-cache")).frames(file.toString());
        List<String> names = source.schema().fields().stream().map(Field::name).toList();
        source.forEach(frame -> {
            for (int row = 0; row < frame.rows(); row++) {
                @Nullable String[] cells = new String[names.size()];
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = ((TextColumn) frame.column(i)).value(row);
                }
                rows.add(cells);
            }
        });
        return new TextTable(names, Collections.nCopies(names.size(), ColumnType.TEXT), rows);
    }

    private static TableRef write(Lake lake, String name, TextTable table) {
        Schema schema = new Schema(table.columns().stream()
                .map(column -> new Field(column, tatara.core.frame.Kind.TEXT))
                .toList());
        return lake.replace("raw", "export." + name, schema, sink -> {
            List<Column> cells = new ArrayList<>();
            for (int i = 0; i < table.columns().size(); i++) {
                int at = i;
                cells.add(TextColumn.of(table.rows().size(), row -> table.rows().get(row)[at]));
            }
            sink.accept(new Frame(schema, cells, table.rows().size()));
        });
    }

    private static TableProfile profile(Lake lake, String name, TableRef ref) {
        return new Profiler(lake)
                .profile(name, ref, new SourceAudit(name, "csv", List.of(), Map.of(), ref.rows(), 0, "", List.of()));
    }

    private static Spec spec(String table) {
        return new Spec(
                "export",
                "",
                List.of(),
                Task.ANOMALY,
                table,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Metric.ROC_AUC,
                Constraints.none(),
                60,
                1,
                Map.of(),
                List.of());
    }

    /** A contract of every kind of rule, and cells that tools like to read differently. */
    private record HardCells(DataDesign design, TextTable table, TextTable parents) {
        private static final String HOSTILE = "a\"b'; DROP TABLE x; --\n\"\"\"\u00e4{}\\";

        static HardCells create() {
            CellFormat plain = CellFormat.plain().withMissing(List.of("?", "NA\"\\"));
            CellFormat money = new CellFormat(List.of(), ",", ".", "$", "oz", Optional.empty(), List.of(), List.of());
            CellFormat days = new CellFormat(List.of(), ".", "", "", "", Optional.of("d/M/yyyy"), List.of(), List.of());
            CellFormat truth = new CellFormat(
                    List.of(), ".", "", "", "", Optional.empty(), List.of("Ja", "1"), List.of("NEIN", "0"));
            List<DataDesign.Contract> columns = List.of(
                    column(HOSTILE, ColumnType.INTEGER, plain),
                    column("model_x", ColumnType.NUMBER, plain),
                    column("money", ColumnType.NUMBER, money),
                    column("class", ColumnType.TIME, plain),
                    column("day", ColumnType.TIME, days),
                    column("truth", ColumnType.BOOLEAN, truth),
                    column("text", ColumnType.TEXT, plain),
                    column("code", ColumnType.IDENTIFIER, plain),
                    column("key", ColumnType.CATEGORY, plain));
            DataDesign.Table hard = table("hard", columns);
            DataDesign.Table parents = table("parents", List.of(column("id", ColumnType.CATEGORY, plain)));
            DataDesign design = new DataDesign(
                    "hard",
                    List.of(hard, parents),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(new TableContract("hard", 1, rules())));
            return new HardCells(
                    design,
                    new TextTable(
                            columns.stream().map(DataDesign.Contract::name).toList(),
                            columns.stream().map(DataDesign.Contract::type).toList(),
                            rows()),
                    new TextTable(
                            List.of("id"),
                            List.of(ColumnType.CATEGORY),
                            List.of(new String[] {"a"}, new String[] {" \u00e4\ud83d\ude00 "})));
        }

        private static DataDesign.Table table(String name, List<DataDesign.Contract> columns) {
            return new DataDesign.Table(
                    name, columns, List.of(), Optional.empty(), Optional.empty(), DataDesign.Duplicates.KEEP);
        }

        private static DataDesign.Contract column(String name, ColumnType type, CellFormat format) {
            return new DataDesign.Contract(
                    name,
                    type,
                    DataDesign.Role.FEATURE,
                    format,
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    "");
        }

        private static List<Rule> rules() {
            List<String> all = List.of(HOSTILE, "model_x", "money", "class", "day", "truth", "text", "code", "key");
            List<Rule> rules = new ArrayList<>();
            rules.add(rule(Kind.PRESENT, all, "", ""));
            rules.add(rule(Kind.TYPE, List.of(HOSTILE), "", "", "integer"));
            for (String column : List.of("model_x", "money", "class", "day", "truth")) {
                rules.add(rule(Kind.TYPE, List.of(column), "", "", "number"));
            }
            all.forEach(column -> rules.add(rule(Kind.NOT_NULL, List.of(column), "", "")));
            rules.add(rule(Kind.RANGE, List.of(HOSTILE), "-5", "1E3"));
            rules.add(rule(Kind.RANGE, List.of("money"), "0.1", ""));
            rules.add(rule(Kind.RANGE, List.of("class"), "2024-01-05", "2024-01-05T01:02:03Z"));
            rules.add(rule(Kind.RANGE, List.of("day"), "1999-12-31", "2024-02-29T00:00:00"));
            rules.add(rule(Kind.LENGTH, List.of("text"), "2", "5"));
            rules.add(rule(Kind.LENGTH, List.of("money"), "", "4"));
            rules.add(rule(Kind.PATTERN, List.of("code"), "", "", "\\d{2}-[\\w.]+|x.y|\"\\\\"));
            rules.add(rule(Kind.PATTERN, List.of("model_x"), "", "", "-?[0-9.]+"));
            rules.add(rule(Kind.VALUES, List.of("text"), "", "", "abc", "\u00e4\ud83d\ude00", "it's \"q\"\\", "true"));
            rules.add(rule(Kind.VALUES, List.of("model_x"), "", "", "1", "2.50", "1e3"));
            rules.add(rule(Kind.VALUES, List.of("truth"), "", "", "true"));
            rules.add(rule(Kind.UNIQUE, List.of("key"), "", ""));
            rules.add(rule(Kind.UNIQUE, List.of("key", "model_x"), "", ""));
            rules.add(rule(Kind.UNIQUE, all, "", ""));
            rules.add(rule(Kind.REFERENCE, List.of("key"), "", "", "parents", "id"));
            rules.add(rule(Kind.ORDER, List.of(HOSTILE, "model_x"), "", ""));
            rules.add(rule(Kind.ORDER, List.of("class", "day"), "", ""));
            rules.add(rule(Kind.SUM, List.of(HOSTILE, "model_x", "money"), "", "0.5"));
            rules.add(rule(Kind.DETERMINES, List.of("key", "truth"), "", ""));
            return rules;
        }

        private static Rule rule(Kind kind, List<String> columns, String min, String max, String... values) {
            return new Rule(
                    kind + "." + columns,
                    kind,
                    columns,
                    Optional.of(min).filter(text -> !text.isEmpty()),
                    Optional.of(max).filter(text -> !text.isEmpty()),
                    List.of(values),
                    0.01,
                    Severity.WARN,
                    "because \u202e\n\"\"\"");
        }

        private static List<@Nullable String[]> rows() {
            List<List<String>> cells = List.of(
                    List.of(
                            "3.0",
                            "",
                            " ",
                            "?",
                            "NA\"\\",
                            "NaN",
                            "nan",
                            "Infinity",
                            "-inf",
                            "1_000",
                            "12345678901234567890",
                            "1e3",
                            "1e999",
                            "+5",
                            "0x10",
                            "\u0663",
                            "-5.0",
                            "2.5",
                            "\u00a07\u3000",
                            "x"),
                    List.of(
                            "1", "1.0", "2.5", "1000", "1E3", "-0", "0", "5.", ".5", "1e", "1,5", "NAN", "?", "-0.0",
                            "--1", "+-1", "1 000"),
                    List.of(
                            "$ 1.234,5oz",
                            "-$5 oz",
                            "(3,5)",
                            "(3",
                            "1.5",
                            "1,5",
                            "oz",
                            "$",
                            "0,1",
                            "0,09",
                            "1.2.3",
                            "12,3 OZ",
                            "-$ 0,1oz"),
                    List.of(
                            "2024-01-05",
                            "2024-01-05 01:02:03",
                            "2024-01-05T01:02:03Z",
                            "2024-01-05T01:02:03.000001Z",
                            "2024-01-05 01:02:03+02",
                            "2024-01-05 01:02:03-02:30",
                            "2024-02-30",
                            "2024-01",
                            "2024-1-5",
                            "24-01-05",
                            "2024-01-05 24:00:00",
                            "2024-01-05T",
                            "2024-01-04T23:59:59.999999",
                            "2024-01-05 01:02:03 UTC",
                            "9999-12-31",
                            "0001-01-01",
                            "2024-13-01",
                            "now"),
                    List.of(
                            "1/2/2024",
                            "29/02/2024",
                            "30/2/2024",
                            "31/12/1999",
                            "2024-01-01",
                            "1/2/24",
                            "01/13/2024",
                            "1/3/2024",
                            "0/1/2024"),
                    List.of("ja", "JA", "1", "nein", "0", "true", "False", "yes", "2", "", "TRUE "),
                    List.of(
                            "abc",
                            " abc ",
                            "ABC",
                            "\u00e4\ud83d\ude00",
                            "\ud83d\ude00",
                            "it's \"q\"\\",
                            "true",
                            "a\nb",
                            "NaN",
                            "null",
                            "None",
                            "e\u0301",
                            "\u200bx",
                            "?",
                            "12345",
                            "123456"),
                    List.of(
                            "12-a.b",
                            "12-\u00e4",
                            "\u0661\u0662-a",
                            "x.y",
                            "xay",
                            "x\ny",
                            "x\u2028y",
                            "\"\\",
                            "12-a\n",
                            "12-a b",
                            "12-"),
                    List.of("a", "b", "a ", "\u00e4\ud83d\ude00", "", "?", "c", "A", "a\u0308"));
            List<@Nullable String[]> rows = new ArrayList<>();
            Random random = new Random(11);
            for (int row = 0; row < 400; row++) {
                @Nullable String[] made = new String[cells.size()];
                for (int column = 0; column < made.length; column++) {
                    List<String> choices = cells.get(column);
                    String cell = choices.get(row < 20 ? row % choices.size() : random.nextInt(choices.size()));
                    made[column] = cell.isEmpty() ? null : cell;
                }
                rows.add(row % 40 == 39 ? rows.get(row - 1) : made);
            }
            return rows;
        }
    }
}
