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
 * A column's values in the rows that are looked at.
 *
 * @param raw where they are stored
 * @param profile what the column is
 * @param codes per row, values numbered in the order of their first appearance; -1 for missing
 * @param numbers per row, times in microseconds since 1970, NaN for missing; empty for texts
 * @param texts distinct texts by their number; empty for numbers and times
 * @param levels distinct values
 */
record LookedColumn(
        RawColumn raw, ColumnProfile profile, int[] codes, double[] numbers, List<String> texts, int levels) {
    String name() {
        return profile.name();
    }

    boolean is(LookedColumn other) {
        return name().equals(other.name());
    }

    ColumnType type() {
        return profile.type();
    }

    boolean isNumeric() {
        return type().kind() != Kind.TEXT;
    }

    boolean isNumber() {
        return type().kind() == Kind.NUMBER;
    }

    boolean isMissing(int row) {
        return codes[row] < 0;
    }

    /** Rows of each value. */
    int[] counts() {
        int[] counts = new int[levels];
        for (int code : codes) {
            if (code >= 0) {
                counts[code]++;
            }
        }
        return counts;
    }

    /** Rows with a value. */
    int present() {
        int present = 0;
        for (int code : codes) {
            present += code >= 0 ? 1 : 0;
        }
        return present;
    }

    /** The numbers that are there, in rising order. */
    double[] sorted() {
        double[] values = new double[present()];
        int at = 0;
        for (double number : numbers) {
            if (!Double.isNaN(number)) {
                values[at++] = number;
            }
        }
        Arrays.sort(values);
        return values;
    }

    /** A value as people write it. */
    String shown(int row) {
        return isNumeric() ? ValueText.of(numbers[row], type() == ColumnType.TIME) : texts.get(codes[row]);
    }

    /** Collects batches of parsed cells. */
    static final class Builder {
        private final RawColumn raw;
        private final ColumnProfile profile;
        private final int[] codes;
        private final double[] numbers;
        private final List<String> texts = new ArrayList<>();
        private final Map<Object, Integer> index = new HashMap<>();
        private int rows;

        /** @param most rows that will be added at most */
        Builder(RawColumn raw, ColumnProfile profile, int most) {
            this.raw = raw;
            this.profile = profile;
            this.codes = new int[most];
            this.numbers = new double[profile.type().kind() == Kind.TEXT ? 0 : most];
        }

        void add(Column column) {
            if (column instanceof TextColumn given) {
                addTexts(given);
                return;
            }
            for (int row = 0; row < column.size(); row++) {
                double value = column instanceof NumberColumn given
                        ? given.values()[row]
                        : column.isMissing(row) ? Double.NaN : ((TimeColumn) column).micros()[row];
                numbers[rows] = value;
                codes[rows++] = Double.isNaN(value) ? -1 : code(value + 0.0);
            }
        }

        private void addTexts(TextColumn given) {
            int[] known = new int[given.dictionary().length];
            Arrays.fill(known, -1);
            for (int row = 0; row < given.size(); row++) {
                int local = given.codes()[row];
                if (local >= 0 && known[local] < 0) {
                    String text = given.dictionary()[local];
                    known[local] = code(text);
                    if (known[local] == texts.size()) {
                        texts.add(text);
                    }
                }
                codes[rows++] = local < 0 ? -1 : known[local];
            }
        }

        private int code(Object value) {
            Integer known = index.putIfAbsent(value, index.size());
            return known == null ? index.size() - 1 : known;
        }

        LookedColumn build() {
            return new LookedColumn(
                    raw,
                    profile,
                    rows == codes.length ? codes : Arrays.copyOf(codes, rows),
                    numbers.length <= rows ? numbers : Arrays.copyOf(numbers, rows),
                    List.copyOf(texts),
                    index.size());
        }
    }
}
