package tatara.connectors.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.Secrets;

/** Reads one topic from given offsets on, committed records only; tells the broker nothing of how far it came. For one thread. */
final class TopicReader implements AutoCloseable {
    private final KafkaLocation location;
    private final String topic;
    private final String id;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Integer, Long> next = new TreeMap<>();

    private TopicReader(KafkaLocation location, String id, KafkaConsumer<byte[], byte[]> consumer) {
        this.location = location;
        this.topic = location.topics().get(0);
        this.id = id;
        this.consumer = consumer;
    }

    /**
     * Connects, and checks that the topic is there.
     *
     * @param location names one topic
     */
    static TopicReader open(KafkaLocation location, Secrets secrets) {
        Map<String, Object> settings = ClientSettings.of(location, secrets);
        return OwnClassLoader.with(() -> {
            TopicReader reader;
            try {
                reader = new TopicReader(
                        location, topicId(settings, location), new KafkaConsumer<>(ClientSettings.consumer(settings)));
            } catch (KafkaException e) {
                throw KafkaFailures.of(e, location);
            }
            try {
                reader.checkTopic();
                return reader;
            } catch (RuntimeException e) {
                reader.close();
                throw e;
            }
        });
    }

    /** The id that the cluster gave the topic; empty if it is not told to this user. */
    private static String topicId(Map<String, Object> settings, KafkaLocation location) {
        String topic = location.topics().get(0);
        try (Admin admin = Admin.create(settings)) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(location.timeoutSeconds(), TimeUnit.SECONDS)
                    .values()
                    .iterator()
                    .next()
                    .topicId()
                    .toString();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TopicAuthorizationException) {
                return "";
            }
            throw e.getCause() instanceof org.apache.kafka.common.errors.UnknownTopicOrPartitionException
                    ? KafkaFailures.missing(location, others(settings))
                    : KafkaFailures.of(
                            e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause()),
                            location);
        } catch (TimeoutException e) {
            throw KafkaFailures.of(new KafkaException("no answer", e), location);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }

    private static String others(Map<String, Object> settings) {
        int most = 10;
        try (Admin admin = Admin.create(settings)) {
            Set<String> names = new TreeSet<>(admin.listTopics().names().get(10, TimeUnit.SECONDS));
            return names.stream().limit(most).collect(Collectors.joining(", "))
                    + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
        } catch (ExecutionException | TimeoutException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private void checkTopic() {
        if (partitions().isEmpty()) {
            throw KafkaFailures.missing(location, "");
        }
    }

    /** Begins at the oldest records that are left. */
    void seekToStart() {
        guarded(() -> {
            consumer.beginningOffsets(partitions())
                    .forEach((partition, offset) -> next.put(partition.partition(), offset));
            assign();
            return true;
        });
    }

    /**
     * Goes on where reading ended; partitions that came since are read from their start.
     *
     * @throws TataraException {@code RECORDS_LOST} if retention deleted records before they were read and the location does not say
     *     {@code lost=skip}; {@code TOPIC_REPLACED} if the topic is not the one that was read
     */
    void seek(Offsets offsets) {
        guarded(() -> {
            List<TopicPartition> partitions = partitions();
            Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            boolean replaced = !id.isEmpty() && !offsets.topic().isEmpty() && !id.equals(offsets.topic());
            replaced |= !partitions.stream()
                    .map(TopicPartition::partition)
                    .collect(Collectors.toSet())
                    .containsAll(offsets.next().keySet());
            List<String> lost = new ArrayList<>();
            for (TopicPartition partition : partitions) {
                long start = starts.getOrDefault(partition, 0L);
                long wanted = offsets.next().getOrDefault(partition.partition(), start);
                replaced |= wanted > ends.getOrDefault(partition, Long.MAX_VALUE);
                if (wanted < start) {
                    lost.add("partition " + partition.partition() + ": offsets " + wanted + " to " + (start - 1));
                }
                next.put(partition.partition(), Math.max(wanted, start));
            }
            if (replaced) {
                throw new TataraException(
                        KafkaErrorCode.TOPIC_REPLACED,
                        Fault.of("the topic is not the one that was read before: it was deleted and made anew, or cut")
                                .at(location.place())
                                .todo("Read it into a new table, or begin anew: --from-start --mode replace"));
            }
            if (!lost.isEmpty() && !location.option("lost").orElse("").equals("skip")) {
                throw lost(String.join("; ", lost));
            }
            assign();
            return true;
        });
    }

    private TataraException lost(String which) {
        return new TataraException(
                KafkaErrorCode.RECORDS_LOST,
                Fault.of("records were deleted by the topic's retention before they were read: " + which)
                        .at(location.place())
                        .expecting("all records after those that are stored")
                        .todo(
                                "Read what is left from the start: --from-start; or go on without them: add lost=skip to the"
                                        + " location; let the topic keep records longer than you read"));
    }

    private void assign() {
        consumer.assign(next.keySet().stream()
                .map(partition -> new TopicPartition(topic, partition))
                .toList());
        next.forEach((partition, offset) -> consumer.seek(new TopicPartition(topic, partition), offset));
    }

    /** Takes up partitions that came since; whether there were any. */
    boolean addPartitions() {
        return guarded(() -> {
            List<TopicPartition> added = partitions().stream()
                    .filter(partition -> !next.containsKey(partition.partition()))
                    .toList();
            consumer.beginningOffsets(added).forEach((partition, offset) -> next.put(partition.partition(), offset));
            if (!added.isEmpty()) {
                assign();
            }
            return !added.isEmpty();
        });
    }

    /** The next records, those of a partition in its order; empty if none came in time. */
    List<ConsumerRecord<byte[], byte[]>> poll(Duration wait) {
        return guarded(() -> {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(wait);
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>(records.count());
            records.forEach(all::add);
            return all;
        });
    }

    /** Notes that everything before an offset has been taken; by how many offsets that is more than before. */
    long taken(int partition, long offset) {
        long before = next.getOrDefault(partition, 0L);
        next.put(partition, offset);
        return offset - before;
    }

    /** Where the client stands, which may be after the last record taken: aborted records are passed over. */
    long position(int partition) {
        return next.containsKey(partition) ? guarded(() -> consumer.position(new TopicPartition(topic, partition))) : 0;
    }

    /** Offsets after the last committed record of each partition, as of now. */
    Offsets ends() {
        return guarded(() -> {
            Map<Integer, Long> ends = new TreeMap<>();
            consumer.endOffsets(partitions()).forEach((partition, offset) -> ends.put(partition.partition(), offset));
            return new Offsets(id, ends);
        });
    }

    /** Where reading stands. */
    Offsets taken() {
        return new Offsets(id, next);
    }

    /** Reads no more of some partitions. */
    void pause(Collection<Integer> partitions) {
        guarded(() -> {
            consumer.pause(partitions.stream()
                    .map(partition -> new TopicPartition(topic, partition))
                    .toList());
            return true;
        });
    }

    private List<TopicPartition> partitions() {
        return guarded(() -> {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            return found == null
                    ? List.<TopicPartition>of()
                    : found.stream()
                            .map(one -> new TopicPartition(topic, one.partition()))
                            .sorted(java.util.Comparator.comparingInt(TopicPartition::partition))
                            .toList();
        });
    }

    private <T> T guarded(Supplier<T> work) {
        return OwnClassLoader.with(() -> {
            try {
                return work.get();
            } catch (InvalidOffsetException e) {
                throw lost(e.partitions().stream()
                        .map(partition -> "partition " + partition.partition() + ": from offset "
                                + next.getOrDefault(partition.partition(), 0L))
                        .sorted()
                        .collect(Collectors.joining("; ")));
            } catch (KafkaException e) {
                throw KafkaFailures.of(e, location);
            }
        });
    }

    @Override
    public void close() {
        OwnClassLoader.with(() -> {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(5)));
            return true;
        });
    }
}
