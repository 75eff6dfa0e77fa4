package tatara.train.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tatara.core.design.FeatureDesign;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.spec.Task;
import tatara.model.transform.FeatureTransform;
import tatara.model.transform.OutputFeature;
import tatara.train.evaluate.Designs;
import tatara.train.evaluate.Splits;

class TrainingSetTest {
    private static final int ROWS = 1_000;
    private static final FeatureDesign.Target TARGET = new FeatureDesign.Target(
            Task.BINARY, Optional.of("target"), List.of("no", "yes"), Optional.of("yes"), false);

    /** The amount and its square. */
    private static final FeatureTransform AMOUNTS = new FeatureTransform() {
        @Override
        public List<OutputFeature> outputs() {
            return List.of(
                    new OutputFeature("amount", "amount", List.of(), false),
                    new OutputFeature("square", "amount", List.of(), false));
        }

        @Override
        public List<Field> inputs() {
            return List.of(new Field("amount", Kind.NUMBER));
        }

        @Override
        public void apply(Frame frame, float[][] out, int offset) {
            double[] values = ((NumberColumn) frame.column("amount")).values();
            for (int row = 0; row < frame.rows(); row++) {
                out[0][offset + row] = (float) values[row];
                out[1][offset + row] = (float) (values[row] * values[row]);
            }
        }
    };

    private final String[] targets = new String[ROWS];
    private final String[] groups = new String[ROWS];
    private final long[] times = new long[ROWS];
    private final double[] amounts = new double[ROWS];

    TrainingSetTest() {
        for (int row = 0; row < ROWS; row++) {
            targets[row] = row % 3 == 0 ? "yes" : row % 3 == 1 ? "no" : row % 30 == 2 ? null : "no";
            groups[row] = "g" + row % 10;
            times[row] = row;
            amounts[row] = row;
        }
        targets[5] = "perhaps";
    }

    @Test
    void gathersRowsWithAKnownTarget() {
        TrainingSet set = TrainingSet.of(table(), AMOUNTS, TARGET, Optional.of("time"), 5_000, 1);
        assertThat(set.withoutTarget()).isEqualTo(35);
        assertThat(set.rows()).isEqualTo(ROWS - 35);
        for (int row = 0; row < set.rows(); row++) {
            int source = (int) set.positions()[row];
            assertThat(set.data().features()[0][row]).isEqualTo(source);
            assertThat(set.data().features()[1][row]).isEqualTo((float) source * source);
            assertThat(set.data().labels()[row]).isEqualTo("yes".equals(targets[source]) ? 1 : 0);
            assertThat(set.keys()[row]).isEqualTo(source);
        }
    }

    @Test
    void samplesEvenlyAndAlike() {
        TrainingSet set = TrainingSet.of(table(), AMOUNTS, TARGET, Optional.of("group"), 200, 1);
        assertThat(set.rows() + set.withoutTarget()).isEqualTo(200);
        assertThat(set.notSampled()).isEqualTo(800);
        double mean = Arrays.stream(set.positions()).average().orElseThrow();
        assertThat(mean).isEqualTo(500, within(70.0));
        for (int row = 0; row < set.rows(); row++) {
            assertThat(set.data().features()[0][row]).isEqualTo(set.positions()[row]);
        }
        assertThat(Arrays.stream(set.keys()).distinct().count()).isEqualTo(10);
        TrainingSet again = TrainingSet.of(table(), AMOUNTS, TARGET, Optional.of("group"), 200, 1);
        assertThat(again.positions()).isEqualTo(set.positions());
        assertThat(TrainingSet.of(table(), AMOUNTS, TARGET, Optional.of("group"), 200, 2)
                        .positions())
                .isNotEqualTo(set.positions());
    }

    @Test
    void aMissingSplitColumnLeavesNoKeys() {
        assertThat(TrainingSet.of(table(), AMOUNTS, TARGET, Optional.of("elsewhere"), 5_000, 1)
                        .keys())
                .isEmpty();
    }

    @Test
    void missingKeysAreMarked() {
        groups[0] = null;
        TrainingSet set = TrainingSet.of(table(), AMOUNTS, TARGET, Optional.of("group"), 5_000, 1);
        assertThat(set.keys()[0]).isEqualTo(Splits.MISSING);
        assertThat(set.keys()[1]).isNotEqualTo(Splits.MISSING);
    }

    @Test
    void numbersMatchClassesByValue() {
        Schema schema = new Schema(List.of(new Field("target", Kind.NUMBER)));
        Frame frame = new Frame(schema, List.of(new NumberColumn(new double[] {1, 0, -0.0, Double.NaN, 2})), 5);
        FeatureDesign.Target target = new FeatureDesign.Target(
                Task.BINARY, Optional.of("target"), List.of("0", "1.0"), Optional.empty(), false);
        assertThat(new TargetReader(target).read(frame)).containsExactly(1, 0, 0, Double.NaN, Double.NaN);
        FeatureDesign.Target values =
                new FeatureDesign.Target(Task.REGRESSION, Optional.of("target"), List.of(), Optional.empty(), false);
        assertThat(new TargetReader(values).read(frame)).containsExactly(1, 0, -0.0, Double.NaN, 2);
    }

    private FrameSource table() {
        return Designs.table(targets, groups, times, amounts);
    }
}
