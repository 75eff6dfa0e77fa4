package tatara.data.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.Dependency;

/**
 * Functional dependencies by their g3 error (Kivinen and Mannila 1995), minimal, with at most two determinants. A dependency counts only
 * if shuffling what it depends on would break many more rows: nearly unique columns, nearly constant ones and small tables determine
 * everything by chance.
 */
final class Dependencies {
    private static final double MOST_ERROR = 0.05;
    private static final double MOST_PAIR_ERROR = 0.02;
    private static final double LEAST_STRENGTH = 0.9;
    private static final double LEAST_ROWS = 10;
    private static final double NEARLY_UNIQUE = 0.95;
    private static final int MOST_FOUND = 100;
    private static final int MOST_PAIRED = 30;
    private static final double OPERATIONS = 4e8;

    private final LookedTable table;
    private final int[] shuffle;

    Dependencies(LookedTable table) {
        this.table = table;
        this.shuffle = shuffle(table.rows());
    }

    private static int[] shuffle(int rows) {
        int[] order = new int[rows];
        Random random = new Random(1);
        for (int i = 0; i < rows; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    /** A dependent column and the determinants that need no partner. */
    private record Known(int dependent, int determinant) {}

    List<Dependency> find(List<String> notes) {
        List<LookedColumn> dependents = table.columns().stream()
                .filter(column -> column.levels() >= 2 && column.levels() <= NEARLY_UNIQUE * table.rows())
                .toList();
        List<LookedColumn> determinants = new ArrayList<>(dependents);
        determinants.sort(Comparator.comparing((LookedColumn column) -> column.type() == ColumnType.NUMBER));
        int most = (int) Math.max(1, OPERATIONS / Math.max(1.0, (double) dependents.size() * table.rows()));
        if (determinants.size() > most) {
            notes.add("Of " + determinants.size() + " columns that could determine others, the first " + most
                    + " were looked at.");
            determinants = determinants.subList(0, most);
        }
        List<Dependency> found = new ArrayList<>();
        Set<Known> known = new HashSet<>();
        for (LookedColumn determinant : determinants) {
            single(determinant, dependents, known, found);
        }
        pairs(determinants, dependents, known, found, notes);
        return found.stream()
                .sorted(Comparator.<Dependency>comparingInt(
                                each -> each.determinants().size())
                        .thenComparingDouble(Dependency::error)
                        .thenComparing(
                                Comparator.comparingDouble(Dependency::byChance).reversed()))
                .limit(MOST_FOUND)
                .toList();
    }

    private void single(
            LookedColumn determinant, List<LookedColumn> dependents, Set<Known> known, List<Dependency> found) {
        Grouping groups = Grouping.of(determinant);
        for (LookedColumn dependent : dependents) {
            if (dependent.is(determinant)) {
                continue;
            }
            double most = MOST_ERROR * groups.rows();
            Grouping.Errors errors = groups.errors(dependent.codes(), dependent.levels(), most);
            if (errors.errors() > most || errors.share() > MOST_ERROR) {
                continue;
            }
            known.add(new Known(dependent.raw().index(), determinant.raw().index()));
            Grouping.Errors chance =
                    groups.errors(shuffled(dependent.codes()), dependent.levels(), Double.POSITIVE_INFINITY);
            if (isReal(errors, chance)) {
                found.add(dependency(groups, dependent, errors, chance));
            }
        }
    }

    private void pairs(
            List<LookedColumn> determinants,
            List<LookedColumn> dependents,
            Set<Known> known,
            List<Dependency> found,
            List<String> notes) {
        double perPair = (double) Math.max(1, table.rows()) * (4 + dependents.size() / 4.0);
        int most = (int) Math.min(MOST_PAIRED, Math.sqrt(2 * OPERATIONS * 4 / perPair));
        List<LookedColumn> paired = determinants.subList(0, Math.min(determinants.size(), most));
        if (paired.size() < determinants.size()) {
            notes.add("Pairs of determinants were looked at among the first " + paired.size() + " columns only.");
        }
        for (int i = 0; i < paired.size(); i++) {
            for (int j = i + 1; j < paired.size(); j++) {
                pair(paired.get(i), paired.get(j), dependents, known, found);
            }
        }
    }

    private void pair(
            LookedColumn first,
            LookedColumn second,
            List<LookedColumn> dependents,
            Set<Known> known,
            List<Dependency> found) {
        if (isKnown(known, first, second) || isKnown(known, second, first)) {
            return;
        }
        Grouping groups = Grouping.of(first, second);
        if (groups.groups() > table.rows() - LEAST_ROWS) {
            return;
        }
        for (LookedColumn dependent : dependents) {
            boolean open = !dependent.is(first)
                    && !dependent.is(second)
                    && !isKnown(known, dependent, first)
                    && !isKnown(known, dependent, second);
            double most = MOST_PAIR_ERROR * groups.rows();
            if (!open) {
                continue;
            }
            Grouping.Errors errors = groups.errors(dependent.codes(), dependent.levels(), most);
            if (errors.errors() > most || errors.share() > MOST_PAIR_ERROR) {
                continue;
            }
            int[] dealt = shuffled(dependent.codes());
            if (!isReal(errors, groups.errors(dealt, dependent.levels(), Double.POSITIVE_INFINITY))) {
                continue;
            }
            Grouping.Errors chance =
                    smaller(without(first, second, groups, dependent), without(second, first, groups, dependent));
            if (isReal(errors, chance)) {
                found.add(dependency(groups, dependent, errors, chance));
            }
        }
    }

    private static boolean isKnown(Set<Known> known, LookedColumn dependent, LookedColumn determinant) {
        return known.contains(
                new Known(dependent.raw().index(), determinant.raw().index()));
    }

    /** Errors when one determinant is shuffled: what the other gives, and what splitting the rows gives. */
    private Grouping.Errors without(LookedColumn kept, LookedColumn shuffled, Grouping groups, LookedColumn dependent) {
        return Grouping.paired(
                        groups.columns(), kept.codes(), shuffled(shuffled.codes()), kept.levels(), shuffled.levels())
                .errors(dependent.codes(), dependent.levels(), Double.POSITIVE_INFINITY);
    }

    private static Grouping.Errors smaller(Grouping.Errors one, Grouping.Errors other) {
        return one.share() <= other.share() ? one : other;
    }

    private int[] shuffled(int[] codes) {
        int[] shuffled = new int[codes.length];
        for (int row = 0; row < codes.length; row++) {
            shuffled[row] = codes[shuffle[row]];
        }
        return shuffled;
    }

    private static boolean isReal(Grouping.Errors errors, Grouping.Errors chance) {
        return chance.errors() - errors.errors() >= LEAST_ROWS
                && errors.share() <= (1 - LEAST_STRENGTH) * chance.share();
    }

    private Dependency dependency(
            Grouping groups, LookedColumn dependent, Grouping.Errors errors, Grouping.Errors chance) {
        return new Dependency(
                groups.columns().stream()
                        .sorted(Comparator.comparingInt(column -> column.raw().index()))
                        .map(LookedColumn::name)
                        .toList(),
                dependent.name(),
                errors.share(),
                chance.share(),
                errors.rows(),
                table.exact());
    }
}
