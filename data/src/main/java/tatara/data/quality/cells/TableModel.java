package tatara.data.quality.cells;

import java.util.Arrays;
import java.util.List;

/**
 * What the sample says about a table: its columns one by one, and which determine which. Gives the evidence about the cells of one row.
 * Not thread-safe.
 */
final class TableModel {
    /** Log-odds of an error before anything is known: one cell in fifty. */
    static final double PRIOR = Math.log(0.02 / 0.98);

    private static final int ROUNDS = 3;
    private static final double DETERMINES = 3;

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

    /** On one column by trust, then those on two. */
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
        for (int column = 0; column < columns.size(); column++) {
            poll(row, column);
        }
        determinants(row);
        double[] doubt = row.doubt;
        for (int round = 0; round < ROUNDS; round++) {
            for (int column = 0; column < doubt.length; column++) {
                doubt[column] = 1 / (1 + Math.exp(-row.logit[column]));
            }
            for (int column = 0; column < doubt.length; column++) {
                combine(row, column);
            }
        }
    }

    private static double alone(double[] evidence) {
        double misspelt = Math.max(evidence[Signal.MISSPELT_VALUE.slot], evidence[Signal.MISSPELT_WORD.slot]);
        double shape = evidence[Signal.RARE_SHAPE.slot] + evidence[Signal.RARE_FORM.slot];
        double letters = Math.max(evidence[Signal.RARE_LETTERS.slot], evidence[Signal.RARE_WORD.slot]);
        double rare = evidence[Signal.RARE_VALUE.slot] + Math.max(shape, letters) + 0.2 * Math.min(shape, letters);
        return PRIOR + misspelt + rare + evidence[Signal.OUTLIER.slot] + evidence[Signal.GARBLED.slot];
    }

    /** What each dependency says of the cell, and how many rows stand behind it. */
    private void poll(RowCells row, int column) {
        List<Dependency> all = dependencies.get(column);
        double[] votes = row.votes[column];
        double[] sizes = row.sizes[column];
        for (int i = 0; i < all.size(); i++) {
            Dependency dependency = all.get(i);
            Dependency.Poll poll = dependency.poll(row.group(dependency), row.codes[column], row.sampled);
            boolean speaks = poll.others() > 0 && !isRefined(dependency, all, row);
            sizes[i] = speaks ? Math.min(3, Math.log(1 + poll.others()) / Math.log(2)) : 0;
            votes[i] = speaks ? dependency.evidence(poll, row.codes[column]) : 0;
        }
    }

    /** A column that should determine several others and fits none of them is wrong itself; one that fits most is right. */
    private void determinants(RowCells row) {
        double[] against = row.doubt;
        double[] all = new double[against.length];
        Arrays.fill(against, 0);
        for (int column = 0; column < columns.size(); column++) {
            List<Dependency> on = dependencies.get(column);
            for (int i = 0; i < on.size() && !row.traits[column].missing(); i++) {
                Dependency dependency = on.get(i);
                if (dependency.grouping.second < 0 && dependency.weight() >= 0.5 && row.sizes[column][i] > 1) {
                    all[dependency.grouping.first]++;
                    against[dependency.grouping.first] += row.votes[column][i] > 0 ? 1 : 0;
                }
            }
        }
        for (int column = 0; column < all.length; column++) {
            double share = all[column] < 2 ? 0.5 : against[column] / all[column];
            row.evidence[column][Signal.DETERMINANT.slot] =
                    DETERMINES * (2 * share - 1) * Math.min(1, (all[column] - 1) / 2);
        }
    }

    private void combine(RowCells row, int column) {
        double sum = 0;
        double weights = 0;
        double weakSum = 0;
        double weakWeights = 0;
        List<Dependency> all = dependencies.get(column);
        for (int i = 0; i < all.size(); i++) {
            double size = row.sizes[column][i];
            if (size > 0) {
                Dependency dependency = all.get(i);
                size *= 1 - row.doubt[dependency.grouping.first];
                size *= dependency.grouping.second < 0 ? 1 : 1 - row.doubt[dependency.grouping.second];
                sum += dependency.weight() * size * row.votes[column][i];
                weights += dependency.weight() * size;
                weakSum += size * row.votes[column][i];
                weakWeights += size;
            }
        }
        double strong = weights == 0 ? 0 : sum / Math.max(weights, 1);
        double[] evidence = row.evidence[column];
        evidence[Signal.DEPENDENCY.slot] = strong;
        evidence[Signal.WEAK_DEPENDENCY.slot] = weakWeights == 0 ? 0 : weakSum / Math.max(weakWeights, 1);
        row.logit[column] = alone(evidence) + strong + evidence[Signal.DETERMINANT.slot];
    }

    /** Whether a dependency on this column and another one says more about the row. */
    private static boolean isRefined(Dependency dependency, List<Dependency> all, RowCells row) {
        if (dependency.grouping.second >= 0) {
            return false;
        }
        for (int i = all.size() - 1; i >= 0 && all.get(i).grouping.second >= 0; i--) {
            Dependency other = all.get(i);
            if (other.grouping.first == dependency.grouping.first
                    && other.poll(row.group(other), -1, row.sampled).others() >= 2) {
                return true;
            }
        }
        return false;
    }
}
