package tatara.data.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableShape.Relation;

/**
 * Searches a sample for what its columns keep together: orders, functional dependencies, composite keys. A relation counts only if columns
 * that had nothing to do with each other would break it {@value #EXPECTED} times at least.
 */
final class Relations {
    private static final int MOST_COLUMNS = 60;
    private static final double EXPECTED = 30;
    private static final double NEARLY = 0.005;
    private static final int MOST = 25;
    private static final int MOST_PER_COLUMN = 1;

    private final RowSample sample;
    private final List<SampledColumn> columns;

    Relations(RowSample sample) {
        this.sample = sample;
        this.columns = sample.columns().size() > MOST_COLUMNS ? List.of() : sample.columns();
    }

    List<Relation> find() {
        List<Relation> found = new ArrayList<>();
        found.addAll(orders());
        found.addAll(new SumSearch(columns, sample.rows()).find());
        found.addAll(determinations());
        found.addAll(keys());
        return found;
    }

    private List<Relation> orders() {
        List<Relation> found = new ArrayList<>();
        for (SampledColumn low : columns) {
            for (SampledColumn high : columns) {
                boolean alike = !low.is(high)
                        && low.isNumeric()
                        && high.isNumeric()
                        && (low.type() == ColumnType.TIME) == (high.type() == ColumnType.TIME);
                if (alike) {
                    order(low, high, found);
                }
            }
        }
        found.sort(Comparator.comparingLong(Relation::rows).reversed().thenComparing(one -> one.columns()
                .toString()));
        return found.subList(0, Math.min(MOST, found.size()));
    }

    private void order(SampledColumn low, SampledColumn high, List<Relation> found) {
        long rows = 0;
        long broken = 0;
        long equal = 0;
        for (int row = 0; row < sample.rows(); row++) {
            if (low.isKnown(row) && high.isKnown(row)) {
                rows++;
                broken += low.numbers()[row] > high.numbers()[row] ? 1 : 0;
                equal += low.numbers()[row] == high.numbers()[row] ? 1 : 0;
                if (broken > NEARLY * sample.rows()) {
                    return;
                }
            }
        }
        if (rows < EXPECTED || broken > NEARLY * rows || equal == rows) {
            return;
        }
        double[] lows = low.sorted();
        double[] highs = high.sorted();
        double chance = 0;
        int at = 0;
        for (double value : lows) {
            while (at < highs.length && highs[at] < value) {
                at++;
            }
            chance += (double) at / highs.length;
        }
        double expected = chance / lows.length * rows;
        if (expected >= Math.max(EXPECTED, 0.02 * rows) && expected > 20 * broken) {
            found.add(new Relation(Relation.Kind.ORDER, List.of(low.name(), high.name()), rows, broken, 0));
        }
    }

    private List<Relation> determinations() {
        List<Relation> found = new ArrayList<>();
        Map<String, Integer> distinct = new HashMap<>();
        columns.forEach(column -> distinct.put(column.name(), distinct(column)));
        for (SampledColumn to : columns) {
            List<Relation> best = new ArrayList<>();
            double mixed = mixed(to);
            for (SampledColumn from : columns) {
                int groups = distinct.getOrDefault(from.name(), 0);
                if (!from.is(to) && groups > 1 && mixed > 0 && isNaming(from)) {
                    determination(from, to, groups, mixed, best);
                }
            }
            best.sort(Comparator.comparingLong(Relation::broken)
                    .thenComparing(one -> distinct.getOrDefault(one.columns().get(0), 0))
                    .thenComparing(one -> one.columns().get(0)));
            found.addAll(best.subList(0, Math.min(MOST_PER_COLUMN, best.size())));
        }
        found.sort(Comparator.comparingLong(Relation::rows).reversed().thenComparing(one -> one.columns()
                .toString()));
        return found.subList(0, Math.min(MOST, found.size()));
    }

    /** Fractions are measurements: that equal ones go with equal others is no rule. */
    private static boolean isNaming(SampledColumn column) {
        return column.type() != ColumnType.NUMBER && column.type() != ColumnType.EMPTY;
    }

    /** Chance that two rows differ in a column. */
    private double mixed(SampledColumn column) {
        Map<Double, Integer> counts = new HashMap<>();
        double known = 0;
        for (int row = 0; row < sample.rows(); row++) {
            if (column.isKnown(row)) {
                counts.merge(column.identity(row) + 0.0, 1, Integer::sum);
                known++;
            }
        }
        double alike = 0;
        for (int count : counts.values()) {
            alike += count / known * (count / known);
        }
        return known == 0 ? 0 : 1 - alike;
    }

    private int distinct(SampledColumn column) {
        Set<Double> values = new HashSet<>();
        for (int row = 0; row < sample.rows(); row++) {
            if (column.isKnown(row)) {
                values.add(column.identity(row) + 0.0);
            }
        }
        return values.size();
    }

    private void determination(SampledColumn from, SampledColumn to, int groups, double mixed, List<Relation> found) {
        Map<Double, double[]> seen = new HashMap<>(groups * 2);
        long rows = 0;
        long differing = 0;
        for (int row = 0; row < sample.rows(); row++) {
            if (from.isKnown(row) && to.isKnown(row)) {
                rows++;
                double value = to.identity(row);
                double[] group = seen.computeIfAbsent(from.identity(row) + 0.0, key -> new double[] {value, 0, 0});
                group[1]++;
                if (group[0] != value) {
                    group[2]++;
                    differing++;
                    if (differing > NEARLY * sample.rows()) {
                        return;
                    }
                }
            }
        }
        long broken = 0;
        for (double[] group : seen.values()) {
            broken += group[2] > 0 ? (long) group[1] : 0;
        }
        double expected = (rows - seen.size()) * mixed;
        if (expected >= EXPECTED && rows >= 0.5 * sample.rows() && broken <= 2 * NEARLY * rows) {
            found.add(new Relation(Relation.Kind.DETERMINES, List.of(from.name(), to.name()), rows, broken, 0));
        }
    }

    /** Pairs of columns that tell rows apart where neither does alone. */
    private List<Relation> keys() {
        List<Relation> found = new ArrayList<>();
        List<SampledColumn> naming = columns.stream()
                .filter(Relations::isNaming)
                .filter(column -> column.type() != ColumnType.TEXT && column.type() != ColumnType.BOOLEAN)
                .toList();
        for (int i = 0; i < naming.size(); i++) {
            for (int j = i + 1; j < naming.size(); j++) {
                key(naming.get(i), naming.get(j), found);
            }
        }
        found.sort(Comparator.comparingDouble(Relation::slack)
                .thenComparing(one -> one.columns().toString()));
        return found.stream()
                .limit(2)
                .map(one -> new Relation(one.kind(), one.columns(), one.rows(), one.broken(), 0))
                .toList();
    }

    private void key(SampledColumn first, SampledColumn second, List<Relation> found) {
        double a = distinct(first);
        double b = distinct(second);
        double rows = sample.rows();
        boolean complete = first.missing() + first.invalid() + second.missing() + second.invalid() == 0;
        double expected = rows * rows / 2 / Math.max(1, a * b);
        if (!complete || a >= rows || b >= rows || a * b < rows || expected < EXPECTED || sample.total() != rows) {
            return;
        }
        Set<List<Double>> seen = new HashSet<>();
        for (int row = 0; row < sample.rows(); row++) {
            if (!seen.add(Arrays.asList(first.identity(row), second.identity(row)))) {
                return;
            }
        }
        found.add(new Relation(Relation.Kind.KEY, List.of(first.name(), second.name()), sample.rows(), 0, a * b));
    }
}
