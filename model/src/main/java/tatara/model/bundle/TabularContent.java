package tatara.model.bundle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.spec.Task;
import tatara.model.ensemble.Ensemble;
import tatara.model.ensemble.FoldModel;
import tatara.model.ensemble.Member;
import tatara.model.explain.Contributions;
import tatara.model.explain.EnsembleExplanation;
import tatara.model.linear.LinearScorer;
import tatara.model.prediction.Predictions;
import tatara.model.transform.FittedTransform;
import tatara.model.tree.TreeEnsemble;

/** Transform and ensemble: one row in, one answer out. */
final class TabularContent implements Content {
    /** Numbers of a feature matrix in memory at once. */
    private static final int MATRIX = 1 << 22;

    private static final double EVEN = 0.5;

    private final Signature signature;
    private final FittedTransform transform;
    private final Ensemble ensemble;
    private final EnsembleExplanation explanation;
    private final int positive;

    TabularContent(Signature signature, FittedTransform transform, Ensemble ensemble) {
        this.signature = signature;
        this.transform = transform;
        this.ensemble = ensemble;
        this.explanation = new EnsembleExplanation(ensemble, transform.outputs(), signature.task());
        this.positive = signature.positive().map(signature.classes()::indexOf).orElse(1);
    }

    FittedTransform transform() {
        return transform;
    }

    Ensemble ensemble() {
        return ensemble;
    }

    /** What is done with a block of rows. */
    private interface Block {
        void accept(int start, float[][] features, int rows);
    }

    private void forEachBlock(Frame conformed, Block block) {
        int width = transform.outputs().size();
        int most = Math.max(64, MATRIX / Math.max(1, width));
        for (int start = 0; start < conformed.rows(); start += most) {
            int rows = Math.min(most, conformed.rows() - start);
            float[][] features = new float[width][rows];
            transform.apply(slice(conformed, start, rows), features, 0);
            block.accept(start, features, rows);
        }
    }

    private static Frame slice(Frame frame, int start, int rows) {
        if (start == 0 && rows == frame.rows()) {
            return frame;
        }
        List<Column> columns = new ArrayList<>();
        for (Column column : frame.columns()) {
            if (column instanceof NumberColumn numbers) {
                columns.add(new NumberColumn(Arrays.copyOfRange(numbers.values(), start, start + rows)));
            } else if (column instanceof TimeColumn times) {
                columns.add(new TimeColumn(Arrays.copyOfRange(times.micros(), start, start + rows)));
            } else {
                TextColumn texts = (TextColumn) column;
                columns.add(new TextColumn(Arrays.copyOfRange(texts.codes(), start, start + rows), texts.dictionary()));
            }
        }
        return new Frame(frame.schema(), columns, rows);
    }

    @Override
    public Predictions predict(Frame conformed) {
        double[][] scores = new double[conformed.rows()][];
        forEachBlock(conformed, (start, features, rows) -> {
            double[][] block = ensemble.score(features, rows);
            System.arraycopy(block, 0, scores, start, rows);
        });
        requireFinite(scores);
        return signature.task().isClassification() ? classes(scores) : values(scores);
    }

    private static void requireFinite(double[][] scores) {
        for (int row = 0; row < scores.length; row++) {
            for (double score : scores[row]) {
                if (!Double.isFinite(score)) {
                    throw new TataraException(
                            BundleErrorCode.NOT_FINITE,
                            Fault.of("The model says " + score).at("row " + row).expecting("a finite number"));
                }
            }
        }
    }

    private Predictions values(double[][] scores) {
        boolean anomaly = signature.task() == Task.ANOMALY;
        double[] values = new double[scores.length];
        for (int row = 0; row < values.length; row++) {
            values[row] = anomaly ? Math.max(0, Math.min(1, scores[row][0])) : scores[row][0];
        }
        return new Predictions(
                values.length, List.of(), values, List.of(), new double[0][], new double[0], new double[0]);
    }

    private Predictions classes(double[][] scores) {
        String[] labels = new String[scores.length];
        double[][] probabilities = new double[scores.length][];
        for (int row = 0; row < labels.length; row++) {
            double[] score = scores[row];
            probabilities[row] = score.length == 1 ? new double[] {1 - score[0], score[0]} : score;
            labels[row] = signature.classes().get(predicted(probabilities[row]));
        }
        return new Predictions(
                labels.length,
                List.of(labels),
                new double[0],
                signature.classes(),
                probabilities,
                new double[0],
                new double[0]);
    }

    /** The index of the class that is answered. */
    private int predicted(double[] probabilities) {
        if (signature.task() == Task.BINARY) {
            double threshold = Double.isNaN(signature.threshold()) ? EVEN : signature.threshold();
            return probabilities[positive] >= threshold ? positive : 1 - positive;
        }
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
    }

    @Override
    public Contributions explain(Frame conformed) {
        double[][] values = new double[conformed.rows()][];
        double[] base = {Double.NaN, 0};
        List<String[]> columns = new ArrayList<>();
        columns.add(explanation
                .explain(new float[transform.outputs().size()][0], 0, new int[0])
                .columns());
        forEachBlock(conformed, (start, features, rows) -> {
            Contributions block = explanation.explain(features, rows, explained(features, rows));
            System.arraycopy(block.values(), 0, values, start, rows);
            base[0] = start == 0 || base[0] == block.base() ? block.base() : Double.NaN;
        });
        return new Contributions(columns.get(0), base[0], values);
    }

    /** For several classes the most probable one of each row, else the only output. */
    private int[] explained(float[][] features, int rows) {
        int[] outputs = new int[rows];
        if (ensemble.outputs() > 1) {
            double[][] scores = ensemble.score(features, rows);
            Arrays.setAll(outputs, row -> predicted(scores[row]));
        }
        return outputs;
    }

    @Override
    public long operationsPerRow(Frame conformed) {
        int width = transform.outputs().size();
        int rows = Math.min(conformed.rows(), Math.max(64, MATRIX / Math.max(1, width)));
        float[][] features = new float[width][rows];
        transform.apply(slice(conformed, 0, rows), features, 0);
        long operations = 0;
        for (Member member : ensemble.members()) {
            for (FoldModel fold : member.folds()) {
                operations += operations(fold, features, rows);
            }
        }
        return operations;
    }

    private static long operations(FoldModel fold, float[][] features, int rows) {
        int width = fold.encoder().width();
        if (fold.scorer() instanceof LinearScorer linear) {
            return (long) width * linear.outputs();
        }
        float[][] encoded = new float[width][rows];
        float[] shared = new float[features.length];
        float[] row = new float[width];
        for (int at = 0; at < rows; at++) {
            for (int feature = 0; feature < shared.length; feature++) {
                shared[feature] = features[feature][at];
            }
            fold.encoder().encode(shared, row);
            for (int column = 0; column < width; column++) {
                encoded[column][at] = row[column];
            }
        }
        return fold.scorer() instanceof TreeEnsemble trees ? trees.visitsPerRow(encoded, rows) : width;
    }
}
