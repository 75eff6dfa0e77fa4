package tatara.model.tree;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tatara.model.calibrate.Link;

/**
 * Trees as bytes. Small whole numbers take 7 bits a byte, the least first; thresholds are rounded down to floats (no decision
 * changes), weights of training rows to the nearest float.
 */
final class TreeFormat {
    private static final int NUMERIC = 0;

    private TreeFormat() {}

    static void write(TreeEnsemble ensemble, DataOutput out) throws IOException {
        out.writeUTF(ensemble.link().name());
        out.writeDouble(ensemble.scale());
        double[] base = ensemble.baseScore();
        writeCount(base.length, out);
        for (double score : base) {
            out.writeDouble(score);
        }
        writeCount(ensemble.trees().size(), out);
        for (Tree tree : ensemble.trees()) {
            write(tree, out);
        }
    }

    static TreeEnsemble read(DataInput in) throws IOException {
        Link link = Link.valueOf(in.readUTF());
        double scale = in.readDouble();
        double[] base = new double[readCount(in)];
        for (int i = 0; i < base.length; i++) {
            base[i] = in.readDouble();
        }
        int count = readCount(in);
        List<Tree> trees = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            trees.add(readTree(in));
        }
        return TreeEnsemble.of(trees, base.length, base, link, scale);
    }

    private static void write(Tree tree, DataOutput out) throws IOException {
        writeCount(tree.nodes(), out);
        for (int node = 0; node < tree.nodes(); node++) {
            writeCount(tree.feature()[node], out);
            writeChild(tree.left()[node], out);
            writeChild(tree.right()[node], out);
            out.writeFloat((float) tree.nodeCover()[node]);
            long[] codes = tree.categories(node);
            writeCount((codes == null ? NUMERIC : codes.length + 1) << 1 | (tree.defaultLeft()[node] ? 1 : 0), out);
            if (codes == null) {
                out.writeFloat(FlatTrees.floor(tree.threshold()[node]));
            } else {
                for (long word : codes) {
                    out.writeLong(word);
                }
            }
        }
        for (int leaf = 0; leaf <= tree.nodes(); leaf++) {
            out.writeDouble(tree.leafValue()[leaf]);
            out.writeFloat((float) tree.leafCover()[leaf]);
        }
    }

    private static Tree readTree(DataInput in) throws IOException {
        int nodes = readCount(in);
        int[] feature = new int[nodes];
        double[] threshold = new double[nodes];
        int[] left = new int[nodes];
        int[] right = new int[nodes];
        boolean[] defaultLeft = new boolean[nodes];
        double[] nodeCover = new double[nodes];
        long[][] categories = new long[0][];
        for (int node = 0; node < nodes; node++) {
            feature[node] = readCount(in);
            left[node] = readChild(in);
            right[node] = readChild(in);
            nodeCover[node] = in.readFloat();
            int form = readCount(in);
            defaultLeft[node] = (form & 1) != 0;
            if (form >> 1 == NUMERIC) {
                threshold[node] = in.readFloat();
            } else {
                categories = categories.length == 0 ? new long[nodes][] : categories;
                categories[node] = readWords((form >> 1) - 1, in);
            }
        }
        double[] leafValue = new double[nodes + 1];
        double[] leafCover = new double[nodes + 1];
        for (int leaf = 0; leaf <= nodes; leaf++) {
            leafValue[leaf] = in.readDouble();
            leafCover[leaf] = in.readFloat();
        }
        return new Tree(feature, threshold, left, right, defaultLeft, categories, nodeCover, leafValue, leafCover);
    }

    private static long[] readWords(int count, DataInput in) throws IOException {
        long[] words = new long[count];
        for (int i = 0; i < count; i++) {
            words[i] = in.readLong();
        }
        return words;
    }

    private static void writeChild(int child, DataOutput out) throws IOException {
        writeCount(child << 1 ^ child >> 31, out);
    }

    private static int readChild(DataInput in) throws IOException {
        int coded = readCount(in);
        return coded >>> 1 ^ -(coded & 1);
    }

    private static void writeCount(int value, DataOutput out) throws IOException {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.writeByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    private static int readCount(DataInput in) throws IOException {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int part = in.readUnsignedByte();
            value |= (part & 0x7f) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw new IOException("a number of more than five bytes");
    }
}
