package tatara.data.source.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TimeColumn;
import tatara.data.lake.FrameSize;
import tatara.data.lake.TextBuilder;

/** Gathers rows of a result into frames, bounded in rows, cells and characters. Not thread-safe. */
final class FrameBuilder {
    private static final long MOST_CHARACTERS = 16L << 20;

    private final Schema schema;
    private final List<CellReading> readings;
    private final int capacity;
    private final double[][] numbers;
    private final long[][] times;
    private final TextBuilder[] texts;
    private int rows;

    /** @param readings one a field, none of them {@link CellReading#NOT_COPIED} */
    FrameBuilder(Schema schema, List<CellReading> readings) {
        this.schema = schema;
        this.readings = readings;
        this.capacity = FrameSize.rows(schema.size());
        this.numbers = new double[schema.size()][];
        this.times = new long[schema.size()][];
        this.texts = new TextBuilder[schema.size()];
        clear();
    }

    private void clear() {
        rows = 0;
        for (int i = 0; i < readings.size(); i++) {
            switch (readings.get(i).kind()) {
                case NUMBER -> numbers[i] = new double[capacity];
                case TIME -> times[i] = new long[capacity];
                case TEXT -> texts[i] = new TextBuilder(capacity);
            }
        }
    }

    /** Adds the current row of a result whose columns are the fields. */
    void add(ResultSet row) throws SQLException {
        for (int i = 0; i < readings.size(); i++) {
            CellReading reading = readings.get(i);
            switch (reading.kind()) {
                case NUMBER -> numbers[i][rows] = reading.number(row, i + 1);
                case TIME -> times[i][rows] = reading.micros(row, i + 1);
                case TEXT -> texts[i].add(reading.text(row, i + 1));
            }
        }
        rows++;
    }

    boolean isFull() {
        return rows == capacity || (rows % 64 == 0 && characters() > MOST_CHARACTERS);
    }

    private long characters() {
        long sum = 0;
        for (int i = 0; i < texts.length; i++) {
            sum += readings.get(i).kind() == Kind.TEXT ? texts[i].characters() : 0;
        }
        return sum;
    }

    boolean isEmpty() {
        return rows == 0;
    }

    /** The frame of what was added; the builder starts anew. */
    Frame take() {
        List<Column> columns = new ArrayList<>(readings.size());
        for (int i = 0; i < readings.size(); i++) {
            columns.add(
                    switch (readings.get(i).kind()) {
                        case NUMBER -> new NumberColumn(Arrays.copyOf(numbers[i], rows));
                        case TIME -> new TimeColumn(Arrays.copyOf(times[i], rows));
                        case TEXT -> texts[i].build();
                    });
        }
        Frame frame = new Frame(schema, columns, rows);
        clear();
        return frame;
    }
}
