package tatara.train.search;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import tatara.core.design.FeatureDesign;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;

/**
 * Reads labels from frames: the index of the class, or the value; NaN where the target is missing, infinite, or no known class.
 * Classes that are numbers match by value, so that {@code 1} and {@code 1.0} are one class. Immutable, thread-safe.
 */
public final class TargetReader {
    private final String column;
    private final boolean classification;
    private final Map<String, Integer> indexOfText = new HashMap<>();
    private final Map<Double, Integer> indexOfNumber = new HashMap<>();

    /** @throws IllegalArgumentException if the target has no column */
    public TargetReader(FeatureDesign.Target target) {
        column = target.column().orElseThrow(() -> new IllegalArgumentException("target: no column"));
        classification = target.task().isClassification();
        for (int index = 0; index < target.classes().size(); index++) {
            String label = target.classes().get(index);
            indexOfText.put(label, index);
            double number = number(label);
            if (!Double.isNaN(number)) {
                indexOfNumber.putIfAbsent(number + 0.0, index);
            }
        }
    }

    /** One label per row of the frame. */
    public double[] read(Frame frame) {
        Column values = frame.column(column);
        double[] labels = new double[frame.rows()];
        if (values instanceof TextColumn texts) {
            double[] ofCode =
                    Arrays.stream(texts.dictionary()).mapToDouble(this::ofText).toArray();
            for (int row = 0; row < labels.length; row++) {
                labels[row] = texts.isMissing(row) ? Double.NaN : ofCode[texts.codes()[row]];
            }
        } else if (values instanceof NumberColumn numbers) {
            for (int row = 0; row < labels.length; row++) {
                labels[row] = ofNumber(numbers.values()[row]);
            }
        } else {
            throw new IllegalArgumentException("target " + column + ": times (expected: numbers or texts)");
        }
        return labels;
    }

    private double ofText(String text) {
        if (classification) {
            Integer index = indexOfText.get(text);
            return index == null ? Double.NaN : index;
        }
        return finite(number(text));
    }

    private double ofNumber(double value) {
        if (!classification) {
            return finite(value);
        }
        Integer index = indexOfNumber.get(value + 0.0);
        return index == null ? Double.NaN : index;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }
}
