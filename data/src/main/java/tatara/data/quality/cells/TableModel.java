package tatara.data.quality.cells;

import java.util.List;

/**
 * What the sample says about a table: its columns one by one, and which determine which. Gives the evidence about the cells of one row.
 * Not thread-safe.
 */
final class TableModel {
    /** Log-odds of an error before anything is known: one cell in fifty. */
    static final double PRIOR = Math.log(0.02 / 0.98);

    private static final int ROUNDS = 3;

    private final List<ColumnModel> columns;
    private final List<List<Dependency>> dependencies;

    private TableModel(List<ColumnModel> columns, List<List<Dependency>> dependencies) {
        this.columns = columns;
        this.dependencies = dependencies;
    }

    static TableModel learn(TableSample sample, long seed) {
        return new TableModel(
                sample.columns().stream().map(ColumnModel::new).toList(), Dependencies.find(sample, seed));
    }

    List<ColumnModel> columns() {
        return columns;
    }

    List<Dependency> dependencies(int column) {
        return dependencies.get(column);
    }

    /** Fills the evidence of a row: from each text alone, then from the dependencies, where a doubtful determinant counts less. */
    void weigh(RowCells row) {
        for (int column = 0; column < columns.size(); column++) {
            ValueTraits traits = row.traits[column];
            System.arraycopy(traits.evidence(), 0, row.evidence[column], 0, Signal.COUNT);
            row.logit[column] = alone(row.evidence[column]);
        }
        double[] doubt = new double[columns.size()];
        for (int round = 0; round < ROUNDS; round++) {
            for (int column = 0; column < doubt.length; column++) {
                doubt[column] = 1 / (1 + Math.exp(-row.logit[column]));
            }
            for (int column = 0; column < doubt.length; column++) {
                poll(row, column, doubt);
            }
        }
    }

    private static double alone(double[] evidence) {
        double misspelt = Math.max(
                evidence[Signal.MISSPELT_VALUE.ordinal()], evidence[Signal.MISSPELT_WORD.ordinal()]);
        double shape = evidence[Signal.RARE_SHAPE.ordinal()] + evidence[Signal.RARE_FORM.ordinal()];
        double letters =
                Math.max(evidence[Signal.RARE_LETTERS.ordinal()], evidence[Signal.RARE_WORD.ordinal()]);
        double rare = evidence[Signal.RARE_VALUE.ordinal()] + Math.max(shape, letters) + 0.2 * Math.min(shape, letters);
        return PRIOR + misspelt + rare + evidence[Signal.OUTLIER.ordinal()];
    }

    private void poll(RowCells row, int column, double[] doubt) {
        double sum = 0;
        double weights = 0;
        double weakSum = 0;
        double weakWeights = 0;
        List<Dependency> all = dependencies.get(column);
        for (Dependency dependency : all) {
            Dependency.Poll poll = dependency.poll(row.group(dependency), row.codes[column], row.sampled);
            if (poll.others() == 0 || isRefined(dependency, all, row)) {
                continue;
            }
            Grouping by = dependency.grouping;
            double sure = (1 - doubt[by.first]) * (by.second < 0 ? 1 : 1 - doubt[by.second]);
            double size = Math.min(3, Math.log(1 + poll.others()) / Math.log(2)) * sure;
            double evidence = dependency.evidence(poll, row.codes[column]);
            sum += dependency.weight() * size * evidence;
            weights += dependency.weight() * size;
            weakSum += size * evidence;
            weakWeights += size;
        }
        double strong = weights == 0 ? 0 : sum / Math.max(weights, 1);
        double[] evidence = row.evidence[column];
        evidence[Signal.DEPENDENCY.ordinal()] = strong;
        evidence[Signal.WEAK_DEPENDENCY.ordinal()] = weakWeights == 0 ? 0 : weakSum / Math.max(weakWeights, 1);
        row.logit[column] = alone(evidence) + strong;
    }

    /** Whether a dependency on this column and another one says more about the row. */
    private static boolean isRefined(Dependency dependency, List<Dependency> all, RowCells row) {
        if (dependency.grouping.second >= 0) {
            return false;
        }
        for (Dependency other : all) {
            if (other.grouping.second >= 0
                    && other.grouping.first == dependency.grouping.first
                    && other.poll(row.group(other), -1, row.sampled).others() >= 2) {
                return true;
            }
        }
        return false;
    }
}
