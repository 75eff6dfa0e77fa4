package tatara.data.export;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tatara.core.design.DataDesign;
import tatara.core.design.TableContract;
import tatara.core.design.TableContract.Kind;
import tatara.core.design.TableContract.Rule;
import tatara.core.evidence.ColumnType;
import tatara.core.json.Json;
import tatara.data.export.ContractExport.Unsaid;
import tatara.data.schema.CellReading;

/**
 * A contract with all that its rules need.
 *
 * @param rules rules that can be measured
 * @param unsaid rules that cannot
 * @param design where other tables' cells are described
 */
record Exported(
        TableContract contract, List<CellReading> readings, List<Rule> rules, List<Unsaid> unsaid, DataDesign design) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static Exported of(DataDesign design, String table) {
        TableContract contract = design.contract(table)
                .orElseThrow(() -> new IllegalArgumentException("table without a contract: " + table));
        Exported all = new Exported(contract, CellReading.of(design.table(table)), contract.rules(), List.of(), design);
        List<Rule> rules = new ArrayList<>();
        List<Unsaid> unsaid = new ArrayList<>();
        for (Rule rule : contract.rules()) {
            try {
                all.problem(rule)
                        .ifPresentOrElse(problem -> unsaid.add(new Unsaid(rule.id(), problem)), () -> rules.add(rule));
            } catch (IllegalArgumentException | DateTimeParseException e) {
                unsaid.add(new Unsaid(rule.id(), String.valueOf(e.getMessage())));
            }
        }
        return new Exported(contract, all.readings, List.copyOf(rules), List.copyOf(unsaid), design);
    }

    /** Why no format can say the rule, if so. */
    private Optional<String> problem(Rule rule) {
        if (rule.kind() == Kind.PRESENT) {
            return Optional.empty();
        }
        for (String column : rule.columns()) {
            if (find(column).isEmpty()) {
                return Optional.of("the design has no column " + column);
            }
        }
        if (rule.columns().size() < least(rule.kind())) {
            return Optional.of("the rule needs " + least(rule.kind()) + " columns");
        }
        return switch (rule.kind()) {
            case RANGE -> rangeProblem(rule);
            case LENGTH ->
                rule.min().isEmpty() && rule.max().isEmpty() ? Optional.of("the rule has no limits") : checked(rule);
            case PATTERN -> {
                if (rule.values().size() != 1) {
                    yield Optional.of("the rule needs one pattern");
                }
                yield checked(rule);
            }
            case REFERENCE ->
                parent(rule).isPresent() ? Optional.empty() : Optional.of("the design has no column " + rule.values());
            case ORDER, SUM -> comparedProblem(rule);
            case PRESENT, TYPE, NOT_NULL, VALUES, UNIQUE, DETERMINES -> checked(rule);
        };
    }

    /** Reads the rule's limits and values once, so that a text that is none shows here. */
    private Optional<String> checked(Rule rule) {
        switch (rule.kind()) {
            case PATTERN -> PortableRegex.of(rule.values().get(0));
            case VALUES -> values(rule);
            case LENGTH -> {
                length(rule.min());
                length(rule.max());
            }
            default -> {}
        }
        return Optional.empty();
    }

    private Optional<String> rangeProblem(Rule rule) {
        ColumnType type = type(rule.columns().get(0));
        if (type != ColumnType.TIME && !isNumber(type)) {
            return Optional.of("a range needs numbers or times");
        }
        limit(rule, rule.min());
        limit(rule, rule.max());
        return rule.min().isEmpty() && rule.max().isEmpty() ? Optional.of("the rule has no limits") : Optional.empty();
    }

    private Optional<String> comparedProblem(Rule rule) {
        boolean numbers = rule.columns().stream().allMatch(column -> isNumber(type(column)));
        boolean times = rule.columns().stream().allMatch(column -> type(column) == ColumnType.TIME);
        if (rule.kind() == Kind.SUM) {
            rule.max().ifPresent(Exported::number);
            return numbers ? Optional.empty() : Optional.of("a sum needs numbers");
        }
        return numbers || times ? Optional.empty() : Optional.of("an order needs numbers or times");
    }

    private static int least(Kind kind) {
        return switch (kind) {
            case ORDER, DETERMINES -> 2;
            case SUM -> 3;
            default -> 1;
        };
    }

    Optional<CellReading> find(String column) {
        return readings.stream()
                .filter(reading -> reading.column().equals(column))
                .findFirst();
    }

    ColumnType type(String column) {
        return find(column).map(CellReading::type).orElse(ColumnType.TEXT);
    }

    static boolean isNumber(ColumnType type) {
        return type == ColumnType.NUMBER || type == ColumnType.INTEGER;
    }

    /** Whether cells have a value beside their text. */
    boolean isValued(String column) {
        ColumnType type = type(column);
        return isNumber(type) || type == ColumnType.TIME || type == ColumnType.BOOLEAN;
    }

    /** Whether the rule demands whole numbers. */
    boolean isWhole(Rule rule) {
        return rule.kind() == Kind.TYPE
                && rule.values().contains("integer")
                && isNumber(type(rule.columns().get(0)));
    }

    /** Whether the rule is about rows that are alike in all cells. */
    boolean isWholeRow(Rule rule) {
        return rule.kind() == Kind.UNIQUE
                && rule.columns().size() > 1
                && rule.columns().size() == readings.size();
    }

    /** The column that a reference leads to. */
    Optional<CellReading> parent(Rule rule) {
        if (rule.values().size() != 2) {
            return Optional.empty();
        }
        return design.tables().stream()
                .filter(table -> table.name().equals(rule.values().get(0)))
                .flatMap(table -> CellReading.of(table).stream())
                .filter(reading -> reading.column().equals(rule.values().get(1)))
                .findFirst();
    }

    /** A limit of a range: a number, or a time as text. */
    Optional<Json> limit(Rule rule, Optional<String> text) {
        return text.map(
                value -> type(rule.columns().get(0)) == ColumnType.TIME ? Json.string(time(value)) : number(value));
    }

    static Optional<Json> length(Optional<String> text) {
        return text.map(value -> new Json.Num(new BigDecimal(value.strip()).longValueExact()));
    }

    /** The difference that a sum may have. */
    static Json slack(Rule rule) {
        return rule.max().map(Exported::number).orElse(new Json.Num(0L));
    }

    /** The values of a rule as cells have them: numbers, {@code true} and {@code false}, times as texts, texts. */
    List<Json> values(Rule rule) {
        ColumnType type = type(rule.columns().get(0));
        return rule.values().stream()
                .map(value -> switch (type) {
                    case NUMBER, INTEGER -> number(value);
                    case BOOLEAN -> Json.string(value.equals("true") ? "true" : "false");
                    case TIME -> Json.string(time(value));
                    case CATEGORY, TEXT, IDENTIFIER, EMPTY -> Json.string(value);
                })
                .distinct()
                .toList();
    }

    /** A double, written without a fraction if it has none. */
    static Json number(String text) {
        double value = new BigDecimal(text.strip()).doubleValue();
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? new Json.Num((long) value) : Json.number(value);
    }

    /** ISO-8601 in UTC with six digits of the second. */
    static String time(String text) {
        String value = text.strip();
        if (!value.contains("T")) {
            return TIME.format(LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC));
        }
        return TIME.format(
                value.endsWith("Z")
                        ? Instant.parse(value)
                        : LocalDateTime.parse(value).toInstant(ZoneOffset.UTC));
    }

    List<Rule> of(Kind kind) {
        return rules.stream().filter(rule -> rule.kind() == kind).toList();
    }

    /** Whether a rule wants the column to be there. */
    boolean isRequired(String column) {
        return of(Kind.PRESENT).stream().anyMatch(rule -> rule.columns().contains(column));
    }
}
