package tatara.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Reads and writes JSON text (RFC 8259). Duplicate keys, trailing text and nesting deeper than 200 are refused. */
public final class JsonText {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(200).build())
            .build();

    private JsonText() {}

    /** @throws TataraException with {@code MALFORMED_DOCUMENT} and line and column if the text is not one JSON value */
    public static Json read(String name, String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            Json value = value(parser);
            if (parser.nextToken() != null) {
                throw malformed(name, parser, "text after the end of the document", null);
            }
            return value;
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? name
                    : name + ":" + e.getLocation().getLineNr() + ":"
                            + e.getLocation().getColumnNr();
            throw new TataraException(
                    CoreErrorCode.MALFORMED_DOCUMENT,
                    Fault.of("not valid JSON: " + e.getOriginalMessage().replaceFirst("\\s*\\(start marker at .*", ""))
                            .at(place),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String write(Json value) {
        return write(value, false);
    }

    public static String writePretty(Json value) {
        return write(value, true);
    }

    /** Writes one value to a stream, without closing it. */
    public static void write(Json value, Writer out) throws IOException {
        JsonGenerator generator = FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        write(value, generator);
        generator.flush();
    }

    private static String write(Json value, boolean pretty) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            if (pretty) {
                generator.setPrettyPrinter(new DefaultPrettyPrinter());
            }
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static void write(Json value, JsonGenerator generator) throws IOException {
        if (value instanceof Json.Obj object) {
            generator.writeStartObject();
            for (Map.Entry<String, Json> member : object.members().entrySet()) {
                generator.writeFieldName(member.getKey());
                write(member.getValue(), generator);
            }
            generator.writeEndObject();
        } else if (value instanceof Json.Arr array) {
            generator.writeStartArray();
            for (Json item : array.items()) {
                write(item, generator);
            }
            generator.writeEndArray();
        } else if (value instanceof Json.Str string) {
            generator.writeString(string.value());
        } else if (value instanceof Json.Num number) {
            if (number.value() instanceof Long integer) {
                generator.writeNumber(integer);
            } else {
                generator.writeNumber(number.asDouble());
            }
        } else if (value instanceof Json.Bool bool) {
            generator.writeBoolean(bool.value());
        } else {
            generator.writeNull();
        }
    }

    private static Json value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw malformed("JSON", parser, "empty document", null);
        }
        switch (token) {
            case START_OBJECT -> {
                Map<String, Json> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    members.put(key, value(parser));
                }
                return new Json.Obj(members);
            }
            case START_ARRAY -> {
                List<Json> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                return new Json.Arr(items);
            }
            case VALUE_STRING -> {
                return new Json.Str(parser.getText());
            }
            case VALUE_NUMBER_INT -> {
                return switch (parser.getNumberType()) {
                    case INT, LONG -> new Json.Num(parser.getLongValue());
                    default -> Json.number(parser.getDoubleValue());
                };
            }
            case VALUE_NUMBER_FLOAT -> {
                return Json.number(parser.getDoubleValue());
            }
            case VALUE_TRUE -> {
                return new Json.Bool(true);
            }
            case VALUE_FALSE -> {
                return new Json.Bool(false);
            }
            case VALUE_NULL -> {
                return Json.NULL;
            }
            default -> throw malformed("JSON", parser, "unexpected " + token, null);
        }
    }

    private static TataraException malformed(
            String name, JsonParser parser, String what, @org.jspecify.annotations.Nullable Throwable cause) {
        return new TataraException(
                CoreErrorCode.MALFORMED_DOCUMENT,
                Fault.of("not valid JSON: " + what)
                        .at(name + ":" + parser.currentLocation().getLineNr()),
                cause);
    }
}
