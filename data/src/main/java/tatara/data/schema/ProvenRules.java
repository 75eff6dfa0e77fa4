package tatara.data.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tatara.core.design.TableContract.Rule;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.ValueCount;
import tatara.data.profile.TypedCells;

/**
 * Rules about one column that are kept, as a profile of the same rows shows already: only counts and ranges that are of all rows are
 * used. What a profile does not prove is not said to be broken. Thread-safe.
 */
final class ProvenRules {
    private static final int WHOLE_TEXT = 100;

    private final TableProfile profile;

    ProvenRules(TableProfile profile) {
        this.profile = profile;
    }

    /** The verdict on a rule that is kept, without examples; empty if the profile does not prove that. */
    Optional<Verdict> kept(Rule rule) {
        if (rule.columns().size() != 1) {
            return Optional.empty();
        }
        Optional<ColumnProfile> column = profile.find(rule.columns().get(0));
        OptionalLong broken = column.map(found -> broken(rule, found)).orElse(OptionalLong.empty());
        return broken.isPresent() && broken.getAsLong() <= rule.tolerance() * profile.rows()
                ? Optional.of(new Verdict(rule, profile.rows(), broken.getAsLong(), true, "", List.of()))
                : Optional.empty();
    }

    private OptionalLong broken(Rule rule, ColumnProfile column) {
        return switch (rule.kind()) {
            case PRESENT -> OptionalLong.of(0);
            case NOT_NULL -> OptionalLong.of(column.missing());
            case TYPE -> rule.values().contains("integer") ? OptionalLong.empty() : OptionalLong.of(column.invalid());
            case UNIQUE -> none(profile.keys().contains(column.name()));
            case RANGE ->
                none(column.numbers().filter(numbers -> within(rule, numbers)).isPresent());
            case VALUES -> others(rule, column);
            case LENGTH, PATTERN, ORDER, SUM, DETERMINES, REFERENCE -> OptionalLong.empty();
        };
    }

    private static OptionalLong none(boolean proven) {
        return proven ? OptionalLong.of(0) : OptionalLong.empty();
    }

    private static boolean within(Rule rule, NumberSummary numbers) {
        try {
            return rule.min().stream().allMatch(least -> numbers.min() >= new BigDecimal(least.strip()).doubleValue())
                    && rule.max().stream()
                            .allMatch(most -> numbers.max() <= new BigDecimal(most.strip()).doubleValue());
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Rows with another value, if the most frequent values are all there are. */
    private static OptionalLong others(Rule rule, ColumnProfile column) {
        List<ValueCount> top = column.top();
        long told = top.stream().mapToLong(ValueCount::count).sum();
        boolean whole = told == column.rows() - column.missing()
                && top.stream().allMatch(value -> value.value().length() < WHOLE_TEXT);
        if (TypedCells.isValued(column.type()) || column.invalid() > 0 || !whole) {
            return OptionalLong.empty();
        }
        Set<String> allowed = Set.copyOf(rule.values());
        return OptionalLong.of(top.stream()
                .filter(value -> !allowed.contains(value.value()))
                .mapToLong(ValueCount::count)
                .sum());
    }
}
