package tatara.train.evaluate;

import tatara.core.spec.Metric;
import tatara.core.spec.Task;

/**
 * Measures of quality, as scikit-learn defines them. Binary: the positive class is class 1 and predictions hold its probability.
 * Multiclass: ROC AUC and average precision are one-versus-rest, precision, recall and F1 per class, all averaged over the classes
 * that occur; decisions are the most probable class. Immutable, thread-safe.
 *
 * @param task what is predicted
 * @param classes number of classes, 0 without
 * @param threshold for binary decisions: least probability that is positive; NaN for the threshold with the best F1 on the rows at
 *     hand, which lets a search compare models before the threshold is chosen
 * @param topShare for {@link Metric#PRECISION_AT_K}: K as a share of the rows, in (0, 1]
 */
public record Metrics(Task task, int classes, double threshold, double topShare) {
    private static final double LEAST_PROBABILITY = Math.ulp(1.0);
    private static final double USUAL_SHARE = 0.1;

    /** Measures for a search: binary decisions at the threshold with the best F1, K a tenth of the rows. */
    public static Metrics forSearch(Task task, int classes) {
        return new Metrics(task, classes, Double.NaN, USUAL_SHARE);
    }

    /**
     * The value of a metric; NaN if it is not defined for the task or on these rows (such as AUC with one class).
     *
     * @param labels per row: class index or value, none missing
     * @param predictions [row][output], as a {@link tatara.model.ensemble.Scorer} gives them
     */
    public double of(Metric metric, double[] labels, double[][] predictions) {
        if (predictions.length == 0) {
            return Double.NaN;
        }
        return task.isClassification()
                ? classification(metric, labels, predictions)
                : regression(metric, labels, predictions);
    }

    private double classification(Metric metric, double[] labels, double[][] predictions) {
        return switch (metric) {
            case ROC_AUC -> ranking(labels, predictions, true);
            case AVERAGE_PRECISION -> ranking(labels, predictions, false);
            case LOG_LOSS -> logLoss(labels, predictions);
            case BRIER -> brier(labels, predictions);
            case PRECISION_AT_K -> precisionAtK(labels, predictions);
            case ACCURACY, BALANCED_ACCURACY, F1, PRECISION, RECALL -> decided(metric, labels, predictions);
            default -> Double.NaN;
        };
    }

    private double ranking(double[] labels, double[][] predictions, boolean auc) {
        if (task == Task.BINARY) {
            RankedScores ranked = RankedScores.of(labels, 1, predictions, 0);
            return auc ? ranked.rocAuc() : ranked.averagePrecision();
        }
        double sum = 0;
        int counted = 0;
        for (int output = 0; output < classes; output++) {
            RankedScores ranked = RankedScores.of(labels, output, predictions, output);
            double value = auc ? ranked.rocAuc() : ranked.averagePrecision();
            if (!Double.isNaN(value)) {
                sum += value;
                counted++;
            }
        }
        return counted == 0 ? Double.NaN : sum / counted;
    }

    private double logLoss(double[] labels, double[][] predictions) {
        double sum = 0;
        for (int row = 0; row < predictions.length; row++) {
            sum -= Math.log(clip(probability(predictions[row], (int) labels[row])));
        }
        return sum / predictions.length;
    }

    private double probability(double[] prediction, int label) {
        return task == Task.BINARY ? (label == 1 ? prediction[0] : 1 - prediction[0]) : prediction[label];
    }

    private static double clip(double probability) {
        return Math.max(LEAST_PROBABILITY, Math.min(1 - LEAST_PROBABILITY, probability));
    }

    private double brier(double[] labels, double[][] predictions) {
        double sum = 0;
        for (int row = 0; row < predictions.length; row++) {
            for (int output = 0; output < predictions[row].length; output++) {
                double truth = task == Task.BINARY ? labels[row] : labels[row] == output ? 1 : 0;
                double error = predictions[row][output] - truth;
                sum += error * error;
            }
        }
        return sum / predictions.length;
    }

    private double precisionAtK(double[] labels, double[][] predictions) {
        if (task != Task.BINARY) {
            return Double.NaN;
        }
        long wanted = Math.max(1, Math.round(topShare * predictions.length));
        double[] found = {Double.NaN};
        long[] before = {0, 0};
        RankedScores.of(labels, 1, predictions, 0).descend((score, yes, no) -> {
            long all = yes + no;
            if (all >= wanted && before[0] + before[1] < wanted) {
                double missing = wanted - before[0] - before[1];
                double share = (double) (yes - before[0]) / (all - before[0] - before[1]);
                found[0] = (before[0] + missing * share) / wanted;
            }
            before[0] = yes;
            before[1] = no;
        });
        return found[0];
    }

    private double decided(Metric metric, double[] labels, double[][] predictions) {
        int count = Math.max(2, classes);
        double limit = threshold;
        if (task == Task.BINARY && Double.isNaN(limit)) {
            limit = metric == Metric.ACCURACY ? 0.5 : bestF1Threshold(labels, predictions);
        }
        long[][] confusion = new long[count][count];
        for (int row = 0; row < predictions.length; row++) {
            confusion[(int) labels[row]][decision(predictions[row], limit)]++;
        }
        return new Confusion(confusion).value(metric, task == Task.BINARY);
    }

    /** The predicted class of one row. */
    public int decision(double[] prediction, double limit) {
        if (task == Task.BINARY) {
            return prediction[0] >= limit ? 1 : 0;
        }
        int best = 0;
        for (int output = 1; output < prediction.length; output++) {
            best = prediction[output] > prediction[best] ? output : best;
        }
        return best;
    }

    private static double bestF1Threshold(double[] labels, double[][] predictions) {
        RankedScores ranked = RankedScores.of(labels, 1, predictions, 0);
        double[] best = {-1, 0.5};
        ranked.descend((score, yes, no) -> {
            double f1 = 2.0 * yes / (yes + no + ranked.positives());
            if (f1 > best[0]) {
                best[0] = f1;
                best[1] = score;
            }
        });
        return best[1];
    }

    private static double regression(Metric metric, double[] labels, double[][] predictions) {
        double squares = 0;
        double absolutes = 0;
        double relative = 0;
        double symmetric = 0;
        double mean = 0;
        double spread = 0;
        for (int row = 0; row < predictions.length; row++) {
            double error = predictions[row][0] - labels[row];
            squares += error * error;
            absolutes += Math.abs(error);
            relative += Math.abs(error) / Math.max(Math.abs(labels[row]), LEAST_PROBABILITY);
            double size = Math.abs(labels[row]) + Math.abs(predictions[row][0]);
            symmetric += size == 0 ? 0 : 200 * Math.abs(error) / size;
            double delta = labels[row] - mean;
            mean += delta / (row + 1);
            spread += delta * (labels[row] - mean);
        }
        int rows = predictions.length;
        return switch (metric) {
            case RMSE -> Math.sqrt(squares / rows);
            case MAE -> absolutes / rows;
            case MAPE -> relative / rows;
            case SMAPE -> symmetric / rows;
            case R2 -> spread > 0 ? 1 - squares / spread : squares == 0 ? 1 : 0;
            default -> Double.NaN;
        };
    }
}
