package tatara.connectors.debezium;

import io.debezium.connector.postgresql.PostgresConnectorTask;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * One run of Debezium's connector, from a position or from a full copy, until it fails or is closed. Kafka Connect's contract for source
 * tasks is what is called here; nothing of its runtime is needed. Used by one thread.
 */
final class Capture implements AutoCloseable {
    private final PostgresConnectorTask task = called(PostgresConnectorTask::new);
    private volatile Optional<Map<String, Object>> offset;

    private Capture(Optional<Map<String, Object>> offset) {
        this.offset = offset;
    }

    /** @param lsn where to go on; empty for a full copy first */
    static Capture start(Map<String, String> settings, Optional<Long> lsn) {
        Capture capture = new Capture(lsn.map(Capture::offset));
        try {
            called(() -> {
                capture.task.initialize(capture.new Context(settings));
                capture.task.start(settings);
                return true;
            });
            return capture;
        } catch (RuntimeException e) {
            capture.close();
            throw e;
        }
    }

    /** Records that are there, after waiting a moment for the first. */
    List<SourceRecord> poll() {
        return called(() -> Optional.ofNullable(task.poll()).orElse(List.of()));
    }

    /** The server may forget the log up to here; it is told with the next poll, or when this is closed. */
    void confirm(long lsn) {
        offset = Optional.of(offset(lsn));
        called(() -> {
            task.commit();
            return true;
        });
    }

    @Override
    public void close() {
        try {
            called(() -> {
                task.stop();
                return true;
            });
        } catch (RuntimeException alreadyBroken) {
            // a task that failed has nothing left to stop
        }
    }

    private static Map<String, Object> offset(long lsn) {
        Map<String, Object> offset = new HashMap<>();
        offset.put("lsn", lsn);
        offset.put("lsn_commit", lsn);
        offset.put("ts_usec", 0L);
        return offset;
    }

    /** The libraries look for their parts with the thread's class loader. */
    private static <T> T called(Callable<T> call) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Capture.class.getClassLoader());
        try {
            return call.call();
        } catch (InterruptedException e) {
            thread.interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** What the task sees of whoever runs it. */
    private final class Context implements SourceTaskContext, OffsetStorageReader {
        private final Map<String, String> settings;

        Context(Map<String, String> settings) {
            this.settings = settings;
        }

        @Override
        public Map<String, String> configs() {
            return settings;
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return this;
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException("metrics of plug-ins");
        }

        @Override
        @SuppressWarnings("NullAway") // Kafka Connect says "nothing stored" with null
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return offset.orElse(null);
        }

        @Override
        @SuppressWarnings("NullAway")
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
            partitions.forEach(partition -> found.put(partition, offset.orElse(null)));
            return found;
        }
    }
}
