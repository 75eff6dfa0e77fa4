package tatara.data.quality.cells;

import java.util.Arrays;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.TextColumn;

/** The rows of one frame as cells; each distinct text of the frame is looked up once. Not thread-safe. */
final class FrameCells {
    private final Frame frame;
    private final Judge judge;
    private final TextColumn[] texts;
    private final int[][] codes;
    private final ValueTraits[][] traits;
    private final double[][] ofText;

    FrameCells(Frame frame, Judge judge) {
        int width = frame.schema().size();
        this.frame = frame;
        this.judge = judge;
        this.texts = new TextColumn[width];
        this.codes = new int[width][];
        this.traits = new ValueTraits[width][];
        this.ofText = new double[width][];
        for (int column = 0; column < width; column++) {
            Column stored = frame.column(column);
            texts[column] = stored instanceof TextColumn text ? text : rendered(stored, frame.rows());
            int distinct = texts[column].dictionary().length + 1;
            codes[column] = new int[distinct];
            traits[column] = new ValueTraits[distinct];
            ofText[column] = new double[distinct];
            Arrays.fill(ofText[column], Double.NaN);
        }
    }

    private static TextColumn rendered(Column column, int rows) {
        return TextColumn.of(rows, row -> column.isMissing(row) ? null : CellTexts.of(column, row));
    }

    int rows() {
        return frame.rows();
    }

    /** Takes a row into the cells. */
    void take(int row, RowCells into) {
        for (int column = 0; column < texts.length; column++) {
            int number = texts[column].codes()[row] + 1;
            String text = number == 0 ? "" : texts[column].dictionary()[number - 1];
            if (Double.isNaN(ofText[column][number])) {
                ColumnModel learned = judge.model().columns().get(column);
                codes[column][number] = learned.column().code(text);
                traits[column][number] = learned.traits(text);
                ofText[column][number] = judge.ofText(column, text, traits[column][number]);
            }
            into.take(column, text, codes[column][number], traits[column][number], ofText[column][number]);
        }
    }
}
