package tatara.connectors.kafka;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.port.Change;

/**
 * A record as one line of JSON: the members of the row, then {@code _key} (its text), {@code _partition}, {@code _offset},
 * {@code _timestamp}; {@code _deleted} if it says that the row is gone; {@code _value} if it is no row, with its text.
 */
final class RecordLine {
    private final RecordReader reader;

    RecordLine(KafkaLocation location) {
        this.reader = new RecordReader(location);
    }

    String of(ConsumerRecord<byte[], byte[]> record) {
        Map<String, Json> members = new LinkedHashMap<>();
        Reading reading = reader.read(record.key(), record.value());
        if (reading instanceof Reading.Row row) {
            members.putAll(row.row());
            members.remove(RecordReader.KEY);
        }
        Map<String, Json> about = new LinkedHashMap<>();
        about.put(RecordReader.KEY, record.key() == null ? Json.NULL : Json.string(RecordReader.lossy(record.key())));
        about.put("_partition", new Json.Num((long) record.partition()));
        about.put("_offset", new Json.Num(record.offset()));
        about.put(
                "_timestamp",
                record.timestamp() < 0
                        ? Json.NULL
                        : Json.string(Instant.ofEpochMilli(record.timestamp()).toString()));
        if (reading instanceof Reading.Row row && row.kind() == Change.Kind.DELETE) {
            about.put("_deleted", new Json.Bool(true));
        }
        if (reading instanceof Reading.Unreadable) {
            about.put("_value", Json.string(RecordReader.lossy(record.value())));
        }
        about.forEach((name, value) -> members.put(free(name, members), value));
        return JsonText.write(new Json.Obj(members));
    }

    /** A name that the row does not use itself. */
    private static String free(String name, Map<String, Json> members) {
        return members.containsKey(name) ? free("_" + name, members) : name;
    }
}
