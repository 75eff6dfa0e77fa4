package tatara.train.learner;

import java.util.List;
import tatara.core.spec.Task;
import tatara.model.transform.OutputFeature;

/**
 * The one matrix that every learner copies from. Not to be changed; thread-safe.
 *
 * @param features [feature][row]; NaN is missing; arrays may be longer than {@code rows}
 * @param outputs what each feature is
 * @param rows number of rows
 * @param labels per row: class index, or value; may be longer than {@code rows}
 * @param task binary, multiclass or regression
 * @param classes number of classes, 0 for regression
 * @param logarithm for regression: models fit log(1 + y)
 */
public record TrainingData(
        float[][] features,
        List<OutputFeature> outputs,
        int rows,
        double[] labels,
        Task task,
        int classes,
        boolean logarithm) {
    public TrainingData {
        outputs = List.copyOf(outputs);
        if (features.length != outputs.size()) {
            throw new IllegalArgumentException("features: " + features.length + " (expected: " + outputs.size() + ")");
        }
        for (float[] column : features) {
            if (column.length < rows) {
                throw new IllegalArgumentException("column: " + column.length + " rows (expected: >= " + rows + ")");
            }
        }
        if (labels.length < rows) {
            throw new IllegalArgumentException("labels: " + labels.length + " (expected: >= " + rows + ")");
        }
    }

    public int width() {
        return features.length;
    }

    /** Numbers a scorer writes per row: classes for multiclass, else 1. */
    public int scorerOutputs() {
        return task == Task.MULTICLASS ? classes : 1;
    }

    /** Copies one row's features. */
    public void row(int row, float[] into) {
        for (int feature = 0; feature < features.length; feature++) {
            into[feature] = features[feature][row];
        }
    }

    /** Indexes of the category features, ascending. */
    public int[] categories() {
        int[] found = new int[outputs.size()];
        int count = 0;
        for (int feature = 0; feature < found.length; feature++) {
            if (outputs.get(feature).isCategory()) {
                found[count++] = feature;
            }
        }
        return java.util.Arrays.copyOf(found, count);
    }
}
