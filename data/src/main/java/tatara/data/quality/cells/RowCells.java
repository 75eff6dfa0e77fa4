package tatara.data.quality.cells;

/** The cells of one row while they are judged; used again for the next row. */
final class RowCells {
    final String[] texts;
    final int[] codes;
    final ValueTraits[] traits;
    final double[][] evidence;
    final double[] logit;
    long position;
    boolean sampled;

    RowCells(int width) {
        texts = new String[width];
        codes = new int[width];
        traits = new ValueTraits[width];
        evidence = new double[width][Signal.COUNT];
        logit = new double[width];
    }

    int width() {
        return texts.length;
    }

    /** Takes a row of the sample. */
    void take(TableSample sample, TableModel model, int row) {
        position = sample.position(row);
        sampled = true;
        for (int column = 0; column < texts.length; column++) {
            CodedColumn coded = sample.column(column);
            codes[column] = coded.codes[row];
            texts[column] = coded.values[codes[column]];
            traits[column] = model.columns().get(column).traits(codes[column]);
        }
    }

    /** Takes a cell of a row that may hold new texts. */
    void take(int column, String text, TableModel model) {
        ColumnModel learned = model.columns().get(column);
        texts[column] = text;
        codes[column] = learned.column().code(text);
        traits[column] = learned.traits(text);
    }

    /** The row's group by the determinant of a dependency. */
    int group(Dependency dependency) {
        return dependency.grouping.group(codes);
    }

    double probability(int column) {
        return 1 / (1 + Math.exp(-logit[column]));
    }
}
