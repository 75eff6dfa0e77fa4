package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Severity;
import tatara.core.design.TableContract;
import tatara.core.design.TableContract.Rule;
import tatara.core.evidence.GateResult;
import tatara.core.evidence.TableShape;
import tatara.data.lake.Lake;
import tatara.data.schema.BatchChecks;
import tatara.data.schema.Validation;
import tatara.data.schema.Verdict;
import tatara.data.source.RowPlaces;
import tatara.data.source.SourceTable;

/** Measures the contract of a table and tells the result as gates (D2, D8). */
public final class ContractGates {
    private static final double MOST_ASIDE = 0.2;

    private final Lake lake;

    public ContractGates(Lake lake) {
        this.lake = lake;
    }

    /**
     * What the gates need to know of a table.
     *
     * @param source where the rows came from, to tell lines; empty if unknown
     * @param reference shape to compare with; empty for the first rows of a table
     * @param earlierRows row counts of earlier contents
     */
    public record Batch(
            TableContract contract,
            Validation.Subject subject,
            List<Validation.Subject> others,
            Optional<SourceTable> source,
            Optional<TableShape> reference,
            List<Long> earlierRows) {}

    /**
     * Results of one table.
     *
     * @param results one for each rule or comparison that failed, and one that counts the others
     * @param aside rules whose rows are to be set aside
     * @param measured rules and comparisons
     */
    public record Outcome(
            List<GateResult> results,
            List<Verdict> verdicts,
            List<BatchChecks.Comparison> comparisons,
            List<Rule> aside,
            int measured) {}

    public Outcome check(Batch batch) {
        List<Verdict> verdicts = new Validation(lake).check(batch.contract(), batch.subject(), batch.others());
        List<BatchChecks.Comparison> comparisons = batch.reference()
                .map(reference -> new BatchChecks(lake)
                        .compare(
                                reference,
                                batch.subject().table(),
                                batch.subject().readings(),
                                batch.earlierRows()))
                .orElse(List.of());
        String table = batch.contract().table();
        Map<Long, RowPlaces.Place> places = places(batch, verdicts);
        List<GateResult> results = new ArrayList<>();
        long failed = verdicts.stream().filter(verdict -> !verdict.passed()).count();
        results.add(new GateResult(
                "contract." + table,
                failed == 0,
                failed,
                0,
                false,
                "table " + table + ": " + (verdicts.size() - failed) + " of " + verdicts.size()
                        + " rules of contract version " + batch.contract().version() + " are kept"));
        for (Verdict verdict : verdicts) {
            if (!verdict.passed()) {
                results.add(result(table, verdict, places));
            }
        }
        for (BatchChecks.Comparison comparison : comparisons) {
            if (!comparison.passed()) {
                results.add(new GateResult(
                        "batch." + table + "." + comparison.id(),
                        false,
                        comparison.value(),
                        comparison.limit(),
                        false,
                        "table " + table
                                + (comparison.columns().isEmpty()
                                        ? ""
                                        : ", column " + String.join(", ", comparison.columns()))
                                + ": " + comparison.message()));
            }
        }
        return new Outcome(
                results, verdicts, comparisons, Validation.setsAside(verdicts), verdicts.size() + comparisons.size());
    }

    /** Rows that break one of the rules. */
    public BitSet rows(Batch batch, List<Rule> rules) {
        BitSet rows = new BitSet();
        for (Rule rule : rules) {
            rows.or(rows(batch, rule));
        }
        return rows;
    }

    BitSet rows(Batch batch, Rule rule) {
        BitSet rows = new BitSet();
        new Validation(lake).broken(rule, batch.subject(), batch.others(), row -> rows.set((int) row));
        return rows;
    }

    /** Too many rows set aside are no exceptions any more: the source is not what it was taken for. */
    public static Optional<GateResult> tooMany(DataDesign design, String table, long aside, long rows) {
        double limit = design.gates().stream()
                .filter(gate -> gate.table().equals(table)
                        && gate.rule() == DataDesign.Rule.MAX_QUARANTINED_SHARE
                        && gate.severity() == Severity.BLOCK)
                .mapToDouble(DataDesign.Gate::limit)
                .min()
                .orElse(MOST_ASIDE);
        double share = rows == 0 ? 0 : (double) aside / rows;
        if (aside == 0) {
            return Optional.empty();
        }
        return Optional.of(new GateResult(
                "contract." + table + ".set-aside",
                share <= limit,
                share,
                limit,
                true,
                "table " + table + ": " + aside + " of " + rows + " rows are set aside (" + percent(share)
                        + "; at most " + percent(limit)
                        + "); see them in lake/quarantine, and try them again after a fix: tatara data replay"));
    }

    private static Map<Long, RowPlaces.Place> places(Batch batch, List<Verdict> verdicts) {
        TreeSet<Long> rows = new TreeSet<>();
        verdicts.forEach(verdict -> verdict.examples().forEach(example -> rows.add(example.row())));
        return batch.source().map(source -> RowPlaces.find(source, rows)).orElse(Map.of());
    }

    private static GateResult result(String table, Verdict verdict, Map<Long, RowPlaces.Place> places) {
        Rule rule = verdict.rule();
        StringBuilder message = new StringBuilder("table " + table + ", rule " + rule.id() + ": ");
        if (!verdict.problem().isEmpty()) {
            message.append(verdict.problem());
        } else {
            message.append(verdict.broken())
                    .append(" of ")
                    .append(verdict.rows())
                    .append(" rows break it (")
                    .append(percent(verdict.share()))
                    .append("; at most ")
                    .append(percent(rule.tolerance()))
                    .append("), ")
                    .append(demand(rule));
            message.append(verdict.examples().stream()
                    .limit(3)
                    .map(example -> "\n    "
                            + Optional.ofNullable(places.get(example.row()))
                                    .map(RowPlaces.Place::toString)
                                    .orElse("row " + example.row())
                            + "  " + cells(rule, example))
                    .collect(Collectors.joining()));
        }
        message.append(
                switch (rule.severity()) {
                    case BLOCK -> "\n    Mend the data, or change the rule in handoffs/1-data-engineer.yaml";
                    case QUARANTINE -> verdict.broken() > 0 ? "\n    these rows are set aside" : "";
                    case WARN -> "";
                });
        return new GateResult(
                "contract." + table + "." + rule.id(),
                false,
                verdict.share(),
                rule.tolerance(),
                rule.severity() == Severity.BLOCK,
                message.toString());
    }

    private static String cells(Rule rule, Verdict.Example example) {
        return rule.columns().stream()
                .limit(4)
                .map(column -> column + " = "
                        + Optional.ofNullable(example.cells().get(column))
                                .map(ContractGates::shown)
                                .orElse("(missing)"))
                .collect(Collectors.joining(", "));
    }

    private static String shown(String cell) {
        String line = cell.replaceAll("\\p{Cntrl}+", " ");
        return '"' + (line.length() > 60 ? line.substring(0, 57) + "..." : line) + '"';
    }

    /** What a rule demands, in a few words. */
    public static String demand(Rule rule) {
        String columns = String.join(", ", rule.columns().stream().limit(4).toList());
        return switch (rule.kind()) {
            case PRESENT -> rule.columns().size() + " columns are there";
            case TYPE -> "a cell is a " + String.join("", rule.values());
            case NOT_NULL -> "there is a value";
            case RANGE -> rule.min().orElse("any") + " to " + rule.max().orElse("any");
            case LENGTH -> rule.min().orElse("0") + " to " + rule.max().orElse("any number of") + " characters";
            case PATTERN -> "matches " + String.join("", rule.values());
            case VALUES ->
                "one of "
                        + rule.values().stream().limit(6).collect(Collectors.joining(", "))
                        + (rule.values().size() > 6 ? " and " + (rule.values().size() - 6) + " more" : "");
            case UNIQUE -> "no other row has the same " + columns;
            case REFERENCE -> "found in " + String.join(".", rule.values());
            case ORDER -> columns + " in rising order";
            case SUM -> rule.columns().get(rule.columns().size() - 1) + " is the sum of the others";
            case DETERMINES -> columns + ": the last is told by the others";
        };
    }

    static String percent(double share) {
        double percent = 100 * share;
        return String.format(Locale.ROOT, percent > 0 && percent < 1 ? "%.2g %%" : "%.3g %%", percent);
    }
}
