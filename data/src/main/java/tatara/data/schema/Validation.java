package tatara.data.schema;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.core.design.DataDesign.Severity;
import tatara.core.design.TableContract;
import tatara.core.design.TableContract.Kind;
import tatara.core.design.TableContract.Rule;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.frame.Field;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.source.InPlace;

/**
 * Measures contracts on tables of the lake (D2). Rules about single rows are aggregate scans of the columns they read, {@value #BATCH} rules at a time;
 * a rule about several rows is an aggregate by the 64-bit hash of its columns. Memory is the engine's, which spills. Rows are told by
 * their position {@code _row}. Same rows, same verdicts. Thread-safe.
 */
public final class Validation {
    /** Examples kept of each rule. */
    public static final int EXAMPLES = 5;

    private static final int BATCH = 16;

    private final Lake lake;

    public Validation(Lake lake) {
        this.lake = lake;
    }

    /**
     * A table and how its cells are read.
     *
     * @param name as contracts call it
     */
    public record Subject(String name, TableRef table, List<CellReading> readings) {}

    /**
     * Verdicts in the order of the contract's rules.
     *
     * @param others tables that rules of this one refer to
     */
    public List<Verdict> check(TableContract contract, Subject subject, List<Subject> others) {
        TableCells cells = TableCells.of(lake, subject.table(), subject.readings());
        return check(contract, cells, sql(cells, subject, others), new LinkedHashMap<>());
    }

    /**
     * Verdicts on a profiled table in files of its own, in the order of the contract's rules. What the profile proves to be kept is not
     * measured again, and has no examples; cells are read as it found. Rules that refer to other tables are not measured.
     */
    public static List<Verdict> check(TableContract contract, InPlace table, TableProfile profile) {
        TableCells cells = TableCells.of(table, CellReading.of(profile));
        RuleSql sql = new RuleSql(
                cells,
                (other, column) -> other.equals(contract.table())
                        ? cells.find(column)
                                .map(at -> "SELECT " + cells.identity(at) + " AS k FROM (" + cells.select(at) + ")")
                        : Optional.empty());
        ProvenRules proven = new ProvenRules(profile);
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        contract.rules().stream().filter(rule -> sql.problem(rule).isEmpty()).forEach(rule -> proven.kept(rule)
                .ifPresent(verdict -> verdicts.put(rule.id(), verdict)));
        return check(contract, cells, sql, verdicts);
    }

    private static List<Verdict> check(
            TableContract contract, TableCells cells, RuleSql sql, Map<String, Verdict> verdicts) {
        List<Rule> rowRules = new ArrayList<>();
        for (Rule rule : contract.rules()) {
            Optional<String> problem = sql.problem(rule);
            if (verdicts.containsKey(rule.id())) {
                continue;
            }
            if (problem.isPresent()) {
                verdicts.put(rule.id(), unmeasured(rule, cells.rows(), problem.get()));
            } else if (rule.kind() == Kind.PRESENT) {
                verdicts.put(rule.id(), present(rule, cells));
            } else if (RuleSql.isSet(rule)) {
                verdicts.put(rule.id(), set(rule, cells, sql));
            } else {
                rowRules.add(rule);
            }
        }
        for (int at = 0; at < rowRules.size(); at += BATCH) {
            scan(rowRules.subList(at, Math.min(rowRules.size(), at + BATCH)), cells, sql, verdicts);
        }
        List<Verdict> ordered = contract.rules().stream()
                .map(rule -> verdicts.getOrDefault(rule.id(), unmeasured(rule, cells.rows(), "not measured")))
                .toList();
        return withCells(ordered, cells);
    }

    /** A condition in SQL for each row rule, true for rows that break it, over {@code from} of the same map's key order. */
    public Map<String, String> conditions(TableContract contract, Subject subject) {
        TableCells cells = TableCells.of(lake, subject.table(), subject.readings());
        RuleSql sql = sql(cells, subject, List.of());
        Map<String, String> conditions = new LinkedHashMap<>();
        for (Rule rule : contract.rules()) {
            if (rule.kind() != Kind.PRESENT
                    && !RuleSql.isSet(rule)
                    && sql.problem(rule).isEmpty()) {
                conditions.put(
                        rule.id(),
                        "SELECT r, " + sql.condition(rule) + " AS broken FROM (" + cells.select(sql.columns(rule))
                                + ")");
            }
        }
        return conditions;
    }

    /** Gives the positions of all rows that break a rule, rising; none for a rule that cannot be measured or is about no row. */
    public void broken(Rule rule, Subject subject, List<Subject> others, LongConsumer rows) {
        TableCells cells = TableCells.of(lake, subject.table(), subject.readings());
        RuleSql sql = sql(cells, subject, others);
        if (rule.kind() == Kind.PRESENT || sql.problem(rule).isPresent()) {
            return;
        }
        Schema schema = new Schema(List.of(new Field("r", tatara.core.frame.Kind.NUMBER)));
        lake.engine().stream("SELECT r FROM (" + sql.rows(rule) + ") ORDER BY r", schema, frame -> {
            for (double row : ((NumberColumn) frame.column(0)).values()) {
                rows.accept((long) row);
            }
        });
    }

    /** Rules of these verdicts whose rows are to be set aside. */
    public static List<Rule> setsAside(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> !verdict.passed()
                        && verdict.broken() > 0
                        && verdict.problem().isEmpty()
                        && verdict.rule().kind() != Kind.PRESENT
                        && verdict.rule().severity() == Severity.QUARANTINE)
                .map(Verdict::rule)
                .toList();
    }

    private RuleSql sql(TableCells cells, Subject subject, List<Subject> others) {
        return new RuleSql(cells, (table, column) -> {
            Subject other = table.equals(subject.name())
                    ? subject
                    : others.stream()
                            .filter(candidate -> candidate.name().equals(table))
                            .findFirst()
                            .orElse(null);
            if (other == null) {
                return Optional.empty();
            }
            TableCells parent = TableCells.of(lake, other.table(), other.readings());
            return parent.find(column)
                    .map(at -> "SELECT " + parent.identity(at) + " AS k FROM (" + parent.select(at) + ")");
        });
    }

    private static Verdict unmeasured(Rule rule, long rows, String problem) {
        return new Verdict(rule, rows, 0, false, problem, List.of());
    }

    private static Verdict present(Rule rule, TableCells cells) {
        List<String> absent = rule.columns().stream()
                .filter(column -> cells.find(column).isEmpty())
                .toList();
        return absent.isEmpty()
                ? new Verdict(rule, cells.rows(), 0, true, "", List.of())
                : new Verdict(
                        rule,
                        cells.rows(),
                        cells.rows(),
                        false,
                        "there is no column " + String.join(", ", absent),
                        List.of());
    }

    private static Verdict set(Rule rule, TableCells cells, RuleSql sql) {
        return cells.engine()
                .first(sql.counted(rule, EXAMPLES), row -> verdict(rule, cells.rows(), row.getLong(1), rows(row, 2)))
                .orElseGet(() -> unmeasured(rule, cells.rows(), "not measured"));
    }

    private static void scan(List<Rule> rules, TableCells cells, RuleSql sql, Map<String, Verdict> verdicts) {
        int[] columns = rules.stream()
                .flatMapToInt(rule -> Arrays.stream(sql.columns(rule)))
                .distinct()
                .toArray();
        String flags = IntStream.range(0, rules.size())
                .mapToObj(i -> sql.condition(rules.get(i)) + " AS b" + i)
                .collect(Collectors.joining(", "));
        StringBuilder aggregates = new StringBuilder();
        for (int i = 0; i < rules.size(); i++) {
            aggregates.append(i == 0 ? "" : ", ").append("count_if(b").append(i).append("), min(r, ");
            aggregates.append(EXAMPLES).append(") FILTER (WHERE b").append(i).append(')');
        }
        String query = "SELECT " + aggregates + " FROM (SELECT r, " + flags + " FROM (" + cells.select(columns) + "))";
        cells.engine().first(query, row -> {
            for (int i = 0; i < rules.size(); i++) {
                Rule rule = rules.get(i);
                verdicts.put(rule.id(), verdict(rule, cells.rows(), row.getLong(2 * i + 1), rows(row, 2 * i + 2)));
            }
            return true;
        });
    }

    private static Verdict verdict(Rule rule, long rows, long broken, List<Long> examples) {
        boolean passed = broken <= rule.tolerance() * rows + 1e-9;
        List<Verdict.Example> shown =
                examples.stream().map(row -> new Verdict.Example(row, Map.of())).toList();
        return new Verdict(rule, rows, broken, passed, "", shown);
    }

    private static List<Long> rows(ResultSet row, int index) throws SQLException {
        Array array = row.getArray(index);
        if (array == null) {
            return List.of();
        }
        List<Long> rows = new ArrayList<>();
        for (Object item : (Object[]) array.getArray()) {
            rows.add(((Number) item).longValue());
        }
        return rows;
    }

    /** Reads the cells of all examples at once. */
    private static List<Verdict> withCells(List<Verdict> verdicts, TableCells cells) {
        TreeSet<Long> wanted = new TreeSet<>();
        TreeSet<Integer> columns = new TreeSet<>();
        for (Verdict verdict : verdicts) {
            verdict.examples().forEach(example -> wanted.add(example.row()));
            if (!verdict.examples().isEmpty()) {
                verdict.rule().columns().forEach(column -> cells.find(column).ifPresent(columns::add));
            }
        }
        if (wanted.isEmpty()) {
            return verdicts;
        }
        Map<Long, Map<String, String>> read = new CellTexts(cells.engine(), cells).read(wanted, List.copyOf(columns));
        return verdicts.stream().map(verdict -> withCells(verdict, read)).toList();
    }

    private static Verdict withCells(Verdict verdict, Map<Long, Map<String, String>> read) {
        List<Verdict.Example> examples = new ArrayList<>();
        for (Verdict.Example example : verdict.examples()) {
            Map<String, String> all = read.getOrDefault(example.row(), Map.of());
            Map<String, String> own = new LinkedHashMap<>();
            for (String column : verdict.rule().columns()) {
                String cell = all.get(column);
                if (cell != null && own.size() < 8) {
                    own.put(column, cell);
                }
            }
            examples.add(new Verdict.Example(example.row(), own));
        }
        return new Verdict(
                verdict.rule(), verdict.rows(), verdict.broken(), verdict.passed(), verdict.problem(), examples);
    }

    /** Texts of raw cells. */
    private record CellTexts(Engine engine, TableCells cells) {
        Map<Long, Map<String, String>> read(TreeSet<Long> rows, List<Integer> columns) {
            String wanted = rows.stream().map(String::valueOf).collect(Collectors.joining(", "));
            String select = columns.stream()
                    .map(column -> ", left(CAST(" + cells.cell(column) + " AS VARCHAR), 200)")
                    .collect(Collectors.joining());
            String sql = "SELECT " + cells.row() + select + " FROM " + cells.from() + " WHERE " + cells.row() + " IN ("
                    + wanted + ")";
            Map<Long, Map<String, String>> read = new TreeMap<>();
            engine.query(sql, row -> read.put(row.getLong(1), texts(row, columns)));
            return read;
        }

        private Map<String, String> texts(ResultSet row, List<Integer> columns) throws SQLException {
            Map<String, String> texts = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                String text = row.getString(i + 2);
                if (text != null) {
                    texts.put(cells.readings().get(columns.get(i)).column(), text);
                }
            }
            return texts;
        }
    }
}
