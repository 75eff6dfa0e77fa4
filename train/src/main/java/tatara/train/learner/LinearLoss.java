package tatara.train.learner;

import java.util.Arrays;
import tatara.core.spec.Task;

/**
 * The mean loss of a linear model plus {@code l2 / 2} times the squared weights (not the biases): logistic for binary, softmax
 * for multiclass, half the squared error for regression. Parameters are, output by output, the weights and then the bias.
 */
final class LinearLoss {
    private final LinearColumns columns;
    private final double[] labels;
    private final Task task;
    private final int outputs;
    private final double l2;
    private final double[][] sums;
    private final double[] weights;
    private final double[] part;

    LinearLoss(LinearColumns columns, double[] labels, Task task, int outputs, double l2) {
        this.columns = columns;
        this.labels = labels;
        this.task = task;
        this.outputs = outputs;
        this.l2 = l2;
        this.sums = new double[outputs][columns.rows()];
        this.weights = new double[columns.width()];
        this.part = new double[columns.width()];
    }

    int size() {
        return outputs * (columns.width() + 1);
    }

    /** The loss at some parameters; the gradient is written. */
    double at(double[] parameters, double[] gradient) {
        int width = columns.width();
        double penalty = 0;
        for (int output = 0; output < outputs; output++) {
            System.arraycopy(parameters, output * (width + 1), weights, 0, width);
            for (double weight : weights) {
                penalty += weight * weight;
            }
            columns.multiply(weights, parameters[output * (width + 1) + width], sums[output]);
        }
        double loss = residuals();
        int rows = columns.rows();
        for (int output = 0; output < outputs; output++) {
            int at = output * (width + 1);
            columns.transpose(sums[output], part);
            for (int i = 0; i < width; i++) {
                gradient[at + i] = part[i] / rows + l2 * parameters[at + i];
            }
            gradient[at + width] = Arrays.stream(sums[output]).sum() / rows;
        }
        return loss / rows + l2 * penalty / 2;
    }

    /** The mean loss at some parameters, without penalty. */
    double plain(double[] parameters) {
        int width = columns.width();
        for (int output = 0; output < outputs; output++) {
            System.arraycopy(parameters, output * (width + 1), weights, 0, width);
            columns.multiply(weights, parameters[output * (width + 1) + width], sums[output]);
        }
        return residuals() / columns.rows();
    }

    /** Turns the sums into derivatives of the loss; gives the total loss. */
    private double residuals() {
        double loss = 0;
        for (int row = 0; row < columns.rows(); row++) {
            loss += switch (task) {
                case BINARY -> logistic(row);
                case MULTICLASS -> softmax(row);
                default -> squared(row);
            };
        }
        return loss;
    }

    private double squared(int row) {
        double residual = sums[0][row] - labels[row];
        sums[0][row] = residual;
        return residual * residual / 2;
    }

    private double logistic(int row) {
        double margin = sums[0][row];
        double power = Math.exp(-Math.abs(margin));
        double probability = margin >= 0 ? 1 / (1 + power) : power / (1 + power);
        sums[0][row] = probability - labels[row];
        return Math.log1p(power) + Math.max(margin, 0) - labels[row] * margin;
    }

    private double softmax(int row) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (double[] sum : sums) {
            greatest = Math.max(greatest, sum[row]);
        }
        int label = (int) labels[row];
        double own = sums[label][row];
        double total = 0;
        for (double[] sum : sums) {
            sum[row] = Math.exp(sum[row] - greatest);
            total += sum[row];
        }
        for (int output = 0; output < outputs; output++) {
            sums[output][row] = sums[output][row] / total - (output == label ? 1 : 0);
        }
        return Math.log(total) + greatest - own;
    }
}
