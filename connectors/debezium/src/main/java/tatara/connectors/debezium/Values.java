package tatara.connectors.debezium;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.port.ChangeColumn;

/** From Kafka Connect's values to JSON that loses nothing. */
final class Values {
    /** What Debezium is told to send for a large value that an update left alone and the log therefore does not hold. */
    static final String UNCHANGED = "__tatara_unchanged_6f1c1c0e4b9a4f0d";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");
    /** PostgreSQL's dates go from 4713 BC to 5874897. */
    private static final long FIRST_DAY = -2_440_550;

    private static final long LAST_DAY = 2_145_042_905;

    /** What 32 bits leave of minus infinity, when it is copied and when it comes from the log. */
    private static final Set<Long> NEGATIVE_INFINITIES = Set.of(-625_821_272L, -2_147_472_691L);

    private static final Map<String, String> SPECIAL_DECIMALS =
            Map.of("NAN", "NaN", "POSITIVE_INFINITY", "Infinity", "NEGATIVE_INFINITY", "-Infinity");
    private static final byte[] UNCHANGED_BYTES = UNCHANGED.getBytes(StandardCharsets.UTF_8);

    private Values() {}

    /** What a column's values are. */
    static ChangeColumn.Type type(Schema schema) {
        String name = Optional.ofNullable(schema.name()).orElse("");
        boolean time = name.endsWith(".Date") || name.endsWith("Timestamp");
        if (name.startsWith("io.debezium.time.") || name.startsWith("org.apache.kafka.connect.data.")) {
            return time ? ChangeColumn.Type.TIME : ChangeColumn.Type.TEXT;
        }
        return switch (schema.type()) {
            case INT8, INT16, INT32, INT64 -> ChangeColumn.Type.INTEGER;
            case FLOAT32, FLOAT64 -> ChangeColumn.Type.NUMBER;
            case BOOLEAN -> ChangeColumn.Type.BOOLEAN;
            default -> ChangeColumn.Type.TEXT;
        };
    }

    /**
     * A value of a column.
     *
     * @param binary whether bytes are bytes; else they are the text of a type that Debezium does not know
     * @param decimal whether the column is a decimal, which comes as text
     * @return empty if an update left it alone
     */
    static Optional<Json> read(Schema schema, @Nullable Object value, boolean binary, boolean decimal) {
        if (value == null) {
            return Optional.of(Json.NULL);
        }
        if (isUnchanged(value)) {
            return Optional.empty();
        }
        if (decimal && value instanceof String text) {
            return Optional.of(Json.string(SPECIAL_DECIMALS.getOrDefault(text, text)));
        }
        Json read = json(schema, value, binary);
        boolean nested = read instanceof Json.Arr || read instanceof Json.Obj;
        return Optional.of(nested ? Json.string(JsonText.write(read)) : read);
    }

    private static boolean isUnchanged(Object value) {
        if (value instanceof String text) {
            return text.equals(UNCHANGED);
        }
        if (value instanceof ByteBuffer bytes) {
            return bytes.remaining() == UNCHANGED_BYTES.length && bytes.equals(ByteBuffer.wrap(UNCHANGED_BYTES));
        }
        if (value instanceof byte[] bytes) {
            return java.util.Arrays.equals(bytes, UNCHANGED_BYTES);
        }
        if (value instanceof List<?> list && list.size() == 1) {
            Object only = list.get(0);
            return only != null
                    && (isUnchanged(only)
                            || only.equals(java.util
                                    .UUID
                                    .nameUUIDFromBytes(UNCHANGED_BYTES)
                                    .toString()));
        }
        if (value instanceof List<?> list && list.size() == UNCHANGED_BYTES.length) {
            for (int i = 0; i < UNCHANGED_BYTES.length; i++) {
                if (!(list.get(i) instanceof Number number) || number.longValue() != UNCHANGED_BYTES[i]) {
                    return false;
                }
            }
            return true;
        }
        return value instanceof Map<?, ?> map && map.size() == 1 && map.containsKey(UNCHANGED);
    }

    private static Json json(Schema schema, @Nullable Object value, boolean binary) {
        if (value == null) {
            return Json.NULL;
        }
        String name = Optional.ofNullable(schema.name()).orElse("");
        if (name.startsWith("io.debezium.time.")) {
            return time(name.substring("io.debezium.time.".length()), value);
        }
        if (name.equals("io.debezium.data.Bits")) {
            return bits(schema, bytes(value));
        }
        if (value instanceof Boolean truth) {
            return new Json.Bool(truth);
        }
        if (value instanceof Float single) {
            return number(Double.parseDouble(single.toString()));
        }
        if (value instanceof Double number) {
            return number(number);
        }
        if (value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long) {
            return new Json.Num(((Number) value).longValue());
        }
        if (value instanceof ByteBuffer || value instanceof byte[]) {
            byte[] bytes = bytes(value);
            return Json.string(
                    binary ? Base64.getEncoder().encodeToString(bytes) : new String(bytes, StandardCharsets.UTF_8));
        }
        return nested(schema, value, binary);
    }

    private static Json nested(Schema schema, Object value, boolean binary) {
        if (value instanceof List<?> list) {
            List<Json> items = new ArrayList<>();
            for (Object item : list) {
                items.add(json(schema.valueSchema(), item, binary));
            }
            return new Json.Arr(items);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Json> members = new LinkedHashMap<>();
            map.entrySet().stream()
                    .sorted(java.util.Comparator.comparing(entry -> String.valueOf(entry.getKey())))
                    .forEach(entry -> members.put(
                            String.valueOf(entry.getKey()), json(schema.valueSchema(), entry.getValue(), binary)));
            return new Json.Obj(members);
        }
        if (value instanceof Struct struct) {
            Map<String, Json> members = new LinkedHashMap<>();
            for (Field field : struct.schema().fields()) {
                members.put(field.name(), json(field.schema(), struct.get(field), true));
            }
            return new Json.Obj(members);
        }
        return Json.string(value.toString());
    }

    private static Json time(String name, Object value) {
        return switch (name) {
            case "Date" -> date(((Number) value).longValue());
            case "Timestamp" -> micros(Math.multiplyExact(((Number) value).longValue(), 1_000L));
            case "MicroTimestamp" -> micros(((Number) value).longValue());
            case "NanoTimestamp" -> micros(Math.floorDiv(((Number) value).longValue(), 1_000L));
            case "Time" -> clock(Math.multiplyExact(((Number) value).longValue(), 1_000_000L));
            case "MicroTime" -> clock(Math.multiplyExact(((Number) value).longValue(), 1_000L));
            case "NanoTime" -> clock(((Number) value).longValue());
            case "ZonedTimestamp" -> zoned(value.toString());
            default -> Json.string(value.toString());
        };
    }

    private static Json date(long days) {
        if (days < FIRST_DAY || days > LAST_DAY) {
            return Json.string(NEGATIVE_INFINITIES.contains(days) ? "-infinity" : "infinity");
        }
        return local(LocalDate.ofEpochDay(days).atStartOfDay());
    }

    private static Json micros(long micros) {
        if (micros > Long.MAX_VALUE - 1_000_000_000L || micros < Long.MIN_VALUE + 1_000_000_000L) {
            return Json.string(micros > 0 ? "infinity" : "-infinity");
        }
        return local(LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1_000, ZoneOffset.UTC));
    }

    private static Json zoned(String text) {
        try {
            return local(OffsetDateTime.parse(text)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime());
        } catch (DateTimeException noTime) {
            return Json.string(text);
        }
    }

    private static Json local(LocalDateTime time) {
        boolean usual = time.getYear() >= 1 && time.getYear() <= 9_999;
        return Json.string(usual ? time.format(TIME) : time.toString());
    }

    private static Json clock(long nanos) {
        long day = 86_400_000_000_000L;
        return Json.string(
                nanos == day ? "24:00:00.000000" : LocalTime.ofNanoOfDay(nanos).format(CLOCK));
    }

    private static Json bits(Schema schema, byte[] bytes) {
        String length = Optional.ofNullable(schema.parameters())
                .map(parameters -> parameters.get("length"))
                .orElse("");
        int count =
                length.matches("[0-9]{1,6}") ? Math.min(Integer.parseInt(length), bytes.length * 8) : bytes.length * 8;
        StringBuilder text = new StringBuilder();
        for (int i = count - 1; i >= 0; i--) {
            text.append((bytes[i / 8] >> (i % 8)) & 1);
        }
        return Json.string(text.toString());
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] array) {
            return array;
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        return copy;
    }

    private static Json number(double value) {
        return Double.isFinite(value) ? Json.number(value) : Json.string(Double.toString(value));
    }
}
