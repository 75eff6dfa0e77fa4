package tatara.connectors.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.port.Change;
import tatara.core.port.ChangeFeed;

/**
 * A topic as a log of changes. Records of a partition come in its order; between partitions the earlier timestamp goes first, as far as
 * records have arrived. A row that changes its key is a deletion and an insertion, which Debezium's headers tie together; they come in one
 * batch. {@link Change#order} is the sum of the offsets that were taken, which grows with every record, whoever reads.
 *
 * <p>When nothing comes, the broker is asked whether there is nothing: one that does not answer is an {@code EXTERNAL} error, after which
 * the feed can be polled again.
 */
final class TopicFeed implements ChangeFeed {
    private static final int LONGEST_TEXT = 1_000;
    private static final Duration MOVE = Duration.ofSeconds(5);
    private static final String NEW_KEY = "__debezium.newkey";
    private static final String OLD_KEY = "__debezium.oldkey";

    private final String topic;
    private final TopicReader reader;
    private final RecordReader records;
    private final Map<Integer, Deque<ConsumerRecord<byte[], byte[]>>> waiting = new TreeMap<>();
    private final Offsets ends;

    /** Keys of which a deletion told that a row will come with them. */
    private final Set<Map<String, Json>> moving = new HashSet<>();

    /** Keys that such rows had. */
    private final Set<Map<String, Json>> moved = new HashSet<>();

    private long order;

    TopicFeed(String topic, TopicReader reader, RecordReader records) {
        this.topic = topic;
        this.reader = reader;
        this.records = records;
        this.ends = reader.ends();
        this.order = reader.taken().sum();
    }

    @Override
    public Optional<ChangeBatch> poll(Duration wait, int most) {
        if (waiting.isEmpty()) {
            fill(wait);
        }
        List<Change> changes = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        int left = most;
        while (left > 0 && !waiting.isEmpty()) {
            take(changes, rejected);
            left--;
        }
        finishMove(changes, rejected);
        return changes.isEmpty() && rejected.isEmpty()
                ? Optional.empty()
                : Optional.of(new ChangeBatch(changes, reader.taken().text(), false, rejected));
    }

    /** A row that changes its key is deleted, then inserted: both are stored together, so that values which were not sent twice are known. */
    private void finishMove(List<Change> changes, List<Rejected> rejected) {
        long end = System.nanoTime() + MOVE.toNanos();
        while (!moving.isEmpty() && System.nanoTime() < end) {
            if (waiting.isEmpty() && !filled(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                break;
            }
            if (!waiting.isEmpty()) {
                take(changes, rejected);
            }
        }
        moving.clear();
        moved.clear();
    }

    /** What was taken must be handed over: a broker that is gone is told by the next poll. */
    private boolean filled(Duration wait) {
        try {
            fill(wait);
            return true;
        } catch (TataraException gone) {
            return false;
        }
    }

    private static byte @Nullable [] header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    /** The key that a row had which this record inserts; empty if it is no change of a key. */
    private Map<String, Json> former(ConsumerRecord<byte[], byte[]> record, Reading.Row row, List<Rejected> rejected) {
        byte @Nullable [] next = header(record, NEW_KEY);
        if (row.kind() == Change.Kind.DELETE && next != null) {
            moving.add(records.formerKey(next));
            moved.add(row.key());
        }
        byte @Nullable [] before = header(record, OLD_KEY);
        if (row.kind() != Change.Kind.INSERT || before == null) {
            return Map.of();
        }
        moving.remove(row.key());
        Map<String, Json> former = records.formerKey(before);
        if (moved.contains(former)) {
            return former;
        }
        if (!row.unsent().isEmpty()) {
            rejected.add(new Rejected(
                    place(record),
                    "the row changed its key, and without its deletion nobody knows the values of "
                            + String.join(", ", row.unsent()) + ", which are missing now",
                    cut(RecordReader.lossy(record.value()))));
        }
        return Map.of();
    }

    private String place(ConsumerRecord<byte[], byte[]> record) {
        return topic + ", partition " + record.partition() + ", offset " + record.offset();
    }

    /** Reads until there are records, the time is over, or the end is reached. */
    private void fill(Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        Duration left = wait;
        do {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(left)) {
                waiting.computeIfAbsent(record.partition(), partition -> new ArrayDeque<>())
                        .add(record);
            }
            left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        } while (waiting.isEmpty() && !left.isZero());
        if (waiting.isEmpty()) {
            reader.addPartitions();
            reader.ends();
        }
    }

    private void take(List<Change> changes, List<Rejected> rejected) {
        int partition = waiting.entrySet().stream()
                .min(Comparator.comparingLong(
                        entry -> entry.getValue().element().timestamp()))
                .orElseThrow()
                .getKey();
        Deque<ConsumerRecord<byte[], byte[]>> queue = waiting.getOrDefault(partition, new ArrayDeque<>());
        ConsumerRecord<byte[], byte[]> record = queue.remove();
        if (queue.isEmpty()) {
            waiting.remove(partition);
        }
        order += reader.taken(partition, record.offset() + 1);
        Reading reading = records.read(record.key(), record.value());
        if (reading instanceof Reading.Row row) {
            Optional<Instant> at = row.at()
                    .or(() -> record.timestamp() < 0
                            ? Optional.empty()
                            : Optional.of(Instant.ofEpochMilli(record.timestamp())));
            Map<String, Json> former = former(record, row, rejected);
            changes.add(new Change(row.kind(), topic, row.key(), row.row(), at, order, former));
        } else if (reading instanceof Reading.Unreadable unreadable) {
            rejected.add(new Rejected(place(record), unreadable.reason(), cut(RecordReader.lossy(record.value()))));
        }
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }

    @Override
    public Optional<Boolean> caughtUp() {
        return Optional.of(waiting.isEmpty()
                && ends.next().entrySet().stream().allMatch(end -> reader.position(end.getKey()) >= end.getValue()));
    }

    @Override
    public void stored(String position) {
        // The position lies with the data; the broker is not told, so that it can claim nothing else.
    }

    @Override
    public void close() {
        reader.close();
    }
}
