package tatara.train.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import tatara.core.design.TrainingDesign.Calibration;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.model.calibrate.Calibrator;
import tatara.model.calibrate.IsotonicCalibrator;
import tatara.model.calibrate.NoCalibrator;
import tatara.model.calibrate.SigmoidCalibrator;
import tatara.model.calibrate.TemperatureCalibrator;
import tatara.train.evaluate.Metrics;

/**
 * Fits calibrators to out-of-fold probabilities and keeps one only if it helps: its five-fold cross-validated log loss must be lower
 * by a thousandth, and the order of rows must stay (AUC of the fitted map within a thousandth).
 */
final class CalibratorFit {
    private static final int PARTS = 5;
    private static final double LEAST_GAIN = 0.001;
    private static final double MOST_AUC_LOSS = 0.001;
    private static final int LEAST_ISOTONIC_ROWS = 1_000;
    private static final int LEAST_ROWS = 50;
    private static final int MOST_ROWS = 200_000;

    private final Task task;
    private final int classes;
    private final double[] labels;
    private final double[][] predictions;

    /** Of more than 200,000 rows an even sample is used. */
    CalibratorFit(Task task, int classes, double[] labels, double[][] predictions) {
        this.task = task;
        this.classes = classes;
        int rows = Math.min(predictions.length, MOST_ROWS);
        this.labels = new double[rows];
        this.predictions = new double[rows][];
        for (int i = 0; i < rows; i++) {
            int row = (int) ((long) i * predictions.length / rows);
            this.labels[i] = labels[row];
            this.predictions[i] = predictions[row];
        }
    }

    /** The forms that a design's word stands for; several classes are calibrated by temperature. */
    private List<Calibration> forms(Calibration wanted) {
        if (wanted == Calibration.NONE || !task.isClassification() || predictions.length < LEAST_ROWS) {
            return List.of();
        }
        if (task == Task.MULTICLASS) {
            return List.of(Calibration.SIGMOID);
        }
        boolean isotonic = predictions.length >= LEAST_ISOTONIC_ROWS && wanted != Calibration.SIGMOID;
        List<Calibration> forms = new ArrayList<>();
        if (wanted != Calibration.ISOTONIC || !isotonic) {
            forms.add(Calibration.SIGMOID);
        }
        if (isotonic) {
            forms.add(Calibration.ISOTONIC);
        }
        return forms;
    }

    Calibrator best(Calibration wanted, long seed) {
        Metrics metrics = Metrics.forSearch(task, classes);
        double loss = metrics.of(Metric.LOG_LOSS, labels, predictions);
        double auc = metrics.of(Metric.ROC_AUC, labels, predictions);
        double limit = loss * (1 - LEAST_GAIN);
        Calibrator best = new NoCalibrator();
        int[] part = parts(seed);
        for (Calibration form : forms(wanted)) {
            double[][] calibrated = crossFitted(form, part);
            double value = metrics.of(Metric.LOG_LOSS, labels, calibrated);
            if (value < limit) {
                Calibrator candidate = fit(form, allRows());
                double[][] applied = copy();
                for (double[] row : applied) {
                    candidate.apply(row);
                }
                if (metrics.of(Metric.ROC_AUC, labels, applied) >= auc - MOST_AUC_LOSS) {
                    best = candidate;
                    limit = value;
                }
            }
        }
        return best;
    }

    private int[] parts(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] part = new int[predictions.length];
        for (int row = 0; row < part.length; row++) {
            part[row] = random.nextInt(PARTS);
        }
        return part;
    }

    private int[] allRows() {
        int[] rows = new int[predictions.length];
        Arrays.setAll(rows, i -> i);
        return rows;
    }

    private double[][] copy() {
        return Arrays.stream(predictions).map(double[]::clone).toArray(double[][]::new);
    }

    private double[][] crossFitted(Calibration form, int[] part) {
        double[][] calibrated = copy();
        for (int left = 0; left < PARTS; left++) {
            int out = left;
            int[] others =
                    Arrays.stream(allRows()).filter(row -> part[row] != out).toArray();
            Calibrator calibrator = others.length == 0 ? new NoCalibrator() : fit(form, others);
            for (int row = 0; row < part.length; row++) {
                if (part[row] == left) {
                    calibrator.apply(calibrated[row]);
                }
            }
        }
        return calibrated;
    }

    private Calibrator fit(Calibration form, int[] rows) {
        if (task == Task.MULTICLASS) {
            return temperature(rows);
        }
        return form == Calibration.ISOTONIC ? isotonic(rows) : sigmoid(rows);
    }

    /** Newton's method on slope and intercept, with a little pull towards the identity. */
    private Calibrator sigmoid(int[] rows) {
        double a = 1;
        double b = 0;
        double pull = 1.0;
        for (int iteration = 0; iteration < 50; iteration++) {
            double gradientA = pull * (a - 1);
            double gradientB = pull * b;
            double aa = pull;
            double ab = 0;
            double bb = pull;
            for (int row : rows) {
                double x = logit(predictions[row][0]);
                double p = 1 / (1 + Math.exp(-(a * x + b)));
                double error = p - labels[row];
                double weight = p * (1 - p);
                gradientA += error * x;
                gradientB += error;
                aa += weight * x * x;
                ab += weight * x;
                bb += weight;
            }
            double determinant = aa * bb - ab * ab;
            double stepA = (gradientA * bb - gradientB * ab) / determinant;
            double stepB = (gradientB * aa - gradientA * ab) / determinant;
            double size = Math.max(1, Math.max(Math.abs(stepA), Math.abs(stepB)));
            a -= stepA / size;
            b -= stepB / size;
            if (Math.abs(stepA) + Math.abs(stepB) < 1e-10) {
                break;
            }
        }
        return a > 0.05 && Double.isFinite(a) && Double.isFinite(b) ? new SigmoidCalibrator(a, b) : new NoCalibrator();
    }

    private static double logit(double p) {
        double clipped = Math.max(1e-12, Math.min(1 - 1e-12, p));
        return Math.log(clipped / (1 - clipped));
    }

    /** Pool adjacent violators; one knot for each pooled block, at its mean abscissa. */
    private Calibrator isotonic(int[] rows) {
        Integer[] order = Arrays.stream(rows).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (i, j) -> Double.compare(predictions[i][0], predictions[j][0]));
        double[] x = new double[order.length];
        double[] y = new double[order.length];
        double[] weight = new double[order.length];
        int blocks = 0;
        for (Integer row : order) {
            double at = predictions[row][0];
            if (blocks > 0 && x[blocks - 1] == at) {
                merge(x, y, weight, blocks - 1, at, labels[row], 1);
            } else {
                x[blocks] = at;
                y[blocks] = labels[row];
                weight[blocks++] = 1;
            }
        }
        int top = 0;
        for (int i = 1; i < blocks; i++) {
            top++;
            x[top] = x[i];
            y[top] = y[i];
            weight[top] = weight[i];
            while (top > 0 && y[top - 1] >= y[top]) {
                merge(x, y, weight, top - 1, x[top], y[top], weight[top]);
                top--;
            }
        }
        return new IsotonicCalibrator(Arrays.copyOf(x, top + 1), Arrays.copyOf(y, top + 1));
    }

    private static void merge(double[] x, double[] y, double[] weight, int into, double at, double value, double more) {
        double total = weight[into] + more;
        x[into] = (x[into] * weight[into] + at * more) / total;
        y[into] = (y[into] * weight[into] + value * more) / total;
        weight[into] = total;
    }

    /** Golden-section search on the logarithm of the temperature. */
    private Calibrator temperature(int[] rows) {
        double low = Math.log(0.2);
        double high = Math.log(5);
        double ratio = (Math.sqrt(5) - 1) / 2;
        for (int step = 0; step < 30; step++) {
            double left = high - ratio * (high - low);
            double right = low + ratio * (high - low);
            if (loss(Math.exp(left), rows) < loss(Math.exp(right), rows)) {
                high = right;
            } else {
                low = left;
            }
        }
        return new TemperatureCalibrator(Math.exp((low + high) / 2));
    }

    private double loss(double temperature, int[] rows) {
        TemperatureCalibrator calibrator = new TemperatureCalibrator(temperature);
        double[] row = new double[classes];
        double sum = 0;
        for (int index : rows) {
            System.arraycopy(predictions[index], 0, row, 0, classes);
            calibrator.apply(row);
            sum -= Math.log(Math.max(1e-15, row[(int) labels[index]]));
        }
        return sum;
    }
}
