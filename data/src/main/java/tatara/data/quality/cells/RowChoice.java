package tatara.data.quality.cells;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the rows whose labels would teach most: cells of a column with the same shape and a like suspicion form a cluster, and a row
 * is worth the more the larger and the less certain its clusters are, as long as no row with them has been labelled (after Raha, Mahdavi
 * and others 2019, with coverage in place of sampling). Deterministic by seed.
 */
final class RowChoice {
    private final int[][] clusters;
    private final double[] worth;
    private final int[] labelled;
    private final int rows;
    private final long seed;

    /**
     * @param logits log-odds by column and row of the sample
     */
    RowChoice(TableSample sample, float[][] logits, long seed) {
        this.rows = sample.size();
        this.seed = seed;
        this.clusters = new int[sample.width()][rows];
        List<double[]> sums = new ArrayList<>();
        for (int column = 0; column < clusters.length; column++) {
            Map<Long, Integer> numbers = new HashMap<>();
            long[] shapes = shapes(sample.column(column));
            for (int row = 0; row < rows; row++) {
                float logit = logits[column][row];
                long key = Mix.of(shapes[sample.column(column).codes[row]], level(logit));
                Integer number = numbers.get(key);
                if (number == null) {
                    number = sums.size();
                    numbers.put(key, number);
                    sums.add(new double[2]);
                }
                clusters[column][row] = number;
                double probability = 1 / (1 + Math.exp(-logit));
                sums.get(number)[0]++;
                sums.get(number)[1] += Math.min(probability, 1 - probability);
            }
        }
        this.worth = new double[sums.size()];
        this.labelled = new int[sums.size()];
        for (int i = 0; i < worth.length; i++) {
            double[] sum = sums.get(i);
            worth[i] = Math.sqrt(sum[0]) * (0.05 + sum[1] / sum[0]);
        }
    }

    private static int level(double logit) {
        return logit < -3.5 ? 0 : logit < -2 ? 1 : logit < 0 ? 2 : logit < 2 ? 3 : 4;
    }

    private static long[] shapes(CodedColumn column) {
        long[] shapes = new long[column.distinct()];
        for (int code = 0; code < shapes.length; code++) {
            String text = column.values[code];
            shapes[code] = CellFeatures.hash(CellTexts.isMissing(text) ? "missing " + text : TextShape.words(text));
        }
        return shapes;
    }

    /** Tells that a row of the sample is labelled. */
    void learned(int row) {
        for (int[] cluster : clusters) {
            labelled[cluster[row]]++;
        }
    }

    /** The next rows of the sample, most worth first, none of those given. */
    List<Integer> choose(int count, int[] without) {
        boolean[] taken = new boolean[rows];
        for (int row : without) {
            taken[row] = true;
        }
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < Math.min(count, rows - without.length)) {
            int best = -1;
            double most = -1;
            for (int row = 0; row < rows; row++) {
                if (!taken[row]) {
                    double value = value(row);
                    if (value > most) {
                        most = value;
                        best = row;
                    }
                }
            }
            taken[best] = true;
            learned(best);
            chosen.add(best);
        }
        return chosen;
    }

    private double value(int row) {
        double sum = 0;
        for (int[] cluster : clusters) {
            int number = cluster[row];
            sum += worth[number] / (1 + 4.0 * labelled[number] * labelled[number]);
        }
        return sum * (1 + 0.02 * ((Mix.of(seed, row) >>> 40) / (double) (1 << 24)));
    }
}
