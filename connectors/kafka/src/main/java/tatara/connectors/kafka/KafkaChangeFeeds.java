package tatara.connectors.kafka;

import java.nio.file.Path;
import java.util.Set;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.ChangeFeed;
import tatara.core.port.ChangeFeeds;
import tatara.core.port.Secrets;

/** Topics as logs of changes (D4). Positions are {@link Offsets} as text; nothing is kept beside them. Thread-safe. */
public final class KafkaChangeFeeds implements ChangeFeeds {
    @Override
    public Set<String> schemes() {
        return Set.of(KafkaLocation.SCHEME);
    }

    @Override
    public ChangeFeed open(String location, String position, Path work, Secrets secrets) {
        KafkaLocation parsed = KafkaLocation.of(location);
        if (parsed.topics().size() > 1) {
            throw new TataraException(
                    KafkaErrorCode.LOCATION_MALFORMED,
                    Fault.of("several topics: " + String.join(", ", parsed.topics()))
                            .expecting("one topic for a table")
                            .todo("Follow each into a table of its own"));
        }
        RecordReader records = new RecordReader(parsed);
        TopicReader topic = TopicReader.open(parsed, secrets);
        try {
            if (position.isEmpty()) {
                topic.seekToStart();
            } else {
                topic.seek(Offsets.of(position, parsed.place()));
            }
            return new TopicFeed(parsed.topics().get(0), topic, records);
        } catch (RuntimeException e) {
            topic.close();
            throw e;
        }
    }
}
