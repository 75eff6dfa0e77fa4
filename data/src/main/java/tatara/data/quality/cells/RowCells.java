package tatara.data.quality.cells;

/** The cells of one row while they are judged; used again for the next row. */
final class RowCells {
    final String[] texts;
    final int[] codes;
    final ValueTraits[] traits;
    final double[][] evidence;
    final double[] logit;
    final double[] doubt;
    final double[][] votes;
    final double[][] sizes;
    final double[] fromText;
    long position;
    boolean sampled;

    RowCells(int width) {
        texts = new String[width];
        codes = new int[width];
        traits = new ValueTraits[width];
        evidence = new double[width][Signal.COUNT];
        logit = new double[width];
        doubt = new double[width];
        votes = new double[width][Dependencies.MOST];
        sizes = new double[width][Dependencies.MOST];
        fromText = new double[width];
    }

    int width() {
        return texts.length;
    }

    /** Takes a row of the sample; what labels say of its texts is not known. */
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

    /**
     * Takes a cell.
     *
     * @param code its number in the sample, -1 if it is new
     * @param weight what labels say of the text
     */
    void take(int column, String text, int code, ValueTraits learned, double weight) {
        texts[column] = text;
        codes[column] = code;
        traits[column] = learned;
        fromText[column] = weight;
    }

    /** The row's group by the determinant of a dependency. */
    int group(Dependency dependency) {
        return dependency.grouping.group(codes);
    }
}
