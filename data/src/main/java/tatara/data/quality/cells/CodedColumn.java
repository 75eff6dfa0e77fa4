package tatara.data.quality.cells;

import java.util.HashMap;
import java.util.Map;

/** One column of the sample: distinct texts, numbered by first appearance, with their counts. Read-only once built. */
final class CodedColumn {
    final String name;
    final int[] codes;
    final String[] values;
    final int[] counts;
    private final Map<String, Integer> index;

    CodedColumn(String name, int[] codes, Map<String, Integer> index) {
        this.name = name;
        this.codes = codes;
        this.index = index;
        this.values = new String[index.size()];
        index.forEach((value, code) -> values[code] = value);
        this.counts = new int[values.length];
        for (int code : codes) {
            counts[code]++;
        }
    }

    /** The number of a text, or -1 if the sample does not hold it. */
    int code(String value) {
        return index.getOrDefault(value, -1);
    }

    int distinct() {
        return values.length;
    }

    int rows() {
        return codes.length;
    }

    /** Collects a column row by row. */
    static final class Builder {
        private final String name;
        private final Map<String, Integer> index = new HashMap<>();
        private int[] codes = new int[1024];
        private int size;

        Builder(String name) {
            this.name = name;
        }

        void add(String value) {
            if (size == codes.length) {
                codes = java.util.Arrays.copyOf(codes, size + (size >> 1));
            }
            Integer known = index.get(value);
            if (known == null) {
                known = index.size();
                index.put(value, known);
            }
            codes[size++] = known;
        }

        CodedColumn build() {
            return new CodedColumn(name, java.util.Arrays.copyOf(codes, size), index);
        }
    }
}
