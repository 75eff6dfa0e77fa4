package tatara.connectors.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.port.Change;

/**
 * Reads records whose values are JSON objects: Debezium's envelopes with or without their schema, the rows that its transformation
 * {@code ExtractNewRecordState} makes of them, or plain objects. A plain object with a key is the row of that key as it is now, one
 * without a key is a new row; a null with a key says that the row is gone.
 */
final class RecordReader {
    /** The column of a key that has no name of its own. */
    static final String KEY = "_key";

    private static final Set<String> OPERATIONS = Set.of("c", "u", "d", "r", "t", "m");
    private static final List<String> FORMATS = List.of("auto", "debezium", "json");
    private static final int FRAME = 5;

    /** What Debezium writes for large values that a database does not repeat in its log; bytes are in base 64. */
    private static final Set<String> UNSENT =
            Set.of("__debezium_unavailable_value", "X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==");

    private final String format;
    private final List<String> keyColumns;

    RecordReader(KafkaLocation location) {
        this.format = location.option("format").orElse("auto");
        this.keyColumns = location.key();
        if (!FORMATS.contains(format)) {
            throw new TataraException(
                    KafkaErrorCode.LOCATION_MALFORMED,
                    Fault.of("format=" + format)
                            .expecting(String.join(", ", FORMATS))
                            .todo("Correct the location"));
        }
    }

    /** What was parsed of a value, or why it cannot be. */
    private record Parsed(Json value, String reason) {}

    Reading read(byte @Nullable [] keyBytes, byte @Nullable [] valueBytes) {
        Map<String, Json> key = key(keyBytes);
        if (valueBytes == null) {
            return key.isEmpty()
                    ? new Reading.Unreadable("neither key nor value")
                    : new Reading.Row(Change.Kind.DELETE, key, key, Optional.empty());
        }
        Parsed parsed = parse(valueBytes);
        if (!parsed.reason().isEmpty()) {
            return new Reading.Unreadable(parsed.reason());
        }
        Json plain = format.equals("json") ? parsed.value() : unwrapped(parsed.value());
        if (plain instanceof Json.Null && !key.isEmpty()) {
            return new Reading.Row(Change.Kind.DELETE, key, key, Optional.empty());
        }
        if (!(plain instanceof Json.Obj object)) {
            return new Reading.Unreadable("not a JSON object");
        }
        if (!format.equals("json")) {
            if (isEnvelope(object)) {
                return envelope(object, key);
            }
            if (object.members().containsKey("__deleted") || object.members().containsKey("__op")) {
                return flattened(object, key);
            }
        }
        if (format.equals("debezium")) {
            return new Reading.Unreadable("not in Debezium's format");
        }
        return row(keyBytes == null ? Change.Kind.INSERT : Change.Kind.UPDATE, key, object.members(), Optional.empty());
    }

    /** The value of an envelope of Kafka Connect's, with its schema's meaning; any other value as it is. */
    private static Json unwrapped(Json value) {
        return value instanceof Json.Obj object
                        && object.members().size() == 2
                        && object.find("payload").isPresent()
                        && object.find("schema").isPresent()
                ? ConnectSchema.plain(
                        object.find("schema").get(), object.find("payload").get())
                : value;
    }

    private static boolean isEnvelope(Json.Obj object) {
        return object.find("op").orElse(Json.NULL) instanceof Json.Str operation
                && OPERATIONS.contains(operation.value())
                && (object.members().containsKey("after")
                        || object.members().containsKey("before")
                        || object.members().containsKey("source"));
    }

    private Reading envelope(Json.Obj envelope, Map<String, Json> key) {
        Optional<Instant> at = millis(envelope.find("source").orElse(Json.NULL)).or(() -> millis(envelope));
        String operation = text(envelope, "op");
        switch (operation) {
            case "m" -> {
                return new Reading.Aside();
            }
            case "t" -> {
                return new Reading.Row(Change.Kind.TRUNCATE, Map.of(), Map.of(), at);
            }
            case "d" -> {
                Map<String, Json> before =
                        envelope.find("before").orElse(Json.NULL) instanceof Json.Obj row ? row.members() : key;
                return before.isEmpty()
                        ? new Reading.Unreadable("a delete that does not say of which row")
                        : row(Change.Kind.DELETE, key, before, at);
            }
            default -> {
                if (!(envelope.find("after").orElse(Json.NULL) instanceof Json.Obj after)) {
                    return new Reading.Unreadable("an envelope with op " + operation + " and no row after it");
                }
                return row(kind(operation), key, after.members(), at);
            }
        }
    }

    private static Change.Kind kind(String operation) {
        return switch (operation) {
            case "c" -> Change.Kind.INSERT;
            case "r" -> Change.Kind.READ;
            case "d" -> Change.Kind.DELETE;
            case "t" -> Change.Kind.TRUNCATE;
            default -> Change.Kind.UPDATE;
        };
    }

    private Reading flattened(Json.Obj object, Map<String, Json> key) {
        boolean deleted = object.find("__deleted").orElse(Json.NULL) instanceof Json.Bool flag
                ? flag.value()
                : text(object, "__deleted").equals("true");
        Change.Kind kind = deleted ? Change.Kind.DELETE : kind(text(object, "__op"));
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.keySet().removeIf(name -> name.startsWith("__"));
        Optional<Instant> at = millis(object, "__source_ts_ms").or(() -> millis(object, "__ts_ms"));
        return kind == Change.Kind.TRUNCATE
                ? new Reading.Row(kind, Map.of(), Map.of(), at)
                : row(kind, key, members, at);
    }

    /** A row with its key's columns, which those of the value precede. */
    private Reading row(Change.Kind kind, Map<String, Json> key, Map<String, Json> members, Optional<Instant> at) {
        Map<String, Json> row = new LinkedHashMap<>(members);
        Map<String, Json> chosen = key;
        if (!keyColumns.isEmpty()) {
            chosen = new LinkedHashMap<>();
            for (String column : keyColumns) {
                Json value = members.getOrDefault(column, key.getOrDefault(column, Json.NULL));
                if (value instanceof Json.Null) {
                    return new Reading.Unreadable("the key column " + column + " has no value");
                }
                chosen.put(column, value);
            }
        }
        chosen.forEach(row::putIfAbsent);
        List<String> unsent = format.equals("json")
                ? List.of()
                : row.keySet().stream()
                        .filter(name -> isUnsent(row.getOrDefault(name, Json.NULL)))
                        .toList();
        unsent.forEach(row::remove);
        return new Reading.Row(kind, chosen, row, at, unsent);
    }

    private static boolean isUnsent(Json value) {
        return value instanceof Json.Arr array
                ? array.items().size() == 1 && isUnsent(array.items().get(0))
                : value instanceof Json.Str text && UNSENT.contains(text.value());
    }

    /** The key that a row had until now, as a record's header tells it; empty if it cannot be compared with the keys of records. */
    Map<String, Json> formerKey(byte @Nullable [] header) {
        Map<String, Json> former = key(header);
        if (keyColumns.isEmpty()) {
            return former;
        }
        Map<String, Json> chosen = new LinkedHashMap<>();
        keyColumns.forEach(column -> chosen.put(column, former.getOrDefault(column, Json.NULL)));
        return chosen.containsValue(Json.NULL) ? Map.of() : chosen;
    }

    private Map<String, Json> key(byte @Nullable [] bytes) {
        if (bytes == null) {
            return Map.of();
        }
        Parsed parsed = parse(bytes);
        Json plain = unwrapped(parsed.value());
        if (plain instanceof Json.Obj object && parsed.reason().isEmpty()) {
            return object.members();
        }
        if (plain instanceof Json.Null && parsed.reason().isEmpty()) {
            return Map.of();
        }
        boolean named = keyColumns.size() == 1;
        String text = plain instanceof Json.Str quoted ? quoted.value() : lossy(bytes);
        boolean typed = named && parsed.reason().isEmpty() && !(plain instanceof Json.Str);
        return Map.of(named ? keyColumns.get(0) : KEY, typed ? plain : Json.string(text));
    }

    private static Parsed parse(byte[] bytes) {
        int start = 0;
        if (bytes.length > FRAME && bytes[0] == 0) {
            if (bytes[FRAME] != '{') {
                int schema = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
                return new Parsed(
                        Json.NULL,
                        "Avro or Protobuf of a schema registry (schema " + schema
                                + "), which is not read; write JSON, such as with Kafka Connect's JsonConverter");
            }
            start = FRAME;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
                    .toString();
            return new Parsed(JsonText.read("the record", text), "");
        } catch (CharacterCodingException e) {
            return new Parsed(Json.NULL, "not text in UTF-8");
        } catch (TataraException e) {
            return new Parsed(Json.NULL, e.fault().what());
        }
    }

    /** Bytes as a person can read them. */
    static String lossy(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static Optional<Instant> millis(Json object) {
        return object instanceof Json.Obj members ? millis(members, "ts_ms") : Optional.empty();
    }

    private static Optional<Instant> millis(Json.Obj object, String member) {
        return object.find(member).orElse(Json.NULL) instanceof Json.Num number && number.value() instanceof Long millis
                ? Optional.of(millis).filter(value -> value > 0).map(Instant::ofEpochMilli)
                : Optional.empty();
    }

    private static String text(Json.Obj object, String member) {
        return object.find(member).orElse(Json.NULL) instanceof Json.Str text ? text.value() : "";
    }
}
