package tatara.data.source;

import java.io.IOException;
import java.io.Writer;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.Schema;

/** Delimited text after RFC 4180 with LF line ends; a missing value is an empty cell. */
final class DelimitedText implements TableWriter.FrameText {
    private final Writer out;
    private final char delimiter;

    DelimitedText(Writer out, char delimiter, Schema schema) throws IOException {
        this.out = out;
        this.delimiter = delimiter;
        for (int i = 0; i < schema.size(); i++) {
            cell(i, schema.field(i).name());
        }
        out.write('\n');
    }

    @Override
    public void write(Frame frame) throws IOException {
        for (int row = 0; row < frame.rows(); row++) {
            for (int i = 0; i < frame.columns().size(); i++) {
                Column column = frame.column(i);
                cell(i, column.isMissing(row) ? "" : CellText.of(column, row));
            }
            out.write('\n');
        }
    }

    private void cell(int index, String text) throws IOException {
        if (index > 0) {
            out.write(delimiter);
        }
        if (!special(text)) {
            out.write(text);
            return;
        }
        out.write('"');
        out.write(text.replace("\"", "\"\""));
        out.write('"');
    }

    private boolean special(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == delimiter || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return !text.isEmpty() && (text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ');
    }
}
