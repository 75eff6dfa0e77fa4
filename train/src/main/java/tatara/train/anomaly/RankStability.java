package tatara.train.anomaly;

import java.util.Arrays;
import java.util.BitSet;

/** How far two rankings of the same rows agree. */
final class RankStability {
    private RankStability() {}

    /** Spearman's rank correlation, ties at their mean rank; NaN if a ranking is all ties. */
    static double spearman(double[] a, double[] b) {
        double[] ranksA = ranks(a);
        double[] ranksB = ranks(b);
        double middle = (a.length - 1) / 2.0;
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (ranksA[i] - middle) * (ranksB[i] - middle);
            aa += (ranksA[i] - middle) * (ranksA[i] - middle);
            bb += (ranksB[i] - middle) * (ranksB[i] - middle);
        }
        return aa == 0 || bb == 0 ? Double.NaN : ab / Math.sqrt(aa * bb);
    }

    /** Of the highest rows of one ranking, the share that is among the highest of the other. */
    static double topAgreement(double[] a, double[] b, int count) {
        BitSet both = top(a, count);
        both.and(top(b, count));
        return (double) both.cardinality() / count;
    }

    private static BitSet top(double[] values, int count) {
        Integer[] order = order(values);
        BitSet top = new BitSet();
        for (int i = values.length - count; i < values.length; i++) {
            top.set(order[i]);
        }
        return top;
    }

    private static double[] ranks(double[] values) {
        Integer[] order = order(values);
        double[] ranks = new double[values.length];
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + to - 1) / 2.0;
            }
            from = to;
        }
        return ranks;
    }

    private static Integer[] order(double[] values) {
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (i, j) -> Double.compare(values[i], values[j]));
        return order;
    }
}
