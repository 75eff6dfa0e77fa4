package tatara.data.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tatara.core.evidence.Inclusion;

/**
 * Columns whose values are values of another column of the same table, as a manager's number is an employee's. Whole numbers are
 * found in any numbering that is dense enough: there it must be no chance.
 */
final class Inclusions {
    private static final double LEAST_COVERAGE = 0.99;
    private static final int LEAST_TEXTS = 5;
    private static final int LEAST_NUMBERS = 20;
    private static final double MOST_DENSITY = 0.5;
    private static final double SATURATED = 1.05;
    private static final double LONGEST = 100;
    private static final int MOST_COLUMNS = 100;
    private static final long MOST_VALUES = 2_000_000;
    private static final int GLANCE = 20;
    private static final int MOST_FOUND = 50;

    private Inclusions() {}

    /** A column's distinct values as texts. */
    private record Values(LookedColumn column, List<String> ordered, Set<String> set) {}

    static List<Inclusion> of(LookedTable table) {
        List<Values> columns = new ArrayList<>();
        long size = 0;
        for (LookedColumn column : table.columns()) {
            if (isUsable(column, table.exact()) && columns.size() < MOST_COLUMNS) {
                size += column.levels();
                if (size > MOST_VALUES) {
                    break;
                }
                columns.add(values(column));
            }
        }
        List<Inclusion> found = new ArrayList<>();
        for (Values one : columns) {
            for (Values other : columns) {
                if (!one.column().name().equals(other.column().name())
                        && one.set().size() <= other.set().size() / LEAST_COVERAGE) {
                    double coverage = coverage(one, other);
                    if (coverage >= LEAST_COVERAGE && !isChance(one, other)) {
                        found.add(new Inclusion(
                                one.column().name(),
                                other.column().name(),
                                coverage,
                                one.set().size(),
                                table.exact()));
                    }
                }
            }
        }
        found.sort(Comparator.comparingLong(Inclusion::values).reversed());
        return List.copyOf(found.subList(0, Math.min(found.size(), MOST_FOUND)));
    }

    /** Of a sample only columns whose values are nearly all seen say something. */
    private static boolean isUsable(LookedColumn column, boolean exact) {
        if (!exact && column.profile().distinct() > SATURATED * column.levels()) {
            return false;
        }
        return switch (column.type()) {
            case IDENTIFIER, CATEGORY, TEXT ->
                column.levels() >= LEAST_TEXTS && column.profile().meanLength() <= LONGEST;
            case INTEGER -> column.levels() >= LEAST_NUMBERS;
            case NUMBER, BOOLEAN, TIME, EMPTY -> false;
        };
    }

    private static Values values(LookedColumn column) {
        if (!column.isNumeric()) {
            return new Values(column, column.texts(), new HashSet<>(column.texts()));
        }
        List<String> texts = Arrays.stream(column.sorted())
                .distinct()
                .mapToObj(value -> ValueText.of(value, false))
                .toList();
        return new Values(column, texts, new HashSet<>(texts));
    }

    private static double coverage(Values one, Values other) {
        int hits = 0;
        int size = one.ordered().size();
        for (int i = 0; i < Math.min(GLANCE, size); i++) {
            hits += other.set().contains(one.ordered().get((int) ((long) i * size / GLANCE % size))) ? 1 : 0;
        }
        if (hits < Math.min(GLANCE, size) - 1) {
            return 0;
        }
        long all = one.ordered().stream().filter(other.set()::contains).count();
        return (double) all / size;
    }

    private static boolean isChance(Values one, Values other) {
        double[] inner = wholeNumbers(one);
        double[] outer = wholeNumbers(other);
        if (inner.length == 0 || outer.length == 0) {
            return false;
        }
        double from = inner[0];
        double to = inner[inner.length - 1];
        long inside = Arrays.stream(outer)
                .filter(value -> value >= from && value <= to)
                .count();
        return inside > MOST_DENSITY * (to - from + 1);
    }

    /** The distinct values in rising order, if all are whole numbers of usual size. */
    private static double[] wholeNumbers(Values values) {
        if (!values.ordered().stream().allMatch(text -> text.matches("-?\\d{1,15}"))) {
            return new double[0];
        }
        return values.ordered().stream()
                .mapToDouble(Double::parseDouble)
                .sorted()
                .toArray();
    }
}
