package tatara.data.schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.core.design.TableContract.Kind;
import tatara.core.design.TableContract.Rule;
import tatara.core.evidence.ColumnType;
import tatara.data.lake.Engine;
import tatara.data.profile.TypedCells;

/**
 * The SQL of rules over {@link TableCells}. A row rule is a condition that is true for the rows that break it and never NULL; a set rule is a
 * query of the positions {@code r} of such rows.
 */
final class RuleSql {
    private final TableCells cells;
    private final References references;

    /** Where the values of other tables are found. */
    interface References {
        /** A query of one column {@code k} with the identities of a column's cells, empty if there is no such column. */
        Optional<String> identities(String table, String column);
    }

    RuleSql(TableCells cells, References references) {
        this.cells = cells;
        this.references = references;
    }

    /** What makes a rule impossible to measure, if anything does. */
    Optional<String> problem(Rule rule) {
        if (rule.kind() == Kind.PRESENT) {
            return Optional.empty();
        }
        for (String column : rule.columns()) {
            if (cells.find(column).isEmpty()) {
                return Optional.of("there is no column " + column);
            }
        }
        int least =
                switch (rule.kind()) {
                    case ORDER, DETERMINES -> 2;
                    case SUM -> 3;
                    default -> 1;
                };
        if (rule.columns().size() < least) {
            return Optional.of("the rule needs " + least + " columns");
        }
        int values = rule.values().size();
        boolean ok =
                switch (rule.kind()) {
                    case PATTERN -> values == 1;
                    case REFERENCE -> values == 2;
                    default -> true;
                };
        if (!ok) {
            return Optional.of("values of rule " + rule.id() + ": " + values);
        }
        try {
            if (rule.kind() == Kind.REFERENCE
                    && references
                            .identities(rule.values().get(0), rule.values().get(1))
                            .isEmpty()) {
                return Optional.of("there is no column " + rule.values().get(1) + " of a table "
                        + rule.values().get(0));
            }
            if (!isSet(rule)) {
                condition(rule);
            }
            return Optional.empty();
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the rule looks at several rows, or another table. */
    static boolean isSet(Rule rule) {
        return switch (rule.kind()) {
            case UNIQUE, DETERMINES, REFERENCE -> true;
            default -> false;
        };
    }

    int[] columns(Rule rule) {
        return rule.columns().stream()
                .flatMap(column -> cells.find(column).stream())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The condition of a row rule. */
    String condition(Rule rule) {
        int[] at = columns(rule);
        return switch (rule.kind()) {
            case TYPE -> type(at[0], rule);
            case NOT_NULL -> "NOT p" + at[0];
            case RANGE -> known(range(at[0], rule));
            case LENGTH -> known(outside("length(t" + at[0] + ")", number(rule.min()), number(rule.max())));
            case PATTERN ->
                "coalesce(NOT regexp_full_match(t" + at[0] + ", "
                        + Engine.literal(rule.values().get(0)) + "), false)";
            case VALUES -> known(values(at[0], rule.values()));
            case ORDER -> known("v" + at[0] + " > v" + at[1]);
            case SUM -> known(sum(at, rule));
            case PRESENT, UNIQUE, DETERMINES, REFERENCE ->
                throw new IllegalArgumentException("kind: " + rule.kind() + " (expected: a rule about one row)");
        };
    }

    private static String known(String condition) {
        return "coalesce(" + condition + ", false)";
    }

    private String type(int column, Rule rule) {
        ColumnType type = cells.type(column);
        if (!TypedCells.isValued(type)) {
            return "false";
        }
        String unread = "(p" + column + " AND v" + column + " IS NULL)";
        boolean whole = rule.values().contains("integer");
        return whole ? "(" + unread + " OR " + known("v" + column + " <> trunc(v" + column + ")") + ")" : unread;
    }

    private String range(int column, Rule rule) {
        if (cells.type(column) == ColumnType.TIME) {
            return outside(
                    "v" + column, rule.min().map(RuleSql::micros), rule.max().map(RuleSql::micros));
        }
        return outside("v" + column, number(rule.min()), number(rule.max()));
    }

    private static Optional<String> number(Optional<String> text) {
        return text.map(value -> new BigDecimal(value.strip()).toString() + "::DOUBLE");
    }

    /** Microseconds since 1970 of an ISO-8601 time or date. */
    static String micros(String text) {
        String value = text.strip();
        Instant instant;
        if (!value.contains("T")) {
            instant = LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC);
        } else if (value.endsWith("Z")) {
            instant = Instant.parse(value);
        } else {
            instant = LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
        }
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant) + "::DOUBLE";
    }

    private static String outside(String value, Optional<String> min, Optional<String> max) {
        String below = min.map(least -> value + " < " + least).orElse("");
        String above = max.map(most -> value + " > " + most).orElse("");
        if (below.isEmpty() && above.isEmpty()) {
            return "false";
        }
        return below.isEmpty() || above.isEmpty() ? below + above : "(" + below + " OR " + above + ")";
    }

    private String values(int column, List<String> values) {
        if (values.isEmpty()) {
            return "p" + column;
        }
        ColumnType type = cells.type(column);
        if (type == ColumnType.BOOLEAN) {
            return "v" + column + " NOT IN "
                    + list(values.stream()
                            .map(value -> value.equals("true") ? "1.0" : "0.0")
                            .toList());
        }
        if (type == ColumnType.TIME) {
            return "v" + column + " NOT IN "
                    + list(values.stream().map(RuleSql::micros).toList());
        }
        if (TypedCells.isValued(type)) {
            return "v" + column + " NOT IN "
                    + list(values.stream()
                            .map(value -> new BigDecimal(value.strip()) + "::DOUBLE")
                            .toList());
        }
        return "t" + column + " NOT IN "
                + list(values.stream().map(Engine::literal).toList());
    }

    private static String list(List<String> items) {
        return "(" + String.join(", ", items) + ")";
    }

    private static String sum(int[] at, Rule rule) {
        String parts =
                IntStream.range(0, at.length - 1).mapToObj(i -> "v" + at[i]).collect(Collectors.joining(" + "));
        String slack = number(rule.max()).orElse("0");
        return "abs(" + parts + " - v" + at[at.length - 1] + ") > " + slack;
    }

    /** The query of a set rule: positions {@code r} of the rows that break it. */
    String rows(Rule rule) {
        return switch (rule.kind()) {
            case UNIQUE -> grouped(uniqueKeys(rule), uniqueGroups(rule));
            case DETERMINES -> grouped(keyed(rule), groups(rule));
            case REFERENCE -> orphans(rule);
            default -> "SELECT r FROM (" + cells.select(columns(rule)) + ") WHERE " + condition(rule);
        };
    }

    /** A query that gives the rows that break a set rule, as {@code n}, and the first of them as the list {@code rows}. */
    String counted(Rule rule, int examples) {
        return switch (rule.kind()) {
            case UNIQUE, DETERMINES -> {
                String groups = rule.kind() == Kind.UNIQUE ? uniqueGroups(rule) : groups(rule);
                yield "SELECT coalesce(CAST(sum(n) AS BIGINT), 0), min(first, " + examples + ") FROM (" + groups + ")";
            }
            default -> "SELECT count(*), min(r, " + examples + ") FROM (" + rows(rule) + ")";
        };
    }

    private static String grouped(String keyed, String groups) {
        return "SELECT r FROM (" + keyed + ") WHERE h IN (SELECT h FROM (" + groups + "))";
    }

    private boolean isWhole(Rule rule) {
        return rule.columns().size() > 1
                && rule.columns().size() == cells.readings().size();
    }

    private String uniqueKeys(Rule rule) {
        int[] at = columns(rule);
        if (isWhole(rule)) {
            String all = IntStream.of(at).mapToObj(cells::cell).collect(Collectors.joining(", "));
            return "SELECT " + cells.row() + " AS r, hash(" + all + ") AS h FROM " + cells.from();
        }
        String keys = IntStream.of(at).mapToObj(cells::identity).collect(Collectors.joining(", "));
        return "SELECT r, hash(" + keys + ") AS h FROM (" + cells.select(at) + ") WHERE " + present(at);
    }

    private String present(int... at) {
        return IntStream.of(at)
                .mapToObj(column -> cells.identity(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }

    private String uniqueGroups(Rule rule) {
        return "SELECT h, count(*) AS n, min(r) AS first FROM (" + uniqueKeys(rule)
                + ") GROUP BY h HAVING count(*) > 1";
    }

    private String keyed(Rule rule) {
        int[] at = columns(rule);
        String keys =
                IntStream.of(at).limit(at.length - 1L).mapToObj(cells::identity).collect(Collectors.joining(", "));
        return "SELECT r, hash(" + keys + ") AS h, hash(" + cells.identity(at[at.length - 1]) + ") AS d FROM ("
                + cells.select(at) + ") WHERE " + present(at);
    }

    private String groups(Rule rule) {
        return "SELECT h, count(*) AS n, min(r) AS first FROM (" + keyed(rule) + ") GROUP BY h HAVING min(d) <> max(d)";
    }

    private String orphans(Rule rule) {
        int column = columns(rule)[0];
        String identity = cells.identity(column);
        String parent = references
                .identities(rule.values().get(0), rule.values().get(1))
                .orElseThrow(() -> new IllegalArgumentException("table: " + rule.values()));
        return "SELECT r FROM (" + cells.select(column) + ") AS child ANTI JOIN (SELECT DISTINCT k FROM (" + parent
                + ")) AS parent ON child." + identity + " = parent.k WHERE " + identity + " IS NOT NULL";
    }
}
