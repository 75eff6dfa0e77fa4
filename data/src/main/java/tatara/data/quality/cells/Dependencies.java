package tatara.data.quality.cells;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds which columns mostly determine which others. A dependency counts if rows agree with the others of their group more than they
 * do after the dependent column was shuffled, and it is trusted by how often they agree. Keys determine everything and say nothing: only
 * rows with others in their group are looked at.
 */
final class Dependencies {
    private static final int SCREEN_ROWS = 20_000;
    private static final int MOST_FOR_EACH = 12;
    private static final int MOST_REFINED = 4;

    /** Dependencies on one column, at most. */
    static final int MOST = MOST_FOR_EACH + MOST_REFINED;

    private static final Comparator<Dependency> ORDER = Comparator.comparingDouble(
                    (Dependency dependency) -> -dependency.weight())
            .thenComparingDouble(dependency -> -dependency.agreement())
            .thenComparingInt(dependency -> dependency.grouping.first)
            .thenComparingInt(dependency -> dependency.grouping.second);

    private final TableSample sample;
    private final int[] shuffled;

    private Dependencies(TableSample sample, long seed) {
        this.sample = sample;
        this.shuffled = shuffle(sample.size(), seed);
    }

    /** The dependencies on each column, the most trusted first. */
    static List<List<Dependency>> find(TableSample sample, long seed) {
        Dependencies search = new Dependencies(sample, seed);
        List<List<Dependency>> found = new ArrayList<>();
        for (int to = 0; to < sample.width(); to++) {
            List<Dependency> all = new ArrayList<>();
            for (int from = 0; from < sample.width(); from++) {
                if (from != to && search.isCandidate(from, to)) {
                    search.examine(Grouping.by(sample, from), to, 0).ifPresent(all::add);
                }
            }
            all.sort(ORDER);
            all.subList(Math.min(MOST_FOR_EACH, all.size()), all.size()).clear();
            all.addAll(search.refined(all, to));
            found.add(List.copyOf(all));
        }
        return found;
    }

    /** Dependencies on two columns, where the exceptions from one are explained by another. */
    private List<Dependency> refined(List<Dependency> single, int to) {
        List<Dependency> found = new ArrayList<>();
        for (Dependency dependency : single) {
            if (dependency.weight() < 0.3 || dependency.agreement() > 0.995 || found.size() >= MOST_REFINED) {
                continue;
            }
            int first = dependency.grouping.first;
            List<Dependency> both = new ArrayList<>();
            for (int second = 0; second < sample.width(); second++) {
                boolean few = sample.column(second).distinct() <= 0.2 * sample.size();
                if (second != first && second != to && few && isCandidate(second, to)) {
                    double least = dependency.agreement() + 0.3 * (1 - dependency.agreement());
                    examine(Grouping.by(sample, first, second), to, least).ifPresent(both::add);
                }
            }
            both.sort(ORDER);
            found.addAll(both.subList(0, Math.min(1, both.size())));
        }
        return found;
    }

    private boolean isCandidate(int from, int to) {
        CodedColumn determinant = sample.column(from);
        CodedColumn dependent = sample.column(to);
        int rows = sample.size();
        return determinant.distinct() > 1
                && dependent.distinct() > 1
                && determinant.distinct() <= 0.98 * rows
                && dependent.distinct() <= 0.9 * rows;
    }

    private Optional<Dependency> examine(Grouping from, int to, double leastAgreement) {
        if (sample.size() > SCREEN_ROWS && !measure(from, to, SCREEN_ROWS).isUseful()) {
            return Optional.empty();
        }
        Measured measured = measure(from, to, sample.size());
        boolean covers = leastAgreement == 0 || measured.compared() >= 0.7 * sample.size();
        if (!measured.isUseful() || measured.agreement() < leastAgreement || !covers) {
            return Optional.empty();
        }
        measured.dependency().judge(measured.agreement(), measured.trust());
        return Optional.of(measured.dependency());
    }

    /**
     * How well a dependency holds.
     *
     * @param agreement share of compared rows that agree with their group
     * @param telling rows with another value than the column's most frequent that agree with their group
     * @param byChance the same after shuffling
     * @param repeated share of the rows that disagree whose value others of the group have too
     */
    private record Measured(
            Dependency dependency,
            double compared,
            double agreement,
            double telling,
            double byChance,
            double repeated) {
        boolean isUseful() {
            return compared >= 10 && telling >= 3 && telling >= 4 * (byChance + 0.5) && agreement >= 0.5;
        }

        double trust() {
            double held = Math.max(0, Math.min(1, (agreement - 0.8) / 0.12));
            double scattered = Math.max(0, Math.min(1, (0.7 - repeated) / 0.3));
            return Math.max(0.01, held * Math.max(scattered, (agreement - 0.95) / 0.05));
        }
    }

    private Measured measure(Grouping from, int to, int most) {
        int rows = Math.min(most, sample.size());
        int[] determinant = from.groups(sample, rows);
        int[] dependent = Arrays.copyOf(sample.column(to).codes, rows);
        boolean[] missing = Grouping.missing(sample.column(to));
        Dependency dependency = new Dependency(from, to, determinant, dependent, missing);
        int mode = mode(sample.column(to));
        double[] real = agreement(dependency, determinant, dependent, missing, mode);
        int[] mixed = new int[rows];
        int next = 0;
        for (int row : shuffled) {
            if (row < rows) {
                mixed[next++] = dependent[row];
            }
        }
        Dependency chance = new Dependency(from, to, determinant, mixed, missing);
        double[] byChance = agreement(chance, determinant, mixed, missing, mode);
        return new Measured(
                dependency,
                real[0],
                real[0] == 0 ? 0 : real[1] / real[0],
                real[2],
                byChance[2],
                real[4] / Math.max(1, real[3]));
    }

    /**
     * Rows compared, rows that agree, rows that agree in a value that is not the most frequent, rows that disagree, and of these the rows
     * whose value is repeated.
     */
    private static double[] agreement(
            Dependency dependency, int[] determinant, int[] dependent, boolean[] missing, int mode) {
        double[] sums = new double[5];
        for (int row = 0; row < determinant.length; row++) {
            int value = dependent[row];
            Dependency.Poll poll = dependency.poll(determinant[row], value, true);
            if (poll.others() == 0 || missing[value] || (poll.value() >= 0 && missing[poll.value()])) {
                continue;
            }
            double agrees = poll.value() == value ? 1 : poll.same() == poll.count() ? 0.5 : 0;
            sums[0]++;
            sums[1] += agrees;
            sums[2] += value == mode ? 0 : agrees;
            sums[3] += agrees == 0 ? 1 : 0;
            sums[4] += agrees == 0 && poll.same() > 0 ? 1 : 0;
        }
        return sums;
    }

    private static int mode(CodedColumn column) {
        int mode = 0;
        for (int code = 1; code < column.distinct(); code++) {
            if (column.counts[code] > column.counts[mode]) {
                mode = code;
            }
        }
        return mode;
    }

    /** Fisher and Yates, with a hash for the random numbers. */
    private static int[] shuffle(int size, long seed) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        for (int i = size - 1; i > 0; i--) {
            int other = (int) Long.remainderUnsigned(Mix.of(seed, i), i + 1L);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
