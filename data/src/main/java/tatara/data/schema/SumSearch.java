package tatara.data.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableShape.Relation;

/** Columns that are the sum of two to four others in all rows, up to rounding. */
final class SumSearch {
    private static final int MOST_PARTS = 4;
    private static final int MOST_NUMBERS = 24;
    private static final int MOST_FOR_PAIRS = 60;
    private static final int FIRST_ROWS = 200;
    private static final double EXCEPTIONS = 0.001;
    private static final double ACTIVE = 0.02;
    private static final int LEAST_ROWS = 30;

    private final List<SampledColumn> numbers;
    private final int rows;

    SumSearch(List<SampledColumn> columns, int rows) {
        this.numbers = columns.stream()
                .filter(column -> column.type() == ColumnType.NUMBER || column.type() == ColumnType.INTEGER)
                .toList();
        this.rows = rows;
    }

    List<Relation> find() {
        List<Relation> found = new ArrayList<>();
        int most = numbers.size() <= MOST_NUMBERS ? MOST_PARTS : numbers.size() <= MOST_FOR_PAIRS ? 2 : 0;
        if (rows < LEAST_ROWS) {
            return found;
        }
        List<SampledColumn> active = numbers.stream().filter(this::isActive).toList();
        for (SampledColumn total : active) {
            List<SampledColumn> parts =
                    active.stream().filter(part -> !part.is(total)).toList();
            double scale = scale(total);
            for (int size = 2; size <= most; size++) {
                int before = found.size();
                search(total, parts, new int[size], 0, 0, 1e-6 * scale, found);
                if (found.size() > before) {
                    break;
                }
            }
        }
        return found;
    }

    private boolean isActive(SampledColumn column) {
        double first = Double.NaN;
        long nonzero = 0;
        boolean varies = false;
        for (double value : column.numbers()) {
            if (!Double.isNaN(value)) {
                first = Double.isNaN(first) ? value : first;
                varies |= value != first;
                nonzero += value != 0 ? 1 : 0;
            }
        }
        return varies && nonzero >= ACTIVE * rows;
    }

    private static double scale(SampledColumn column) {
        double scale = 0;
        for (double value : column.numbers()) {
            scale = Double.isNaN(value) ? scale : Math.max(scale, Math.abs(value));
        }
        return scale;
    }

    private void search(
            SampledColumn total,
            List<SampledColumn> parts,
            int[] chosen,
            int depth,
            int from,
            double slack,
            List<Relation> found) {
        if (depth == chosen.length) {
            if (agrees(total, parts, chosen, slack, Math.min(rows, FIRST_ROWS))) {
                add(total, parts, chosen, slack, found);
            }
            return;
        }
        for (int i = from; i < parts.size(); i++) {
            chosen[depth] = i;
            search(total, parts, chosen, depth + 1, i + 1, slack, found);
        }
    }

    private boolean agrees(SampledColumn total, List<SampledColumn> parts, int[] chosen, double slack, int upTo) {
        int broken = 0;
        for (int row = 0; row < upTo; row++) {
            double difference = Math.abs(difference(total, parts, chosen, row));
            if (difference > slack && ++broken > 2) {
                return false;
            }
        }
        return true;
    }

    private static double difference(SampledColumn total, List<SampledColumn> parts, int[] chosen, int row) {
        double sum = 0;
        for (int part : chosen) {
            sum += parts.get(part).numbers()[row];
        }
        return sum - total.numbers()[row];
    }

    private void add(SampledColumn total, List<SampledColumn> parts, int[] chosen, double slack, List<Relation> found) {
        long known = 0;
        long broken = 0;
        for (int row = 0; row < rows; row++) {
            double difference = difference(total, parts, chosen, row);
            known += Double.isNaN(difference) ? 0 : 1;
            broken += Math.abs(difference) > slack ? 1 : 0;
        }
        if (known >= LEAST_ROWS && known >= 0.5 * rows && broken <= EXCEPTIONS * known) {
            List<String> columns = new ArrayList<>(IntStream.of(chosen)
                    .mapToObj(part -> parts.get(part).name())
                    .toList());
            columns.add(total.name());
            found.add(new Relation(Relation.Kind.SUM, List.copyOf(columns), known, broken, slack));
        }
    }
}
