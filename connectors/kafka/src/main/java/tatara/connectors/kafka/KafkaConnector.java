package tatara.connectors.kafka;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.Connector;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;

/**
 * Topics as tables (D1): a copy holds the records up to the ends of the partitions at the time of listing, as JSON lines in the form of
 * {@link RecordLine}. The version of a topic is its end offsets. Thread-safe.
 */
public final class KafkaConnector implements Connector {
    private static final Duration WAIT = Duration.ofMillis(500);

    @Override
    public Set<String> schemes() {
        return Set.of(KafkaLocation.SCHEME);
    }

    @Override
    public List<RemoteObject> list(String location, Secrets secrets) {
        KafkaLocation parsed = KafkaLocation.of(location);
        List<RemoteObject> topics = new ArrayList<>();
        for (String topic : parsed.topics()) {
            KafkaLocation one = parsed.only(topic);
            try (TopicReader reader = TopicReader.open(one, secrets)) {
                topics.add(new RemoteObject(
                        one.text(),
                        topic + ".jsonl",
                        -1,
                        Optional.empty(),
                        reader.ends().text()));
            }
        }
        return topics;
    }

    @Override
    public Optional<String> after(String location, String version) {
        KafkaLocation parsed = KafkaLocation.of(location);
        return parsed.topics().size() == 1
                ? Optional.of(
                        version.isEmpty() ? location : parsed.after(version).text())
                : Optional.empty();
    }

    @Override
    public void fetch(RemoteObject object, Path target, Secrets secrets, LongConsumer progress) {
        KafkaLocation location = KafkaLocation.of(object.uri());
        Offsets ends = Offsets.of(object.version(), location.place());
        RecordLine line = new RecordLine(location);
        Path partial = target.resolveSibling("." + target.getFileName() + ".partial");
        try (TopicReader reader = TopicReader.open(location, secrets)) {
            if (location.option("after").isPresent()) {
                reader.seek(Offsets.of(location.options().getOrDefault("after", ""), location.place()));
            } else {
                reader.seekToStart();
            }
            try (Writer out = Files.newBufferedWriter(partial, StandardCharsets.UTF_8)) {
                copy(reader, ends, line, out, progress, location);
            }
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw notWritable(target, e);
        } finally {
            delete(partial);
        }
    }

    private static void copy(
            TopicReader reader,
            Offsets ends,
            RecordLine line,
            Writer out,
            LongConsumer progress,
            KafkaLocation location)
            throws IOException {
        Set<Integer> open = new TreeSet<>();
        Map<Integer, Long> stands = new TreeMap<>(reader.taken().next());
        reader.pause(stands.keySet().stream()
                .filter(partition -> !ends.next().containsKey(partition))
                .toList());
        ends.next().forEach((partition, end) -> {
            if (stands.getOrDefault(partition, end) < end) {
                open.add(partition);
            }
        });
        long bytes = 0;
        long silentSince = System.nanoTime();
        while (!open.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(WAIT)) {
                if (record.offset() < ends.next().getOrDefault(record.partition(), 0L)) {
                    String text = line.of(record);
                    out.write(text);
                    out.write('\n');
                    bytes += text.length() + 1;
                }
            }
            if (advance(reader, ends, open, stands)) {
                silentSince = System.nanoTime();
                progress.accept(bytes);
            } else if (System.nanoTime() - silentSince
                    > Duration.ofSeconds(location.timeoutSeconds()).toNanos()) {
                throw KafkaFailures.of(new KafkaException("it went silent before the end of the topic"), location);
            }
        }
    }

    /** Closes the partitions that are read to their end; whether any moved. */
    private static boolean advance(TopicReader reader, Offsets ends, Set<Integer> open, Map<Integer, Long> stands) {
        boolean moved = false;
        List<Integer> done = new ArrayList<>();
        for (int partition : open) {
            long position = reader.position(partition);
            moved |= position > stands.getOrDefault(partition, -1L);
            stands.put(partition, position);
            if (position >= ends.next().getOrDefault(partition, 0L)) {
                done.add(partition);
            }
        }
        reader.pause(done);
        open.removeAll(done);
        return moved;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw notWritable(file, e);
        }
    }

    private static TataraException notWritable(Path file, IOException e) {
        return new TataraException(
                KafkaErrorCode.NOT_WRITABLE,
                Fault.of("the copy cannot be written: " + e).at(file.toString()).todo("Check the disk, and run again"),
                e);
    }
}
