package tatara.data.profile;

import java.util.Arrays;
import java.util.List;

/**
 * Rows grouped by the values of one or two columns; rows without a value are in no group.
 *
 * @param columns that make the groups
 * @param codes group of each row, -1 for none
 * @param groups how many
 * @param order rows of the groups one after the other, in the order of rows within each
 * @param starts where each group begins in the order, and where the last ends
 */
record Grouping(List<LookedColumn> columns, int[] codes, int groups, int[] order, int[] starts) {
    private static final int DIRECT = 1 << 21;

    static Grouping of(LookedColumn column) {
        return of(List.of(column), column.codes(), column.levels());
    }

    /** By both columns. */
    static Grouping of(LookedColumn first, LookedColumn second) {
        return paired(List.of(first, second), first.codes(), second.codes(), first.levels(), second.levels());
    }

    static Grouping paired(List<LookedColumn> columns, int[] one, int[] other, int levels, int otherLevels) {
        int[] codes = new int[one.length];
        int groups = 0;
        if ((long) levels * otherLevels <= DIRECT) {
            int[] known = new int[levels * otherLevels];
            for (int row = 0; row < codes.length; row++) {
                if (one[row] < 0 || other[row] < 0) {
                    codes[row] = -1;
                    continue;
                }
                int place = one[row] * otherLevels + other[row];
                known[place] = known[place] == 0 ? ++groups : known[place];
                codes[row] = known[place] - 1;
            }
            return of(columns, codes, groups);
        }
        Numbering numbering = new Numbering(one.length);
        for (int row = 0; row < codes.length; row++) {
            codes[row] = one[row] < 0 || other[row] < 0 ? -1 : numbering.of((long) one[row] * otherLevels + other[row]);
        }
        return of(columns, codes, numbering.size());
    }

    private static Grouping of(List<LookedColumn> columns, int[] codes, int groups) {
        int[] starts = new int[groups + 1];
        for (int code : codes) {
            if (code >= 0) {
                starts[code + 1]++;
            }
        }
        for (int group = 0; group < groups; group++) {
            starts[group + 1] += starts[group];
        }
        int[] next = Arrays.copyOf(starts, groups);
        int[] order = new int[starts[groups]];
        for (int row = 0; row < codes.length; row++) {
            if (codes[row] >= 0) {
                order[next[codes[row]]++] = row;
            }
        }
        return new Grouping(columns, codes, groups, order, starts);
    }

    /** Rows that are in a group. */
    int rows() {
        return order.length;
    }

    /**
     * Least number of rows to change so that each group agrees in a dependent column; rows without a value of it are left out.
     *
     * @param dependent codes of the dependent column
     * @param levels how many there are
     * @param most errors after which counting ends
     */
    Errors errors(int[] dependent, int levels, double most) {
        int[] counts = new int[levels];
        long errors = 0;
        long rows = 0;
        for (int group = 0; group < groups && errors <= most; group++) {
            int start = starts[group];
            int end = starts[group + 1];
            int greatest = 0;
            int all = 0;
            for (int i = start; i < end; i++) {
                int code = dependent[order[i]];
                if (code >= 0) {
                    all++;
                    greatest = Math.max(greatest, ++counts[code]);
                }
            }
            for (int i = start; i < end; i++) {
                int code = dependent[order[i]];
                if (code >= 0) {
                    counts[code] = 0;
                }
            }
            errors += all - greatest;
            rows += all;
        }
        return new Errors(errors, rows);
    }

    /** Errors among rows. */
    record Errors(long errors, long rows) {
        double share() {
            return rows == 0 ? 1 : (double) errors / rows;
        }
    }
}
