package tatara.data.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.TableContract.Kind;
import tatara.core.design.TableContract.Rule;
import tatara.core.evidence.ColumnType;
import tatara.data.schema.CellReading;

/**
 * The columns that a data frame has beside those of the table: the texts of columns whose cells are values, and of rules that no check of a
 * library says, whether each row keeps them.
 */
final class FrameColumns {
    private final Exported exported;
    private final boolean timesToo;
    private final Map<String, String> byRule = new LinkedHashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> times = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** @param timesToo whether ranges of times need the times themselves, not their texts */
    FrameColumns(Exported exported, boolean timesToo) {
        this.exported = exported;
        this.timesToo = timesToo;
        exported.readings().stream().map(CellReading::column).forEach(taken::add);
        exported.rules().forEach(this::add);
    }

    private void add(Rule rule) {
        switch (rule.kind()) {
            case TYPE -> {
                if (exported.isValued(rule.columns().get(0))) {
                    byRule.put(rule.id(), free(rule.id() + " [kept]"));
                }
            }
            case SUM -> byRule.put(rule.id(), free(rule.id() + " [difference]"));
            case REFERENCE, DETERMINES -> byRule.put(rule.id(), free(rule.id() + " [kept]"));
            case UNIQUE -> {
                if (exported.isWholeRow(rule)) {
                    byRule.put(rule.id(), free(rule.id() + " [kept]"));
                }
            }
            case NOT_NULL, LENGTH, PATTERN, VALUES -> {
                String column = rule.columns().get(0);
                boolean read = rule.kind() != Kind.VALUES || rule.values().isEmpty();
                if (exported.isValued(column) && read) {
                    byRule.put(rule.id(), texts.computeIfAbsent(column, name -> free(name + " [text]")));
                }
            }
            case RANGE -> {
                String column = rule.columns().get(0);
                if (timesToo && exported.type(column) == ColumnType.TIME) {
                    byRule.put(rule.id(), times.computeIfAbsent(column, name -> free(name + " [time]")));
                }
            }
            case PRESENT, ORDER -> {}
        }
    }

    private String free(String wanted) {
        String name = wanted;
        while (!taken.add(name)) {
            name += "'";
        }
        return name;
    }

    /** The column that a check of the rule looks at, if it is not the table's own. */
    Optional<String> of(Rule rule) {
        return Optional.ofNullable(byRule.get(rule.id()));
    }

    /** The column that a check of one column looks at. */
    String column(Rule rule) {
        return of(rule).orElse(rule.columns().get(0));
    }

    String python() {
        StringBuilder text = new StringBuilder("HELPERS = {\n");
        byRule.forEach((rule, column) -> text.append("    ")
                .append(Python.text(rule))
                .append(": ")
                .append(Python.text(column))
                .append(",\n"));
        return text.append("}\n").toString();
    }
}
