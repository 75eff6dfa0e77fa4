package tatara.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.data.quality.cells.LabelledRow;
import tatara.data.quality.cells.SuggestedRow;

/** Labelled rows as a file that a person can fill in: first the row's position, then the table's columns with the right texts. */
final class LabelFile {
    private static final String POSITION = "position";

    private LabelFile() {}

    static String text(Schema schema, List<SuggestedRow> rows) {
        String position = POSITION;
        while (schema.indexOf(position).isPresent()) {
            position = "_" + position;
        }
        StringBuilder text = new StringBuilder(position);
        schema.names().forEach(name -> text.append(',').append(quoted(name)));
        text.append('\n');
        for (SuggestedRow row : rows) {
            text.append(row.row());
            row.values().forEach(value -> text.append(',').append(quoted(value)));
            text.append('\n');
        }
        return text.toString();
    }

    /** A cell of a CSV file (RFC 4180). */
    static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && text.equals(text.strip());
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** @throws TataraException {@code WRONG_USAGE} if a column is not there or a position is none */
    static List<LabelledRow> read(FrameSource labels, Path file, Schema table) {
        int[] columns = table.names().stream()
                .mapToInt(name -> index(labels.schema(), name, file))
                .toArray();
        List<LabelledRow> read = new ArrayList<>();
        labels.forEach(frame -> {
            for (int i = 0; i < frame.rows(); i++) {
                List<String> values = new ArrayList<>(columns.length);
                for (int column : columns) {
                    values.add(text(frame, column, i));
                }
                read.add(new LabelledRow(position(text(frame, 0, i), file), values));
            }
        });
        return read;
    }

    private static int index(Schema schema, String name, Path file) {
        OptionalInt index = schema.indexOf(name);
        if (index.isEmpty()) {
            throw new TataraException(
                    CliErrorCode.WRONG_USAGE,
                    Fault.of("the labels have no column " + name)
                            .at(file.toString())
                            .expecting("the row's position, then all columns of the table")
                            .todo("Make the file with --ask N --out FILE, and correct the cells in it"));
        }
        return index.getAsInt();
    }

    private static String text(Frame frame, int column, int row) {
        Column cells = frame.column(column);
        if (cells.isMissing(row)) {
            return "";
        }
        if (cells instanceof NumberColumn numbers) {
            double value = numbers.values()[row];
            return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        }
        return cells instanceof TextColumn texts ? String.valueOf(texts.value(row)) : "";
    }

    private static long position(String text, Path file) {
        try {
            long position = Long.parseLong(text.strip());
            if (position >= 0) {
                return position;
            }
        } catch (NumberFormatException e) {
            throw wrong(text, file, e);
        }
        throw wrong(text, file, null);
    }

    private static TataraException wrong(String text, Path file, @Nullable NumberFormatException cause) {
        return new TataraException(
                CliErrorCode.WRONG_USAGE,
                Fault.of("the first column holds '" + text + "'")
                        .at(file.toString())
                        .expecting("the position of a row, from 0"),
                cause);
    }
}
