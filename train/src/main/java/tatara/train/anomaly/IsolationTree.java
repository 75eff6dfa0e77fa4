package tatara.train.anomaly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tatara.model.tree.Tree;

/**
 * One tree in growth. A cut takes a raw column at random, one of its features, and a value between least and greatest; categories are
 * parted into random halves of their levels. Where some values are missing, every other cut parts missing from present; else missing
 * values go to a random side. Leaves hold the path length. Not thread-safe; used once.
 */
final class IsolationTree {
    private static final int TRIES_PER_FEATURE = 2;

    private final FeatureMatrix matrix;
    private final int[] rows;
    private final int deepest;
    private final SplittableRandom random;
    private final int[][] byColumn;
    private final List<Cut> cuts = new ArrayList<>();
    private final List<Double> leafValues = new ArrayList<>();
    private final List<Double> leafCovers = new ArrayList<>();

    /** A cut with its children; {@code codes} is null for a number. */
    private static final class Cut {
        final int feature;
        final double threshold;
        final long @Nullable [] codes;
        final boolean missingLeft;
        final double cover;
        int left;
        int right;

        Cut(int feature, double threshold, long @Nullable [] codes, boolean missingLeft, double cover) {
            this.feature = feature;
            this.threshold = threshold;
            this.codes = codes;
            this.missingLeft = missingLeft;
            this.cover = cover;
        }

        boolean goesLeft(float value) {
            if (Float.isNaN(value)) {
                return missingLeft;
            }
            if (codes == null) {
                return value <= threshold;
            }
            int code = (int) value;
            return code >> 6 < codes.length && (codes[code >> 6] >>> code & 1) != 0;
        }
    }

    IsolationTree(FeatureMatrix matrix, int[] rows, int deepest, SplittableRandom random) {
        this.matrix = matrix;
        this.rows = rows;
        this.deepest = deepest;
        this.random = random;
        Map<String, List<Integer>> features = new LinkedHashMap<>();
        for (int feature = 0; feature < matrix.outputs().size(); feature++) {
            features.computeIfAbsent(matrix.outputs().get(feature).column(), column -> new ArrayList<>())
                    .add(feature);
        }
        this.byColumn = features.values().stream()
                .map(list -> list.stream().mapToInt(feature -> feature).toArray())
                .toArray(int[][]::new);
    }

    Tree grow() {
        node(0, rows.length, 0);
        int count = cuts.size();
        long[][] categories = new long[cuts.stream().anyMatch(cut -> cut.codes != null) ? count : 0][];
        for (int i = 0; i < categories.length; i++) {
            categories[i] = cuts.get(i).codes;
        }
        boolean[] missingLeft = new boolean[count];
        for (int i = 0; i < count; i++) {
            missingLeft[i] = cuts.get(i).missingLeft;
        }
        return new Tree(
                cuts.stream().mapToInt(cut -> cut.feature).toArray(),
                cuts.stream().mapToDouble(cut -> cut.threshold).toArray(),
                cuts.stream().mapToInt(cut -> cut.left).toArray(),
                cuts.stream().mapToInt(cut -> cut.right).toArray(),
                missingLeft,
                categories,
                cuts.stream().mapToDouble(cut -> cut.cover).toArray(),
                leafValues.stream().mapToDouble(value -> value).toArray(),
                leafCovers.stream().mapToDouble(cover -> cover).toArray());
    }

    /** Grows below a node; gives its number, or that of a leaf as a negative one. */
    private int node(int from, int to, int depth) {
        Cut cut = depth >= deepest || to - from < 2 ? null : cut(from, to);
        if (cut == null) {
            leafValues.add(depth + IsolationForest.expectedPath(to - from));
            leafCovers.add((double) (to - from));
            return ~(leafValues.size() - 1);
        }
        int number = cuts.size();
        cuts.add(cut);
        int middle = part(from, to, cut);
        cut.left = node(from, middle, depth + 1);
        cut.right = node(middle, to, depth + 1);
        return number;
    }

    private int part(int from, int to, Cut cut) {
        float[] column = matrix.features()[cut.feature];
        int[] right = new int[to - from];
        int middle = from;
        int count = 0;
        for (int i = from; i < to; i++) {
            if (cut.goesLeft(column[rows[i]])) {
                rows[middle++] = rows[i];
            } else {
                right[count++] = rows[i];
            }
        }
        System.arraycopy(right, 0, rows, middle, count);
        return middle;
    }

    private @Nullable Cut cut(int from, int to) {
        int tries = TRIES_PER_FEATURE * byColumn.length;
        for (int i = 0; i < tries; i++) {
            int[] features = byColumn[random.nextInt(byColumn.length)];
            Cut cut = cut(features[random.nextInt(features.length)], from, to);
            if (cut != null) {
                return cut;
            }
        }
        int count = matrix.features().length;
        int start = random.nextInt(count);
        for (int i = 0; i < count; i++) {
            Cut cut = cut((start + i) % count, from, to);
            if (cut != null) {
                return cut;
            }
        }
        return null;
    }

    private @Nullable Cut cut(int feature, int from, int to) {
        float[] column = matrix.features()[feature];
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        int missing = 0;
        for (int i = from; i < to; i++) {
            float value = column[rows[i]];
            missing += Float.isNaN(value) ? 1 : 0;
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
        int size = to - from;
        boolean varies = low < high;
        if (missing > 0 && missing < size && (!varies || random.nextBoolean())) {
            return matrix.outputs().get(feature).isCategory()
                    ? new Cut(feature, 0, allCodes(feature), false, size)
                    : new Cut(feature, Double.MAX_VALUE, null, false, size);
        }
        if (!varies) {
            return null;
        }
        boolean missingLeft = random.nextBoolean();
        if (matrix.outputs().get(feature).isCategory()) {
            return new Cut(feature, 0, someCodes(feature, from, to), missingLeft, size);
        }
        double least = Math.max(low, -Float.MAX_VALUE);
        double greatest = Math.min(high, Float.MAX_VALUE);
        float threshold = (float) (least + random.nextDouble() * (greatest - least));
        return new Cut(feature, threshold >= high ? Math.nextDown(high) : threshold, null, missingLeft, size);
    }

    private long[] allCodes(int feature) {
        long[] codes = new long[matrix.outputs().get(feature).levels().size() / 64 + 1];
        Arrays.fill(codes, -1L);
        return codes;
    }

    /** A random part of the levels that are present: neither none nor all of them. */
    private long[] someCodes(int feature, int from, int to) {
        long[] present = new long[matrix.outputs().get(feature).levels().size() / 64 + 1];
        for (int i = from; i < to; i++) {
            float value = matrix.features()[feature][rows[i]];
            if (!Float.isNaN(value)) {
                present[(int) value >> 6] |= 1L << (int) value;
            }
        }
        while (true) {
            long[] codes = new long[present.length];
            boolean any = false;
            boolean all = true;
            for (int word = 0; word < codes.length; word++) {
                codes[word] = present[word] & random.nextLong();
                any |= codes[word] != 0;
                all &= codes[word] == present[word];
            }
            if (any && !all) {
                return codes;
            }
        }
    }
}
