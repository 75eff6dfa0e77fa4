package tatara.model.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tatara.model.calibrate.Link;

class TreeEnsembleTest {
    private static Tree stump(double threshold, boolean defaultLeft) {
        return new Tree(
                new int[] {0},
                new double[] {threshold},
                new int[] {~0},
                new int[] {~1},
                new boolean[] {defaultLeft},
                new long[0][],
                new double[] {10},
                new double[] {-1, 1},
                new double[] {4, 6});
    }

    @ParameterizedTest
    @CsvSource({"3, 0, 1", "40, 0, 1", "41, 5, 1", "60, 5, 3", "17, 8, 1", "0, 0, 1"})
    void sumsTheLeavesThatEachTreeLeadsTo(int count, int categories, int outputs) {
        RandomTrees random = new RandomTrees(count, 8, categories);
        List<Tree> trees = random.list(count, 9);
        double[] base = new double[outputs];
        base[0] = 0.25;
        TreeEnsemble ensemble = TreeEnsemble.of(trees, outputs, base, Link.IDENTITY, 0.5);
        double[] out = new double[outputs];
        for (int i = 0; i < 500; i++) {
            float[] row = random.row();
            double[] expected = base.clone();
            for (int t = 0; t < count; t++) {
                Tree tree = trees.get(t);
                expected[t % outputs] += 0.5 * tree.leafValue()[tree.leafOf(row)];
            }
            ensemble.score(row, out);
            assertThat(out).containsExactly(expected, within(1e-12));
        }
    }

    @Test
    void comparesAtTheThreshold() {
        for (double threshold : new double[] {0.1, -0.1, 0, -0.0, 1e-40, 1e308, -1e308, Float.MAX_VALUE}) {
            TreeEnsemble ensemble =
                    TreeEnsemble.of(List.of(stump(threshold, true)), 1, new double[1], Link.IDENTITY, 1);
            float near = (float) threshold;
            for (float value : new float[] {near, Math.nextUp(near), Math.nextDown(near), 0f, -0f, 1, -1}) {
                double[] out = new double[1];
                ensemble.score(new float[] {value}, out);
                assertThat(out[0]).as(value + " <= " + threshold).isEqualTo(value <= threshold ? -1 : 1);
            }
        }
    }

    @Test
    void missingGoesToTheDefaultSide() {
        double[] out = new double[1];
        TreeEnsemble.of(List.of(stump(0, true)), 1, new double[1], Link.IDENTITY, 1)
                .score(new float[] {Float.NaN}, out);
        assertThat(out[0]).isEqualTo(-1);
        TreeEnsemble.of(List.of(stump(Double.POSITIVE_INFINITY, false)), 1, new double[1], Link.IDENTITY, 1)
                .score(new float[] {Float.NaN}, out);
        assertThat(out[0]).isEqualTo(1);
    }

    @Test
    void aLeafAloneAndNoTreeAtAllWork() {
        double[] out = new double[1];
        TreeEnsemble.of(List.of(Tree.leaf(2, 10)), 1, new double[] {1}, Link.SIGMOID, 1)
                .score(new float[] {Float.NaN}, out);
        assertThat(out[0]).isEqualTo(Link.sigmoid(3));
        TreeEnsemble.of(List.of(), 1, new double[] {1}, Link.EXPM1, 1).score(new float[0], out);
        assertThat(out[0]).isEqualTo(Math.expm1(1));
    }

    @Test
    void isTheSameAfterWritingAndReading() throws IOException {
        RandomTrees random = new RandomTrees(5, 6, 2);
        TreeEnsemble before = TreeEnsemble.of(random.list(30, 12), 3, new double[] {1, 2, 3}, Link.SOFTMAX, 1);
        byte[] bytes = bytes(before);
        TreeEnsemble after = TreeEnsemble.read(new DataInputStream(new ByteArrayInputStream(bytes)));
        assertThat(bytes(after)).isEqualTo(bytes);
        for (int i = 0; i < 300; i++) {
            float[] row = random.row();
            double[] first = new double[3];
            double[] second = new double[3];
            before.score(row, first);
            after.score(row, second);
            assertThat(second).isEqualTo(first);
        }
    }

    private static byte[] bytes(TreeEnsemble ensemble) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ensemble.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    @Test
    void countsVisits() {
        TreeEnsemble ensemble = TreeEnsemble.of(
                List.of(stump(0, true), Tree.leaf(1, 1), stump(1, true)), 1, new double[1], Link.IDENTITY, 1);
        assertThat(ensemble.visitsPerRow(new float[][] {{-1, 0, 5}}, 3)).isEqualTo(2);
        assertThat(ensemble.visitsPerRow(new float[][] {{}}, 0)).isZero();
    }

    @Test
    void refusesBrokenTrees() {
        int[] loop = {0};
        assertThatThrownBy(() -> new Tree(
                        new int[] {0},
                        new double[1],
                        loop,
                        new int[] {~1},
                        new boolean[1],
                        new long[0][],
                        new double[1],
                        new double[2],
                        new double[2]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tree.leaf(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
        List<Tree> two = new ArrayList<>(List.of(Tree.leaf(1, 1), Tree.leaf(1, 1)));
        assertThatThrownBy(() -> TreeEnsemble.of(two, 3, new double[3], Link.SOFTMAX, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
