package tatara.train.search;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import tatara.core.design.FeatureDesign;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.model.transform.FeatureTransform;
import tatara.train.evaluate.KeyHash;
import tatara.train.learner.TrainingData;

/**
 * The rows that models are trained on, as one matrix in memory. Not to be changed; thread-safe.
 *
 * @param data features and labels
 * @param positions per row: its position in the source, ascending
 * @param keys per row: ordered time or hashed group, {@link tatara.train.evaluate.Splits#MISSING} for none; empty without such a column
 * @param withoutTarget rows left out because their target is missing or no known class
 * @param notSampled rows left out because there were more than the design trains on
 */
public record TrainingSet(TrainingData data, long[] positions, long[] keys, long withoutTarget, long notSampled) {
    /**
     * Transforms and gathers the rows.
     *
     * @param trainingRows rows outside the hold-out, with the transform's inputs and the target
     * @param groupOrTimeColumn the split's column; keys stay empty if the rows do not have it
     * @param maxRows more rows than this are sampled evenly at random
     * @param seed of that sample
     */
    public static TrainingSet of(
            FrameSource trainingRows,
            FeatureTransform transform,
            FeatureDesign.Target target,
            Optional<String> groupOrTimeColumn,
            long maxRows,
            long seed) {
        long rows = trainingRows.rows();
        boolean sampled = rows > maxRows;
        FrameSource source = sampled ? trainingRows.select(sample(rows, maxRows, seed)) : trainingRows;
        Gathering gathering = new Gathering(
                transform,
                target,
                groupOrTimeColumn.filter(trainingRows.schema().names()::contains),
                Math.toIntExact(Math.min(rows, maxRows)));
        BitSet chosen = sampled ? sample(rows, maxRows, seed) : new BitSet();
        gathering.positions(sampled, chosen);
        source.forEach(gathering::add);
        return gathering.finish(sampled ? rows - maxRows : 0);
    }

    /** Selection sampling (Knuth, algorithm 3.4.2 S). */
    private static BitSet sample(long rows, long wanted, long seed) {
        BitSet chosen = new BitSet();
        long left = wanted;
        for (int row = 0; row < rows && left > 0; row++) {
            double uniform = (KeyHash.mix(KeyHash.mix(seed ^ 0x5A3B) ^ KeyHash.mix(row)) >>> 11) * 0x1p-53;
            if (uniform * (rows - row) < left) {
                chosen.set(row);
                left--;
            }
        }
        return chosen;
    }

    public int rows() {
        return data.rows();
    }

    /** Fills the matrix batch by batch. */
    private static final class Gathering {
        private final FeatureTransform transform;
        private final FeatureDesign.Target target;
        private final TargetReader reader;
        private final Optional<String> keyColumn;
        private final float[][] features;
        private final double[] labels;
        private final long[] positions;
        private final long[] keys;
        private BitSet chosen = new BitSet();
        private boolean sampled;
        private int next;
        private int rows;
        private long withoutTarget;

        Gathering(FeatureTransform transform, FeatureDesign.Target target, Optional<String> keyColumn, int capacity) {
            this.transform = transform;
            this.target = target;
            this.keyColumn = keyColumn;
            this.reader = new TargetReader(target);
            features = new float[transform.outputs().size()][capacity];
            labels = new double[capacity];
            positions = new long[capacity];
            keys = new long[keyColumn.isPresent() ? capacity : 0];
        }

        void positions(boolean isSampled, BitSet rowsChosen) {
            sampled = isSampled;
            chosen = rowsChosen;
            next = isSampled ? rowsChosen.nextSetBit(0) : 0;
        }

        void add(Frame frame) {
            double[] frameLabels = reader.read(frame);
            BitSet valid = new BitSet();
            long[] places = new long[frame.rows()];
            for (int row = 0; row < frame.rows(); row++) {
                places[row] = next;
                next = sampled ? chosen.nextSetBit(next + 1) : next + 1;
                valid.set(row, !Double.isNaN(frameLabels[row]));
            }
            int count = valid.cardinality();
            withoutTarget += frame.rows() - count;
            FrameSource kept = FrameSource.of(frame);
            (count == frame.rows() ? kept : kept.select(valid)).forEach(part -> {
                transform.apply(part, features, rows);
                fillKeys(part);
                int at = rows;
                for (int row = valid.nextSetBit(0); row >= 0; row = valid.nextSetBit(row + 1)) {
                    labels[at] = frameLabels[row];
                    positions[at++] = places[row];
                }
                rows = at;
            });
        }

        private void fillKeys(Frame part) {
            keyColumn.ifPresent(name -> {
                Column column = part.column(name);
                for (int row = 0; row < part.rows(); row++) {
                    keys[rows + row] = KeyHash.ordered(column, row);
                }
            });
        }

        TrainingSet finish(long notSampled) {
            List<String> classes = target.classes();
            TrainingData data = new TrainingData(
                    features,
                    transform.outputs(),
                    rows,
                    labels,
                    target.task(),
                    target.task().isClassification() ? classes.size() : 0,
                    target.logarithm());
            return new TrainingSet(
                    data,
                    Arrays.copyOf(positions, rows),
                    Arrays.copyOf(keys, Math.min(keys.length, rows)),
                    withoutTarget,
                    notSampled);
        }
    }
}
