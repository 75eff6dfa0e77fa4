package tatara.data.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import tatara.core.evidence.Association;
import tatara.core.evidence.Association.Measure;
import tatara.core.evidence.AssociationMatrix;
import tatara.core.evidence.ColumnType;

/** Pairs of columns that say something of each other, whatever their types; only what chance does not explain. */
final class Associations {
    private static final int MOST_COLUMNS = 120;
    private static final int MATRIX_COLUMNS = 30;
    private static final int MOST_FOUND = 100;
    private static final int MOST_LEVELS = 100;
    private static final int ROWS_PER_LEVEL = 5;
    private static final int LEAST_ROWS = 10;
    private static final double PAIR_ROWS = 3e8;
    private static final double FALSE_RATE = 0.01;
    private static final double LEAST_STRENGTH = 0.1;

    private final List<PairColumn> columns;
    private final double[][] strength;
    private final List<Association> pairs = new ArrayList<>();

    private Associations(List<PairColumn> columns) {
        this.columns = columns;
        this.strength = new double[columns.size()][columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            Arrays.fill(strength[i], Double.NaN);
            strength[i][i] = 1;
        }
    }

    static Associations of(LookedTable table, List<String> notes) {
        List<LookedColumn> usable =
                table.columns().stream().filter(Associations::isUsable).toList();
        List<LookedColumn> chosen = usable.subList(0, Math.min(usable.size(), MOST_COLUMNS));
        if (chosen.size() < usable.size()) {
            notes.add("Associations were measured between the first " + chosen.size() + " of " + usable.size()
                    + " columns.");
        }
        double cells = (double) chosen.size() * chosen.size() / 2 * table.rows();
        int every = (int) Math.max(1, Math.ceil(cells / PAIR_ROWS));
        if (every > 1) {
            notes.add("Associations were measured on every " + every + "th of the rows looked at.");
        }
        Associations found = new Associations(
                chosen.stream().map(column -> PairColumn.of(column, every)).toList());
        found.measure();
        return found;
    }

    private static boolean isUsable(LookedColumn column) {
        if (column.levels() < 2 || column.type() == ColumnType.IDENTIFIER) {
            return false;
        }
        return column.isNumeric()
                || (column.levels() <= MOST_LEVELS && column.levels() * ROWS_PER_LEVEL <= column.present());
    }

    private void measure() {
        for (int i = 0; i < columns.size(); i++) {
            for (int j = i + 1; j < columns.size(); j++) {
                pair(i, j);
            }
        }
        correct();
    }

    private void pair(int i, int j) {
        PairColumn first = columns.get(i);
        PairColumn second = columns.get(j);
        PairMeasure measured = PairMeasure.of(first, second);
        if (measured.rows() < LEAST_ROWS || Double.isNaN(measured.value())) {
            return;
        }
        strength[i][j] = measured.value();
        strength[j][i] = measured.value();
        Measure measure = first.isNumeric() && second.isNumeric()
                ? Measure.SPEARMAN
                : first.isNumeric() || second.isNumeric() ? Measure.CORRELATION_RATIO : Measure.CRAMERS_V;
        pairs.add(new Association(
                first.name(),
                second.name(),
                measure,
                measured.value(),
                measured.linear(),
                measured.chance(),
                measured.rows()));
    }

    /** Benjamini and Hochberg's correction of all pairs' probabilities. */
    private void correct() {
        pairs.sort(Comparator.comparingDouble(Association::chance).reversed());
        double least = 1;
        for (int i = 0; i < pairs.size(); i++) {
            Association pair = pairs.get(i);
            least = Math.min(least, pair.chance() * pairs.size() / (pairs.size() - i));
            pairs.set(
                    i,
                    new Association(
                            pair.first(),
                            pair.second(),
                            pair.measure(),
                            pair.value(),
                            pair.linear(),
                            least,
                            pair.rows()));
        }
    }

    /** Strongest first. */
    List<Association> strongest() {
        return pairs.stream()
                .filter(pair -> pair.chance() <= FALSE_RATE)
                .filter(pair -> size(pair.value(), pair.linear()) >= LEAST_STRENGTH)
                .sorted(Comparator.<Association>comparingDouble(pair -> -size(pair.value(), pair.linear()))
                        .thenComparing(Association::first)
                        .thenComparing(Association::second))
                .limit(MOST_FOUND)
                .toList();
    }

    private static double size(double value, double linear) {
        return Double.isNaN(linear) ? Math.abs(value) : Math.max(Math.abs(value), Math.abs(linear));
    }

    AssociationMatrix matrix() {
        int[] shown = IntStream.range(0, columns.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -greatest(i)))
                .limit(MATRIX_COLUMNS)
                .sorted()
                .mapToInt(i -> i)
                .toArray();
        List<double[]> rows = new ArrayList<>();
        for (int i : shown) {
            rows.add(IntStream.of(shown).mapToDouble(j -> strength[i][j]).toArray());
        }
        return new AssociationMatrix(
                IntStream.of(shown).mapToObj(i -> columns.get(i).name()).toList(), rows);
    }

    private double greatest(int i) {
        double greatest = 0;
        for (int j = 0; j < columns.size(); j++) {
            if (j != i && !Double.isNaN(strength[i][j])) {
                greatest = Math.max(greatest, Math.abs(strength[i][j]));
            }
        }
        return greatest;
    }
}
