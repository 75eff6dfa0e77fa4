package tatara.core.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * JSON Schema (2020-12) of records, as {@link RecordCodec} reads and writes them: what the schema allows, the codec reads, but for
 * conditions that only a record's constructor knows. Thread-safe.
 */
public final class RecordSchema {
    /** The dialect's address, for {@code $schema}. */
    public static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private final Map<String, Json> definitions = new TreeMap<>();

    private RecordSchema() {}

    /** The {@code $defs} of records and of every record they hold, by name. */
    public static Json.Obj definitions(Class<?>... records) {
        RecordSchema schema = new RecordSchema();
        for (Class<?> type : records) {
            schema.reference(type);
        }
        return new Json.Obj(schema.definitions);
    }

    /** A reference to the definition of a record. */
    public static Json.Obj referenceTo(Class<?> type) {
        return Json.object().with("$ref", "#/$defs/" + name(type));
    }

    private Json reference(Class<?> type) {
        String name = name(type);
        if (!definitions.containsKey(name)) {
            definitions.put(name, Json.object());
            definitions.put(name, type.isSealed() ? variants(type) : fields(type, Optional.empty()));
        }
        return referenceTo(type);
    }

    private Json variants(Class<?> sealed) {
        List<Json> kinds = new ArrayList<>();
        RecordWriter.variants(sealed).forEach((kind, type) -> kinds.add(fields(type, Optional.of(kind))));
        return Json.object().with("oneOf", new Json.Arr(kinds));
    }

    private Json fields(Class<?> type, Optional<String> kind) {
        Map<String, Json> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        kind.ifPresent(name -> {
            properties.put("kind", Json.object().with("const", name));
            required.add("kind");
        });
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(component.getName(), value(component.getGenericType()));
            if (component.getGenericType() instanceof Class<?>) {
                required.add(component.getName());
            }
        }
        Json.Obj schema = Json.object().with("type", "object").with("properties", new Json.Obj(properties));
        if (!required.isEmpty()) {
            schema = schema.with("required", Json.strings(required));
        }
        return schema.with("additionalProperties", new Json.Bool(false));
    }

    private Json value(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic);
        }
        Class<?> target = (Class<?>) type;
        if (Json.class.isAssignableFrom(target)) {
            return Json.object();
        }
        if (target == String.class) {
            return Json.object().with("type", "string");
        }
        if (target == boolean.class || target == Boolean.class) {
            return Json.object().with("type", "boolean");
        }
        if (target == int.class || target == Integer.class) {
            return whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (target == long.class || target == Long.class) {
            return Json.object().with("type", "integer");
        }
        if (target == double.class || target == Double.class) {
            return orNull("number");
        }
        if (target == double[].class) {
            return Json.object().with("type", "array").with("items", orNull("number"));
        }
        if (target == Instant.class) {
            return Json.object().with("type", "string").with("format", "date-time");
        }
        if (target.isEnum()) {
            return Json.object()
                    .with(
                            "enum",
                            Json.strings(Arrays.stream(target.getEnumConstants())
                                    .map(constant -> RecordCodec.constantName((Enum<?>) constant))
                                    .toList()));
        }
        return reference(target);
    }

    private Json generic(ParameterizedType generic) {
        Type[] arguments = generic.getActualTypeArguments();
        if (generic.getRawType() == Optional.class) {
            Json present = value(arguments[0]);
            return Json.object()
                    .with("anyOf", new Json.Arr(List.of(present, Json.object().with("type", "null"))));
        }
        if (generic.getRawType() == List.class) {
            return orNull("array").with("items", value(arguments[0]));
        }
        return orNull("object").with("additionalProperties", value(arguments[1]));
    }

    private static Json.Obj orNull(String type) {
        return Json.object().with("type", Json.strings(List.of(type, "null")));
    }

    private static Json whole(long least, long greatest) {
        return Json.object().with("type", "integer").with("minimum", least).with("maximum", greatest);
    }

    /** {@code Contract} of {@code DataDesign} is {@code DataDesign.Contract}. */
    private static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type.getSimpleName() : name(outer) + "." + type.getSimpleName();
    }
}
