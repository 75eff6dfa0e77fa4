package tatara.connectors.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/**
 * Where a topic is to be read on: for each partition the offset of the first record that was not read.
 *
 * @param topic the cluster's id of the topic, which a topic of the same name made later does not have; empty if it was not told
 * @param next by partition
 */
record Offsets(String topic, Map<Integer, Long> next) {
    Offsets {
        next = java.util.Collections.unmodifiableMap(new TreeMap<>(next));
    }

    /** Reads what {@link #text} wrote. */
    static Offsets of(String text, String place) {
        if (JsonText.read("position", text) instanceof Json.Obj object
                && object.find("offsets").orElse(Json.NULL) instanceof Json.Obj partitions) {
            Map<Integer, Long> next = new TreeMap<>();
            boolean whole = true;
            for (Map.Entry<String, Json> entry : partitions.members().entrySet()) {
                whole &= entry.getKey().matches("\\d{1,9}")
                        && entry.getValue() instanceof Json.Num number
                        && number.value() instanceof Long offset
                        && Optional.ofNullable(next.put(Integer.parseInt(entry.getKey()), offset))
                                .isEmpty();
            }
            if (whole) {
                String topic = object.find("topic").orElse(Json.NULL) instanceof Json.Str id ? id.value() : "";
                return new Offsets(topic, next);
            }
        }
        throw new TataraException(
                KafkaErrorCode.LOCATION_MALFORMED,
                Fault.of("not a position in a topic: " + text)
                        .at(place)
                        .expecting("{\"topic\":\"ID\",\"offsets\":{\"0\":12}}")
                        .todo("Read the topic from its start"));
    }

    String text() {
        Json.Obj partitions = Json.object();
        for (Map.Entry<Integer, Long> entry : next.entrySet()) {
            partitions = partitions.with(entry.getKey().toString(), entry.getValue());
        }
        return JsonText.write(Json.object().with("topic", topic).with("offsets", partitions));
    }

    /** How many offsets lie before: grows with every record read. */
    long sum() {
        return next.values().stream().mapToLong(Long::longValue).sum();
    }
}
