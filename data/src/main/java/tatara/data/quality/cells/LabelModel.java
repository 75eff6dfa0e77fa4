package tatara.data.quality.cells;

import java.util.ArrayList;
import java.util.List;

/**
 * What labels teach: a logistic regression whose offset is the evidence without labels, with a normal prior around zero for every weight,
 * fitted by Newton steps one weight at a time. Without labels it changes nothing.
 */
final class LabelModel {
    private static final int SWEEPS = 40;
    private static final double OFFSET_CAP = 5;

    private final CellFeatures features;
    private final LongCounts numbers = new LongCounts(1024);
    private final List<Example> examples = new ArrayList<>();
    private double[] weights = new double[0];

    /** A labelled cell. */
    private record Example(int[] features, double[] values, double offset, boolean wrong) {}

    LabelModel(CellFeatures features) {
        this.features = features;
    }

    boolean isEmpty() {
        return examples.isEmpty();
    }

    /** Adds a cell whose truth is known; takes part from the next {@link #fit}. */
    void add(int column, RowCells row, boolean wrong) {
        FeatureList list = new FeatureList();
        features.ofText(column, row.texts[column], row.traits[column], list);
        features.ofRow(column, row, list);
        int[] indexes = new int[list.size()];
        double[] values = new double[list.size()];
        for (int i = 0; i < indexes.length; i++) {
            int number = numbers.count(list.key(i));
            if (number == 0) {
                number = numbers.size() + 1;
                numbers.set(list.key(i), number);
            }
            indexes[i] = number - 1;
            values[i] = list.value(i);
        }
        examples.add(new Example(indexes, values, offset(row.logit[column]), wrong));
    }

    private static double offset(double logit) {
        return Math.max(-OFFSET_CAP, Math.min(OFFSET_CAP, logit));
    }

    /** Fits the weights to all examples. */
    void fit() {
        weights = new double[numbers.size()];
        double[] margins = new double[examples.size()];
        for (int i = 0; i < margins.length; i++) {
            margins[i] = examples.get(i).offset();
        }
        int[][] of = new int[weights.length][];
        double[][] values = new double[weights.length][];
        transpose(of, values);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int feature = 0; feature < weights.length; feature++) {
                step(feature, of[feature], values[feature], margins);
            }
        }
    }

    private void transpose(int[][] of, double[][] values) {
        int[] sizes = new int[weights.length];
        for (Example example : examples) {
            for (int feature : example.features()) {
                sizes[feature]++;
            }
        }
        for (int feature = 0; feature < sizes.length; feature++) {
            of[feature] = new int[sizes[feature]];
            values[feature] = new double[sizes[feature]];
        }
        for (int i = examples.size() - 1; i >= 0; i--) {
            Example example = examples.get(i);
            for (int j = 0; j < example.features().length; j++) {
                int feature = example.features()[j];
                int slot = --sizes[feature];
                of[feature][slot] = i;
                values[feature][slot] = example.values()[j];
            }
        }
    }

    private void step(int feature, int[] of, double[] values, double[] margins) {
        double gradient = -weights[feature];
        double curvature = 1;
        for (int i = 0; i < of.length; i++) {
            double probability = 1 / (1 + Math.exp(-margins[of[i]]));
            gradient += values[i] * ((examples.get(of[i]).wrong() ? 1 : 0) - probability);
            curvature += values[i] * values[i] * Math.max(0.05, probability * (1 - probability));
        }
        double change = gradient / curvature;
        weights[feature] += change;
        for (int i = 0; i < of.length; i++) {
            margins[of[i]] += change * values[i];
        }
    }

    /** What labels say of a text, whatever the row; to be added to {@link #logit}. */
    double ofText(int column, String text, ValueTraits traits, FeatureList list) {
        if (examples.isEmpty()) {
            return 0;
        }
        list.clear();
        features.ofText(column, text, traits, list);
        return sum(list);
    }

    /** Log-odds that a cell is wrong, given the row's evidence and what labels say of the text. */
    double logit(int column, RowCells row, double ofText, FeatureList list) {
        if (examples.isEmpty()) {
            return row.logit[column];
        }
        list.clear();
        features.ofRow(column, row, list);
        return offset(row.logit[column]) + ofText + sum(list);
    }

    private double sum(FeatureList list) {
        double sum = 0;
        for (int i = 0; i < list.size(); i++) {
            int number = numbers.count(list.key(i));
            if (number > 0) {
                sum += weights[number - 1] * list.value(i);
            }
        }
        return sum;
    }
}
