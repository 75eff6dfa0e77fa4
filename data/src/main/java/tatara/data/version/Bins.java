package tatara.data.version;

import java.util.ArrayList;
import java.util.List;

/** Counts of two samples in the same bins. Not thread-safe. */
final class Bins {
    private final List<long[]> counts = new ArrayList<>();

    void add(long before, long after) {
        counts.add(new long[] {before, after});
    }

    /** Sum of (a - b) ln(a / b) over shares; half a row is added to each bin, so that empty ones stay finite. */
    double psi() {
        double[] total = totals(counts);
        if (total[0] == 0 || total[1] == 0) {
            return 0;
        }
        double psi = 0;
        for (long[] bin : counts) {
            if (bin[0] + bin[1] > 0) {
                double before = (bin[0] + 0.5) / (total[0] + 0.5 * counts.size());
                double after = (bin[1] + 0.5) / (total[1] + 0.5 * counts.size());
                psi += (after - before) * Math.log(after / before);
            }
        }
        return psi;
    }

    double chiSquare() {
        List<long[]> merged = merged();
        double[] total = totals(merged);
        double all = total[0] + total[1];
        double sum = 0;
        for (long[] bin : merged) {
            for (int side = 0; side < 2; side++) {
                double expected = (bin[0] + bin[1]) * total[side] / all;
                sum += expected == 0 ? 0 : (bin[side] - expected) * (bin[side] - expected) / expected;
            }
        }
        return sum;
    }

    int degrees() {
        double[] total = totals(counts);
        return total[0] == 0 || total[1] == 0 ? 0 : Math.max(0, merged().size() - 1);
    }

    /** Bins in which either sample expects fewer than five rows are taken together; what is left over joins the last. */
    private List<long[]> merged() {
        double[] total = totals(counts);
        double least = Math.min(total[0], total[1]) / Math.max(1, total[0] + total[1]);
        List<long[]> merged = new ArrayList<>();
        long[] open = {0, 0};
        for (long[] bin : counts) {
            if ((bin[0] + bin[1]) * least >= 5) {
                merged.add(bin.clone());
            } else {
                open[0] += bin[0];
                open[1] += bin[1];
            }
        }
        if ((open[0] + open[1]) * least >= 5 || merged.isEmpty()) {
            merged.add(open);
        } else {
            merged.get(merged.size() - 1)[0] += open[0];
            merged.get(merged.size() - 1)[1] += open[1];
        }
        return merged;
    }

    private static double[] totals(List<long[]> counts) {
        double[] total = new double[2];
        for (long[] bin : counts) {
            total[0] += bin[0];
            total[1] += bin[1];
        }
        return total;
    }
}
