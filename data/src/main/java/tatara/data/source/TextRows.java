package tatara.data.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.Schema;
import tatara.data.lake.FrameSize;

/** Gathers rows of texts into frames, bounded in rows, cells and characters. Not thread-safe. */
final class TextRows {
    private static final long MOST_CHARACTERS = 32L * 1024 * 1024;

    private final Schema schema;
    private final CellDictionary[] columns;
    private final int capacity;
    private final Consumer<Frame> sink;
    private int rows;
    private long characters;
    private long total;

    TextRows(Schema schema, Consumer<Frame> sink) {
        this.schema = schema;
        this.capacity = FrameSize.rows(schema.size());
        this.sink = sink;
        this.columns = new CellDictionary[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new CellDictionary(capacity);
        }
    }

    static Schema schema(List<String> names) {
        return new Schema(names.stream().map(name -> new Field(name, Kind.TEXT)).toList());
    }

    void add(int column, char[] source, int start, int end) {
        columns[column].add(source, start, end);
        characters += end - start;
    }

    void add(int column, @Nullable String text) {
        if (text == null) {
            columns[column].addMissing();
        } else {
            add(column, text.toCharArray(), 0, text.length());
        }
    }

    void addMissing(int column) {
        columns[column].addMissing();
    }

    /** Says that every column has got its cell. */
    void endRow() {
        rows++;
        total++;
        if (rows == capacity || (characters > MOST_CHARACTERS && distinctCharacters() > MOST_CHARACTERS)) {
            flush();
        }
    }

    private long distinctCharacters() {
        long sum = 0;
        for (CellDictionary column : columns) {
            sum += column.characters();
        }
        characters = sum;
        return sum;
    }

    /** Hands over what is gathered. */
    void flush() {
        if (rows == 0) {
            return;
        }
        List<Column> taken = new ArrayList<>(columns.length);
        for (CellDictionary column : columns) {
            taken.add(column.take());
        }
        Frame frame = new Frame(schema, taken, rows);
        rows = 0;
        characters = 0;
        sink.accept(frame);
    }

    /** Rows added since the start. */
    long total() {
        return total;
    }
}
