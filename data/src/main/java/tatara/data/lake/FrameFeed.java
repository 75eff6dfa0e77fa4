package tatara.data.lake;

import java.nio.charset.StandardCharsets;
import java.util.Map;
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
 * Frames as a table of the SQL engine: one thread hands them over, the engine's thread takes them, at most two wait in between.
 * Columns are called c0, c1 …; times are microseconds.
 */
final class FrameFeed {
    /** Name of the table function; its argument names the feed. */
    static final String FUNCTION = "tatara_frames";

    private static final int WAITING_FRAMES = 2;

    private final Schema schema;
    private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(WAITING_FRAMES);
    private volatile boolean stopped;
    private @Nullable Frame current;
    private byte[] @Nullable [] @Nullable [] encoded;
    private int position;

    /** What waits: a frame, or the end (no frame). */
    private record Item(@Nullable Frame frame) {}

    FrameFeed(Schema schema) {
        this.schema = schema;
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
        for (int i = 0; i < schema.size(); i++) {
            info.addResultColumn(
                    "c" + i,
                    switch (schema.field(i).kind()) {
                        case NUMBER -> DuckDBColumnType.DOUBLE;
                        case TEXT -> DuckDBColumnType.VARCHAR;
                        case TIME -> DuckDBColumnType.BIGINT;
                    });
        }
    }

    private long fill(DuckDBDataChunkWriter chunk) throws InterruptedException {
        Frame frame = current;
        while (frame == null || position == frame.rows()) {
            frame = take();
            if (frame == null) {
                return 0;
            }
            current = frame;
            position = 0;
            encoded = encode(frame);
        }
        int count = (int) Math.min(chunk.capacity(), frame.rows() - position);
        for (int i = 0; i < schema.size(); i++) {
            write(i, frame.column(i), chunk.vector(i), count);
        }
        position += count;
        return count;
    }

    private void write(int index, Column column, DuckDBWritableVector vector, int count) {
        if (column instanceof NumberColumn numbers) {
            for (int i = 0; i < count; i++) {
                double value = numbers.values()[position + i];
                if (Double.isNaN(value)) {
                    vector.setNull(i);
                } else {
                    vector.setDouble(i, value);
                }
            }
        } else if (column instanceof TimeColumn times) {
            for (int i = 0; i < count; i++) {
                long value = times.micros()[position + i];
                if (value == TimeColumn.MISSING) {
                    vector.setNull(i);
                } else {
                    vector.setLong(i, value);
                }
            }
        } else {
            texts(index, (TextColumn) column, vector, count);
        }
    }

    private void texts(int index, TextColumn column, DuckDBWritableVector vector, int count) {
        byte[] @Nullable [] dictionary = java.util.Objects.requireNonNull(encoded)[index];
        byte[][] cells = new byte[count][];
        for (int i = 0; i < count; i++) {
            int code = column.codes()[position + i];
            cells[i] = code < 0 ? EMPTY : java.util.Objects.requireNonNull(dictionary)[code];
        }
        vector.setStringUtf8Batch(0, cells);
        for (int i = 0; i < count; i++) {
            if (column.codes()[position + i] < 0) {
                vector.setNull(i);
            }
        }
    }

    private static final byte[] EMPTY = {};

    private static byte[] @Nullable [] @Nullable [] encode(Frame frame) {
        byte[] @Nullable [] @Nullable [] all = new byte[frame.schema().size()][][];
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
