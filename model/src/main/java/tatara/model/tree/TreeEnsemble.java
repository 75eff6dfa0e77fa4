package tatara.model.tree;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import tatara.model.calibrate.Link;
import tatara.model.ensemble.Scorer;

/**
 * Boosted trees or a forest: the margin of an output is its base score plus {@code scale} times the sum of its trees' leaves,
 * then the link. Tree {@code t} belongs to output {@code t % outputs}. Immutable, thread-safe, no allocation per row.
 */
public final class TreeEnsemble implements Scorer {
    private static final ThreadLocal<int[]> SCRATCH = ThreadLocal.withInitial(() -> new int[256]);

    private final List<Tree> trees;
    private final double[] baseScore;
    private final Link link;
    private final double scale;
    private final FlatTrees flat;

    private TreeEnsemble(List<Tree> trees, double[] baseScore, Link link, double scale) {
        this.trees = List.copyOf(trees);
        this.baseScore = baseScore.clone();
        this.link = link;
        this.scale = scale;
        this.flat = new FlatTrees(this.trees, baseScore.length);
    }

    /**
     * @param trees in training order; the number is a multiple of {@code outputs}
     * @param baseScore one for each output, in margin space, finite
     * @param scale factor of every leaf: 1 for boosting, {@code outputs / trees} for the mean of a forest
     */
    public static TreeEnsemble of(List<Tree> trees, int outputs, double[] baseScore, Link link, double scale) {
        if (outputs < 1 || baseScore.length != outputs || trees.size() % outputs != 0) {
            throw new IllegalArgumentException(trees.size() + " trees, " + baseScore.length
                    + " base scores (expected: a multiple of " + outputs + ", and " + outputs + ")");
        }
        return new TreeEnsemble(trees, baseScore, link, scale);
    }

    /** Writes the ensemble in its own binary form. */
    public void write(DataOutput out) throws IOException {
        TreeFormat.write(this, out);
    }

    /** Reads what {@link #write} wrote: the same decisions and leaf values. */
    public static TreeEnsemble read(DataInput in) throws IOException {
        return TreeFormat.read(in);
    }

    public List<Tree> trees() {
        return trees;
    }

    public double[] baseScore() {
        return baseScore.clone();
    }

    public Link link() {
        return link;
    }

    public double scale() {
        return scale;
    }

    @Override
    public int outputs() {
        return baseScore.length;
    }

    @Override
    public void score(float[] encoded, double[] out) {
        margins(encoded, out);
        link.apply(out);
    }

    /** The sums before the link. */
    public void margins(float[] encoded, double[] out) {
        int[] scratch = SCRATCH.get();
        if (scratch.length < flat.scratch()) {
            scratch = new int[flat.scratch()];
            SCRATCH.set(scratch);
        }
        for (int output = 0; output < baseScore.length; output++) {
            out[output] = 0;
        }
        flat.add(encoded, scratch, out);
        for (int output = 0; output < baseScore.length; output++) {
            out[output] = baseScore[output] + scale * out[output];
        }
    }

    /**
     * Nodes a row visits over all trees, as a mean over rows, rounded: what scoring a row costs, the same on every machine.
     *
     * @param encoded [column][row]
     */
    public long visitsPerRow(float[][] encoded, int rows) {
        if (rows == 0) {
            return 0;
        }
        long visits = 0;
        float[] values = new float[encoded.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < values.length; column++) {
                values[column] = encoded[column][row];
            }
            for (Tree tree : trees) {
                int at = tree.nodes() == 0 ? ~0 : 0;
                while (at >= 0) {
                    visits++;
                    at = tree.next(at, values);
                }
            }
        }
        return Math.round((double) visits / rows);
    }
}
