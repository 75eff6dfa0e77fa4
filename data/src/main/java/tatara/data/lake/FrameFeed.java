package tatara.data.lake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;

/**
 * Frames as a table of the SQL engine: one thread hands them over, the engine's thread takes them, at most two wait in between. Times
 * are microseconds.
 */
final class FrameFeed {
    /** Name of the table function; its argument names the feed. */
    static final String FUNCTION = "tatara_frames";

    private static final int WAITING_FRAMES = 2;
    private static final byte[] EMPTY = {};

    private final Schema schema;
    private final List<Output> outputs;
    private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(WAITING_FRAMES);
    private volatile boolean stopped;
    private @Nullable Frame current;
    private byte @Nullable [][][] encoded;
    private int position;
    private long delivered;
    private boolean ended;

    /**
     * A column of the SQL table.
     *
     * @param type DOUBLE or BIGINT for numbers, VARCHAR for texts, BIGINT for times; BIGINT beyond the frames' columns: the row's
     *     number
     */
    record Output(String name, DuckDBColumnType type) {}

    /** What waits: a frame, or the end (no frame). */
    private record Item(@Nullable Frame frame) {}

    /** @param outputs one for each field, and perhaps one more for the row's number */
    FrameFeed(Schema schema, List<Output> outputs) {
        this.schema = schema;
        this.outputs = List.copyOf(outputs);
    }

    /** Hands over a frame; waits while two are waiting. Gives false when the engine takes no more. */
    boolean put(Frame frame) {
        return offer(new Item(frame));
    }

    /** Says that no frame follows. */
    void end() {
        offer(new Item(null));
    }

    /** Says that nobody takes or gives any more; both sides end. */
    void stop() {
        stopped = true;
    }

    private boolean offer(Item item) {
        try {
            while (!stopped) {
                if (queue.offer(item, 100, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
            throw cancelled();
        }
    }

    private @Nullable Frame take() throws InterruptedException {
        while (true) {
            Item item = queue.poll(100, TimeUnit.MILLISECONDS);
            if (item != null) {
                return item.frame();
            }
            if (stopped) {
                throw cancelled();
            }
        }
    }

    private static TataraException cancelled() {
        return new TataraException(CoreErrorCode.CANCELLED, Fault.of("writing was stopped"));
    }

    private void bind(DuckDBTableFunctionBindInfo info) {
        outputs.forEach(output -> info.addResultColumn(output.name(), output.type()));
    }

    /** Fills a chunk as far as frames come; the end is a chunk that is not full. */
    private long fill(DuckDBDataChunkWriter chunk) throws InterruptedException {
        int capacity = Math.toIntExact(chunk.capacity());
        int filled = 0;
        while (filled < capacity && advance()) {
            Frame frame = Objects.requireNonNull(current);
            int count = Math.min(capacity - filled, frame.rows() - position);
            for (int i = 0; i < outputs.size(); i++) {
                write(i, frame, chunk.vector(i), filled, count);
            }
            position += count;
            filled += count;
            delivered += count;
        }
        return filled;
    }

    /** Makes sure that the current frame has rows left; false at the end. */
    private boolean advance() throws InterruptedException {
        while (!ended && (current == null || position == current.rows())) {
            current = take();
            ended = current == null;
            position = 0;
            encoded = current == null ? null : encode(current);
        }
        return !ended;
    }

    private void write(int index, Frame frame, DuckDBWritableVector vector, int at, int count) {
        if (index == schema.size()) {
            for (int i = 0; i < count; i++) {
                vector.setLong(at + i, delivered + i);
            }
            return;
        }
        Column column = frame.column(index);
        if (column instanceof NumberColumn numbers) {
            numbers(numbers, outputs.get(index).type() == DuckDBColumnType.BIGINT, vector, at, count);
        } else if (column instanceof TimeColumn times) {
            for (int i = 0; i < count; i++) {
                long value = times.micros()[position + i];
                if (value == TimeColumn.MISSING) {
                    vector.setNull(at + i);
                } else {
                    vector.setLong(at + i, value);
                }
            }
        } else {
            texts(index, (TextColumn) column, vector, at, count);
        }
    }

    private void numbers(NumberColumn column, boolean whole, DuckDBWritableVector vector, int at, int count) {
        for (int i = 0; i < count; i++) {
            double value = column.values()[position + i];
            if (Double.isNaN(value)) {
                vector.setNull(at + i);
            } else if (whole) {
                vector.setLong(at + i, (long) value);
            } else {
                vector.setDouble(at + i, value);
            }
        }
    }

    private void texts(int index, TextColumn column, DuckDBWritableVector vector, int at, int count) {
        byte[][] dictionary = Objects.requireNonNull(encoded)[index];
        byte[][] cells = new byte[count][];
        for (int i = 0; i < count; i++) {
            int code = column.codes()[position + i];
            cells[i] = code < 0 ? EMPTY : dictionary[code];
        }
        vector.setStringUtf8Batch(at, cells);
        for (int i = 0; i < count; i++) {
            if (column.codes()[position + i] < 0) {
                vector.setNull(at + i);
            }
        }
    }

    private static byte[][][] encode(Frame frame) {
        byte[][][] all = new byte[frame.schema().size()][0][];
        for (int i = 0; i < all.length; i++) {
            if (frame.schema().field(i).kind() == Kind.TEXT) {
                String[] dictionary = ((TextColumn) frame.column(i)).dictionary();
                byte[][] bytes = new byte[dictionary.length][];
                for (int code = 0; code < bytes.length; code++) {
                    bytes[code] = dictionary[code].getBytes(StandardCharsets.UTF_8);
                }
                all[i] = bytes;
            }
        }
        return all;
    }

    /** The table function: its argument is the key of a feed. */
    static final class Function implements DuckDBTableFunction<FrameFeed, FrameFeed, Object> {
        private final Map<String, FrameFeed> feeds = new ConcurrentHashMap<>();

        void add(String key, FrameFeed feed) {
            feeds.put(key, feed);
        }

        void remove(String key) {
            feeds.remove(key);
        }

        @Override
        public FrameFeed bind(DuckDBTableFunctionBindInfo info) {
            String key = info.getParameter(0).getString();
            FrameFeed feed = feeds.get(key);
            if (feed == null) {
                throw new IllegalStateException("feed: " + key);
            }
            feed.bind(info);
            return feed;
        }

        @Override
        public FrameFeed init(DuckDBTableFunctionInitInfo info) {
            info.setMaxThreads(1);
            return info.getBindData();
        }

        @Override
        public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) throws Exception {
            FrameFeed feed = info.getBindData();
            return feed.fill(chunk);
        }
    }
}
