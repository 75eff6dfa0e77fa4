package tatara.data.quality.cells;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A learned table with its labels: judges rows of the sample and of streamed frames alike. Not thread-safe. */
final class Judge {
    private final TableSample sample;
    private final TableModel model;
    private final LabelModel labels;
    private final Transformations transformations;
    private final Map<String, int[]> labelledShapes = new HashMap<>();
    private final FeatureList list = new FeatureList();

    /** @param labelled rows of the sample's table, in any order */
    Judge(TableSample sample, TableModel model, List<LabelledRow> labelled) {
        this.sample = sample;
        this.model = model;
        this.labels = new LabelModel(new CellFeatures(model));
        this.transformations = new Transformations();
        RowCells row = new RowCells(sample.width());
        for (LabelledRow label : labelled) {
            int index = sample.indexOf(label.row());
            row.take(sample, model, index);
            model.weigh(row);
            for (int column = 0; column < sample.width(); column++) {
                learn(column, row, label.values().get(column));
            }
        }
        labels.fit();
    }

    private void learn(int column, RowCells row, String right) {
        boolean wrong = !row.texts[column].equals(right);
        labels.add(column, row, wrong);
        int[] counts = labelledShapes.computeIfAbsent(shapeKey(column, row.texts[column]), absent -> new int[2]);
        counts[0] += wrong ? 1 : 0;
        counts[1]++;
        transformations.learn(column, row.texts[column], right);
    }

    private static String shapeKey(int column, String text) {
        return column + "\n" + TextShape.words(text);
    }

    /** Labelled cells of the column with the text's shape: wrong ones, and all. */
    int[] labelled(int column, String text) {
        return labelledShapes.getOrDefault(shapeKey(column, text), new int[2]).clone();
    }

    TableModel model() {
        return model;
    }

    TableSample sample() {
        return sample;
    }

    Transformations transformations() {
        return transformations;
    }

    /** What labels say of a text. */
    double ofText(int column, String text, ValueTraits traits) {
        return labels.ofText(column, text, traits, list);
    }

    /** Log-odds that each cell of a row is wrong; the row's evidence is filled in. */
    void judge(RowCells row, double[] logits) {
        model.weigh(row);
        for (int column = 0; column < logits.length; column++) {
            logits[column] = labels.logit(column, row, row.fromText[column], list);
        }
    }

    /** Log-odds of all cells of the sample, by column and row. */
    float[][] judgeSample() {
        int width = sample.width();
        double[][] ofText = new double[width][];
        for (int column = 0; column < width; column++) {
            ofText[column] = new double[sample.column(column).distinct()];
            Arrays.fill(ofText[column], Double.NaN);
        }
        float[][] logits = new float[width][sample.size()];
        double[] cells = new double[width];
        RowCells row = new RowCells(width);
        for (int index = 0; index < sample.size(); index++) {
            row.take(sample, model, index);
            for (int column = 0; column < width; column++) {
                double[] known = ofText[column];
                int code = row.codes[column];
                if (Double.isNaN(known[code])) {
                    known[code] = ofText(column, row.texts[column], row.traits[column]);
                }
                row.fromText[column] = known[code];
            }
            judge(row, cells);
            for (int column = 0; column < width; column++) {
                logits[column][index] = (float) cells[column];
            }
        }
        return logits;
    }
}
