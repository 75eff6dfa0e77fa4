package tatara.connectors.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tatara.core.port.Change;
import tatara.core.port.ChangeFeed;

/**
 * A topic as a log of changes. Records of a partition come in its order; between partitions the earlier timestamp goes first, as far as
 * records have arrived. {@link Change#order} is the sum of the offsets that were taken, which grows with every record, whoever reads.
 *
 * <p>When nothing comes, the broker is asked whether there is nothing: one that does not answer is an {@code EXTERNAL} error, after which
 * the feed can be polled again.
 */
final class TopicFeed implements ChangeFeed {
    private static final int LONGEST_TEXT = 1_000;

    private final String topic;
    private final TopicReader reader;
    private final RecordReader records;
    private final Map<Integer, Deque<ConsumerRecord<byte[], byte[]>>> waiting = new TreeMap<>();
    private final Offsets ends;
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
        return changes.isEmpty() && rejected.isEmpty()
                ? Optional.empty()
                : Optional.of(new ChangeBatch(changes, reader.taken().text(), false, rejected));
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
            changes.add(new Change(row.kind(), topic, row.key(), row.row(), at, order));
        } else if (reading instanceof Reading.Unreadable unreadable) {
            rejected.add(new Rejected(
                    topic + ", partition " + partition + ", offset " + record.offset(),
                    unreadable.reason(),
                    cut(RecordReader.lossy(record.value()))));
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
