package tatara.train.learner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import tatara.model.tree.Tree;

/** Reads the trees of LightGBM's text format (version 4). */
final class LightGbmText {
    private static final int CATEGORICAL = 1;
    private static final int DEFAULT_LEFT = 2;
    private static final int MISSING_SHIFT = 2;
    private static final int MISSING_NAN = 2;

    private LightGbmText() {}

    /** The trees in training order. */
    static List<Tree> trees(String text) {
        List<Tree> trees = new ArrayList<>();
        Map<String, String> block = new HashMap<>();
        boolean inside = false;
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end < 0 ? text.length() : end).strip();
            at = end < 0 ? text.length() : end + 1;
            boolean starts = line.startsWith("Tree=");
            if (starts || line.equals("end of trees")) {
                if (inside) {
                    trees.add(tree(block));
                }
                block.clear();
                inside = starts;
            } else if (inside) {
                int sign = line.indexOf('=');
                if (sign > 0) {
                    block.put(line.substring(0, sign), line.substring(sign + 1));
                }
            }
        }
        return trees;
    }

    private static Tree tree(Map<String, String> block) {
        int leaves = Integer.parseInt(field(block, "num_leaves"));
        double[] leafValue = doubles(field(block, "leaf_value"), leaves);
        if (leaves == 1) {
            String count = block.getOrDefault("leaf_count", "");
            return Tree.leaf(leafValue[0], count.isBlank() ? 1 : Math.max(1, Double.parseDouble(count)));
        }
        int nodes = leaves - 1;
        double[] threshold = doubles(field(block, "threshold"), nodes);
        int[] decision = integers(field(block, "decision_type"), nodes);
        boolean[] defaultLeft = new boolean[nodes];
        boolean anyCategory = false;
        for (int node = 0; node < nodes; node++) {
            boolean category = (decision[node] & CATEGORICAL) != 0;
            anyCategory |= category;
            boolean keepsMissing = decision[node] >> MISSING_SHIFT == MISSING_NAN;
            boolean leftByFlag = (decision[node] & DEFAULT_LEFT) != 0;
            defaultLeft[node] = !category && (keepsMissing ? leftByFlag : 0 <= threshold[node]);
        }
        long[][] categories = anyCategory ? categories(block, decision, threshold) : new long[0][];
        return new Tree(
                integers(field(block, "split_feature"), nodes),
                threshold,
                integers(field(block, "left_child"), nodes),
                integers(field(block, "right_child"), nodes),
                defaultLeft,
                categories,
                doubles(field(block, "internal_count"), nodes),
                leafValue,
                doubles(field(block, "leaf_count"), leaves));
    }

    /** The sets of codes that go left; thresholds of those nodes, which are set numbers, become 0. */
    private static long[][] categories(Map<String, String> block, int[] decision, double[] threshold) {
        int sets = Integer.parseInt(field(block, "num_cat"));
        int[] boundaries = integers(field(block, "cat_boundaries"), sets + 1);
        int[] words = integers(field(block, "cat_threshold"), boundaries[sets]);
        long[][] categories = new long[threshold.length][];
        for (int node = 0; node < threshold.length; node++) {
            if ((decision[node] & CATEGORICAL) != 0) {
                int set = (int) threshold[node];
                int size = boundaries[set + 1] - boundaries[set];
                long[] codes = new long[(size + 1) / 2];
                for (int i = 0; i < size; i++) {
                    codes[i / 2] |= (words[boundaries[set] + i] & 0xFFFFFFFFL) << (32 * (i % 2));
                }
                categories[node] = codes;
                threshold[node] = 0;
            }
        }
        return categories;
    }

    private static String field(Map<String, String> block, String name) {
        String value = block.get(name);
        if (value == null) {
            throw new IllegalArgumentException("tree without " + name + " (expected: LightGBM's text format 4)");
        }
        return value;
    }

    private static double[] doubles(String text, int size) {
        double[] values = new double[size];
        StringTokenizer tokens = tokens(text, size);
        for (int i = 0; i < size; i++) {
            String token = tokens.nextToken();
            values[i] = switch (token) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                case "nan", "-nan" -> Double.NaN;
                default -> Double.parseDouble(token);
            };
        }
        return values;
    }

    private static int[] integers(String text, int size) {
        int[] values = new int[size];
        StringTokenizer tokens = tokens(text, size);
        for (int i = 0; i < size; i++) {
            values[i] = (int) Long.parseLong(tokens.nextToken());
        }
        return values;
    }

    private static StringTokenizer tokens(String text, int size) {
        StringTokenizer tokens = new StringTokenizer(text, " ");
        if (tokens.countTokens() != size) {
            throw new IllegalArgumentException(tokens.countTokens() + " values (expected: " + size + ")");
        }
        return tokens;
    }
}
