package tatara.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.TextColumn;
import tatara.data.clean.OddCell;
import tatara.model.transform.CellParser;

/** Writes a cleaned table and its odd cells as CSV: numbers as their shortest decimals, times in ISO-8601, missing cells empty. */
final class CleanedText {
    private static final CellParser TEXT = CellParser.of(ColumnType.TEXT, CellFormat.plain());

    private final Writer values;
    private final Writer cells;
    private boolean begun;

    CleanedText(Writer values, Writer cells) {
        this.values = values;
        this.cells = cells;
        write(cells, List.of("row", "column", "text", "value", "kind", "why"));
    }

    /** Writes the header, unless rows came before. */
    void header(List<String> columns) {
        if (!begun) {
            write(values, columns);
            begun = true;
        }
    }

    void rows(Frame frame) {
        header(frame.schema().names());
        List<TextColumn> columns = new ArrayList<>();
        for (Column column : frame.columns()) {
            columns.add(column instanceof TextColumn texts ? texts : (TextColumn) TEXT.parse(column));
        }
        for (int row = 0; row < frame.rows(); row++) {
            List<String> texts = new ArrayList<>(columns.size());
            for (TextColumn column : columns) {
                texts.add(column.isMissing(row) ? "" : column.dictionary()[column.codes()[row]]);
            }
            write(values, texts);
        }
    }

    void cell(OddCell cell) {
        String kind = cell.kind() == OddCell.Kind.MENDED ? "mended" : "left-out";
        write(cells, List.of(Long.toString(cell.row()), cell.column(), cell.text(), cell.value(), kind, cell.why()));
    }

    private static void write(Writer writer, List<String> texts) {
        try {
            writer.write(texts.stream().map(LabelFile::quoted).collect(Collectors.joining(",")));
            writer.write("\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
