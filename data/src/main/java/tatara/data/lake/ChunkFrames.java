package tatara.data.lake;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TimeColumn;

/** Gathers the engine's vectors of 2,048 rows into frames. */
final class ChunkFrames {
    /** A batch with longer texts is handed over before it is full. */
    private static final long MOST_CHARACTERS = 32L * 1024 * 1024;

    private final Schema schema;
    private final Consumer<Frame> consumer;
    private final int capacity;
    private final double[][] numbers;
    private final long[][] times;
    private final @Nullable TextBuilder[] texts;
    private int rows;

    ChunkFrames(Schema schema, Consumer<Frame> consumer) {
        this.schema = schema;
        this.consumer = consumer;
        this.capacity = FrameSize.rows(schema.size());
        this.numbers = new double[schema.size()][];
        this.times = new long[schema.size()][];
        this.texts = new TextBuilder[schema.size()];
        reset();
    }

    /** Whether the query gives what the kinds need without a cast. */
    static boolean direct(DuckDBConnection connection, String sql, Schema schema) throws SQLException {
        try (DuckDBPreparedStatement statement = connection.prepare(sql)) {
            ResultSetMetaData types = statement.getMetaData();
            boolean direct = types.getColumnCount() == schema.size();
            for (int i = 0; direct && i < schema.size(); i++) {
                String type = types.getColumnTypeName(i + 1);
                direct = switch (schema.field(i).kind()) {
                    case NUMBER -> type.equals("DOUBLE") || type.equals("BIGINT");
                    case TEXT -> type.equals("VARCHAR");
                    case TIME -> false;
                };
            }
            return direct;
        }
    }

    /** The query with its columns cast to what the kinds of the schema need. */
    static String typed(String sql, Schema schema) {
        String names = IntStream.range(0, schema.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String casts = IntStream.range(0, schema.size())
                .mapToObj(i -> switch (schema.field(i).kind()) {
                    case NUMBER -> "CAST(c" + i + " AS DOUBLE)";
                    case TEXT -> "CAST(c" + i + " AS VARCHAR)";
                    case TIME -> "epoch_us(CAST(c" + i + " AS TIMESTAMP))";
                })
                .collect(Collectors.joining(", "));
        return "SELECT " + casts + " FROM (" + sql + "\n) AS result(" + names + ")";
    }

    void read(DuckDBChunkedResult result) throws SQLException {
        while (result.nextChunk()) {
            append(result.chunk());
        }
        flush();
    }

    private void append(DuckDBDataChunkReader chunk) {
        int size = Math.toIntExact(chunk.rowCount());
        for (int from = 0; from < size; ) {
            int count = Math.min(size - from, capacity - rows);
            for (int i = 0; i < schema.size(); i++) {
                copy(i, chunk.vector(i), from, count);
            }
            rows += count;
            from += count;
            if (rows == capacity) {
                flush();
            }
        }
        if (characters() > MOST_CHARACTERS) {
            flush();
        }
    }

    private long characters() {
        long sum = 0;
        for (TextBuilder text : texts) {
            sum += text == null ? 0 : text.characters();
        }
        return sum;
    }

    private void copy(int index, DuckDBReadableVector vector, int from, int count) {
        switch (schema.field(index).kind()) {
            case NUMBER -> {
                double[] target = numbers[index];
                boolean whole = vector.getType() == DuckDBColumnType.BIGINT;
                for (int i = 0; i < count; i++) {
                    target[rows + i] = vector.isNull(from + i)
                            ? Double.NaN
                            : whole ? vector.getLong(from + i) : vector.getDouble(from + i);
                }
            }
            case TIME -> {
                long[] target = times[index];
                for (int i = 0; i < count; i++) {
                    target[rows + i] = vector.getLong(from + i, TimeColumn.MISSING);
                }
            }
            case TEXT -> {
                TextBuilder target = Objects.requireNonNull(texts[index]);
                for (int i = 0; i < count; i++) {
                    target.add(vector.isNull(from + i) ? null : vector.getString(from + i));
                }
            }
        }
    }

    private void flush() {
        if (rows == 0) {
            return;
        }
        List<Column> columns = new ArrayList<>(schema.size());
        for (int i = 0; i < schema.size(); i++) {
            columns.add(
                    switch (schema.field(i).kind()) {
                        case NUMBER -> new NumberColumn(full(numbers[i]));
                        case TIME -> new TimeColumn(rows == capacity ? times[i] : Arrays.copyOf(times[i], rows));
                        case TEXT -> Objects.requireNonNull(texts[i]).build();
                    });
        }
        Frame frame = new Frame(schema, columns, rows);
        reset();
        consumer.accept(frame);
    }

    private double[] full(double[] values) {
        return rows == capacity ? values : Arrays.copyOf(values, rows);
    }

    private void reset() {
        rows = 0;
        for (int i = 0; i < schema.size(); i++) {
            Kind kind = schema.field(i).kind();
            if (kind == Kind.NUMBER) {
                numbers[i] = new double[capacity];
            } else if (kind == Kind.TIME) {
                times[i] = new long[capacity];
            } else {
                texts[i] = new TextBuilder(capacity);
            }
        }
    }
}
