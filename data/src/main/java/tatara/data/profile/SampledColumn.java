package tatara.data.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.frame.Column;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;

/**
 * A column's values in a sample of rows.
 *
 * @param profile what the column is
 * @param codes per row, values numbered in the order of their first appearance; -1 for missing
 * @param levels distinct values
 * @param names what the first {@value #NAMED} of them are, for people
 * @param numbers per row, NaN for missing; empty if the values are no numbers
 * @param fingerprint of the values row by row
 */
record SampledColumn(
        ColumnProfile profile, int[] codes, int levels, List<String> names, double[] numbers, long fingerprint) {
    static final int NAMED = 100;
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    String name() {
        return profile.name();
    }

    int rows() {
        return codes.length;
    }

    boolean isNumeric() {
        return numbers.length > 0;
    }

    /** Of the numbering alone: equal for columns that are one-to-one recodings of each other. */
    long shape() {
        long hash = 0;
        for (int code : codes) {
            hash = (hash ^ code) * PRIME;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    /** Rows that do not hold the most frequent value. */
    int unusualRows() {
        int[] counts = new int[levels + 1];
        int most = 0;
        for (int code : codes) {
            most = Math.max(most, ++counts[code + 1]);
        }
        return codes.length - most;
    }

    /** Collects batches of parsed cells. */
    static final class Builder {
        private final ColumnProfile profile;
        private final int[] codes;
        private final double[] numbers;
        private final Map<Object, Integer> index = new HashMap<>();
        private final List<String> names = new ArrayList<>();
        private long fingerprint;
        private int rows;

        /** @param rows how many will be added */
        Builder(ColumnProfile profile, int rows) {
            this.profile = profile;
            this.codes = new int[rows];
            this.numbers = new double[profile.type().kind() == Kind.TEXT ? 0 : rows];
        }

        /** @param kept which rows of the batch count */
        void add(Column column, boolean[] kept) {
            if (column instanceof TextColumn texts) {
                addTexts(texts, kept);
                return;
            }
            for (int row = 0; row < column.size(); row++) {
                if (kept[row]) {
                    double value = column instanceof NumberColumn given
                            ? given.values()[row]
                            : column.isMissing(row) ? Double.NaN : ((TimeColumn) column).micros()[row];
                    numbers[rows] = value;
                    add(Double.isNaN(value) ? -1 : code(value + 0.0), Double.doubleToLongBits(value + 0.0));
                }
            }
        }

        private void addTexts(TextColumn texts, boolean[] kept) {
            int[] known = new int[texts.dictionary().length];
            Arrays.fill(known, -1);
            for (int row = 0; row < texts.size(); row++) {
                if (!kept[row]) {
                    continue;
                }
                int local = texts.codes()[row];
                if (local < 0) {
                    add(-1, 0);
                    continue;
                }
                if (known[local] < 0) {
                    known[local] = code(texts.dictionary()[local]);
                }
                add(known[local], texts.dictionary()[local].hashCode());
            }
        }

        private int code(Object value) {
            Integer known = index.putIfAbsent(value, index.size());
            if (known == null && names.size() < NAMED) {
                boolean time = profile.type() == ColumnType.TIME;
                names.add(value instanceof Double number ? ValueText.of(number, time) : value.toString());
            }
            return known == null ? index.size() - 1 : known;
        }

        private void add(int code, long value) {
            codes[rows++] = code;
            fingerprint = (fingerprint ^ (code < 0 ? 1 : value)) * PRIME;
            fingerprint ^= fingerprint >>> 31;
        }

        SampledColumn build() {
            return new SampledColumn(profile, codes, index.size(), List.copyOf(names), numbers, fingerprint);
        }
    }
}
