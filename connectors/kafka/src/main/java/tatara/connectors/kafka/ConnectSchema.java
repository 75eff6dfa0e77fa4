package tatara.connectors.kafka;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.json.Json;

/**
 * Values of Kafka Connect's JSON with a schema, made plain by what the schema says of their meaning: days and counts of milli-, micro- and
 * nanoseconds become ISO 8601 texts, decimals written as bytes become their exact text. Names as Kafka Connect 4 and Debezium 3
 * publish them.
 */
final class ConnectSchema {
    private ConnectSchema() {}

    /** @param value as it stands in the payload; returned as it is if it does not fit the schema */
    static Json plain(Json schema, Json value) {
        if (!(schema instanceof Json.Obj type) || value instanceof Json.Null) {
            return value;
        }
        String name = text(type, "name");
        try {
            return switch (text(type, "type")) {
                case "struct" ->
                    name.equals("io.debezium.data.VariableScaleDecimal") ? scaled(value) : struct(type, value);
                case "array" -> array(type, value);
                case "bytes" ->
                    name.equals("org.apache.kafka.connect.data.Decimal") ? decimal(value, scale(type)) : value;
                case "int32", "int64" ->
                    value instanceof Json.Num number && number.value() instanceof Long whole
                            ? time(name, whole).<Json>map(Json::string).orElse(value)
                            : value;
                default -> value;
            };
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException unlikeItsSchema) {
            return value;
        }
    }

    private static Json struct(Json.Obj type, Json value) {
        if (!(value instanceof Json.Obj object)
                || !(type.find("fields").orElse(Json.NULL) instanceof Json.Arr fields)) {
            return value;
        }
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        for (Json field : fields.items()) {
            if (field instanceof Json.Obj one) {
                members.computeIfPresent(text(one, "field"), (key, given) -> plain(one, given));
            }
        }
        return new Json.Obj(members);
    }

    private static Json array(Json.Obj type, Json value) {
        if (!(value instanceof Json.Arr array)) {
            return value;
        }
        Json items = type.find("items").orElse(Json.NULL);
        List<Json> plain = new ArrayList<>(array.items().size());
        array.items().forEach(item -> plain.add(plain(items, item)));
        return new Json.Arr(plain);
    }

    private static Json scaled(Json value) {
        return value instanceof Json.Obj object
                        && object.find("scale").orElse(Json.NULL) instanceof Json.Num scale
                        && object.find("value").isPresent()
                ? decimal(object.find("value").get(), scale.value().intValue())
                : value;
    }

    private static int scale(Json.Obj type) {
        return type.find("parameters").orElse(Json.NULL) instanceof Json.Obj parameters
                ? Integer.parseInt(text(parameters, "scale"))
                : 0;
    }

    private static Json decimal(Json value, int scale) {
        return value instanceof Json.Str bytes
                ? Json.string(new BigDecimal(new BigInteger(Base64.getDecoder().decode(bytes.value())), scale)
                        .toPlainString())
                : value;
    }

    private static Optional<String> time(String meaning, long value) {
        return switch (meaning) {
            case "io.debezium.time.Date", "org.apache.kafka.connect.data.Date" ->
                Optional.of(LocalDate.ofEpochDay(value).toString());
            case "io.debezium.time.Timestamp", "org.apache.kafka.connect.data.Timestamp" ->
                Optional.of(Instant.ofEpochMilli(value).toString());
            case "io.debezium.time.MicroTimestamp" ->
                Optional.of(Instant.EPOCH.plus(value, ChronoUnit.MICROS).toString());
            case "io.debezium.time.NanoTimestamp" ->
                Optional.of(Instant.EPOCH.plus(value, ChronoUnit.NANOS).toString());
            case "io.debezium.time.Time", "org.apache.kafka.connect.data.Time" -> Optional.of(clock(value, 1_000_000));
            case "io.debezium.time.MicroTime" -> Optional.of(clock(value, 1_000));
            case "io.debezium.time.NanoTime" -> Optional.of(clock(value, 1));
            default -> Optional.empty();
        };
    }

    private static String clock(long value, long nanos) {
        return LocalTime.ofNanoOfDay(Math.multiplyExact(value, nanos)).toString();
    }

    private static String text(Json.Obj object, String member) {
        return object.find(member).orElse(Json.NULL) instanceof Json.Str text ? text.value() : "";
    }
}
