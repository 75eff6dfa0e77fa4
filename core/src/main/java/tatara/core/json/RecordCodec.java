package tatara.core.json;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Problem;
import tatara.core.error.ProblemsException;

/**
 * The one codec between records and documents. A record is an object with its components as members; an enum constant is its
 * name in lower-case kebab; a record of a sealed interface carries its kind in the member {@code kind}; {@link Optional} is
 * left out when empty; NaN is null; a missing list or map is empty. Reading collects every problem with its line.
 *
 * <p>Known component types: String, int, long, double, boolean, Instant, Json, enums, records, sealed interfaces of records,
 * arrays of double, and List, Map with String keys and Optional of those. Thread-safe.
 */
public final class RecordCodec {
    private RecordCodec() {}

    /** The document of a record. */
    public static Json write(Object value) {
        return RecordWriter.write(value);
    }

    /** @throws ProblemsException with all problems if the document does not fit the record */
    public static <T> T read(Class<T> type, Document document) {
        return read(type, document, "");
    }

    /** Reads the part of a document below a path such as {@code spec}. */
    public static <T> T read(Class<T> type, Document document, String path) {
        List<Problem> problems = new ArrayList<>();
        Json part = document.root();
        if (!path.isEmpty()) {
            for (String key : path.split("\\.", -1)) {
                part = part instanceof Json.Obj object ? object.find(key).orElse(Json.NULL) : Json.NULL;
            }
        }
        Object value = new Reading(document, problems).value(type, part, path);
        if (!problems.isEmpty() || value == null) {
            throw new ProblemsException(problems);
        }
        return type.cast(value);
    }

    /** Reads a record from a value that has no lines, such as a parsed JSON body. */
    public static <T> T read(Class<T> type, String name, Json value) {
        return read(type, new Document(name, value, Map.of()));
    }

    static String constantName(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static String kindName(Class<?> recordType) {
        return recordType
                .getSimpleName()
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                .toLowerCase(java.util.Locale.ROOT);
    }

    /** What is looked up of a record class once. */
    private record Shape(List<String> names, List<Type> types, Constructor<?> constructor, boolean variant) {
        static Shape of(Class<?> target) {
            RecordComponent[] components = target.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
                Constructor<?> constructor = target.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return new Shape(
                        Arrays.stream(components).map(RecordComponent::getName).toList(),
                        Arrays.stream(components)
                                .map(RecordComponent::getGenericType)
                                .toList(),
                        constructor,
                        RecordWriter.isVariant(target));
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private record Reading(Document document, List<Problem> problems) {
        @Nullable
        Object value(Type type, Json json, String path) {
            if (type instanceof ParameterizedType generic) {
                return generic(generic, json, path);
            }
            Class<?> target = unboxed((Class<?>) type);
            if (Json.class.isAssignableFrom(target)) {
                return json;
            }
            if (target == String.class) {
                return json instanceof Json.Str string ? string.value() : wrong(path, json, "a text");
            }
            if (target == boolean.class) {
                return json instanceof Json.Bool bool ? bool.value() : wrong(path, json, "true or false");
            }
            if (target == int.class || target == long.class) {
                return integer(target, json, path);
            }
            if (target == double.class) {
                if (json instanceof Json.Null) {
                    return Double.NaN;
                }
                return json instanceof Json.Num number ? number.asDouble() : wrong(path, json, "a number");
            }
            if (target == double[].class) {
                return numbers(json, path);
            }
            if (target == Instant.class) {
                return instant(json, path);
            }
            if (target.isEnum()) {
                return constant(target, json, path);
            }
            if (target.isSealed()) {
                return variant(target, json, path);
            }
            if (target.isRecord()) {
                return fields(target, json, path);
            }
            throw new IllegalArgumentException("type: " + type + " (expected: one that RecordCodec knows)");
        }

        private @Nullable Object integer(Class<?> target, Json json, String path) {
            if (!(json instanceof Json.Num number) || !number.isInteger()) {
                return wrong(path, json, "a whole number");
            }
            long value = number.value().longValue();
            if (target == long.class) {
                return value;
            }
            return value == (int) value ? (Object) (int) value : wrong(path, json, "a whole number below 2^31");
        }

        private @Nullable Object generic(ParameterizedType generic, Json json, String path) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                return json instanceof Json.Null
                        ? Optional.empty()
                        : Optional.ofNullable(value(arguments[0], json, path));
            }
            if (generic.getRawType() == List.class) {
                if (json instanceof Json.Null) {
                    return List.of();
                }
                if (!(json instanceof Json.Arr array)) {
                    return wrong(path, json, "a list");
                }
                List<Object> items = new ArrayList<>();
                for (int i = 0; i < array.items().size(); i++) {
                    Object item = value(arguments[0], array.items().get(i), path + "[" + i + "]");
                    if (item != null) {
                        items.add(item);
                    }
                }
                return List.copyOf(items);
            }
            if (json instanceof Json.Null) {
                return Map.of();
            }
            if (!(json instanceof Json.Obj object)) {
                return wrong(path, json, "a mapping");
            }
            Map<String, Object> entries = new LinkedHashMap<>();
            object.members().forEach((key, member) -> {
                Object item = value(arguments[1], member, child(path, key));
                if (item != null) {
                    entries.put(key, item);
                }
            });
            return java.util.Collections.unmodifiableMap(entries);
        }

        private @Nullable Object numbers(Json json, String path) {
            if (!(json instanceof Json.Arr array)) {
                return wrong(path, json, "a list of numbers");
            }
            double[] values = new double[array.items().size()];
            for (int i = 0; i < values.length; i++) {
                Object item = value(double.class, array.items().get(i), path + "[" + i + "]");
                values[i] = item == null ? Double.NaN : (double) item;
            }
            return values;
        }

        private @Nullable Object instant(Json json, String path) {
            if (json instanceof Json.Str string) {
                try {
                    return Instant.parse(string.value());
                } catch (DateTimeParseException e) {
                    return wrong(path, json, "a time such as 2026-01-31T00:00:00Z");
                }
            }
            return wrong(path, json, "a time such as 2026-01-31T00:00:00Z");
        }

        private @Nullable Object constant(Class<?> target, Json json, String path) {
            Object[] constants = target.getEnumConstants();
            if (json instanceof Json.Str string) {
                for (Object constant : constants) {
                    if (constantName((Enum<?>) constant).equals(string.value())) {
                        return constant;
                    }
                }
            }
            String allowed = Arrays.stream(constants)
                    .map(constant -> constantName((Enum<?>) constant))
                    .collect(Collectors.joining(", "));
            return wrong(path, json, "one of " + allowed);
        }

        private @Nullable Object variant(Class<?> target, Json json, String path) {
            Map<String, Class<?>> kinds = RecordWriter.variants(target);
            if (!(json instanceof Json.Obj object)) {
                return wrong(path, json, "a mapping with kind: one of " + String.join(", ", kinds.keySet()));
            }
            Json kind = object.find("kind").orElse(Json.NULL);
            Class<?> chosen = kind instanceof Json.Str name ? kinds.get(name.value()) : null;
            if (chosen == null) {
                return wrong(child(path, "kind"), kind, "one of " + String.join(", ", kinds.keySet()));
            }
            Map<String, Json> rest = new LinkedHashMap<>(object.members());
            rest.remove("kind");
            return fields(chosen, new Json.Obj(rest), path);
        }

        private @Nullable Object fields(Class<?> target, Json json, String path) {
            if (!(json instanceof Json.Obj object)) {
                return wrong(path, json, "a mapping");
            }
            int before = problems.size();
            Shape shape = SHAPES.get(target);
            Set<String> unknown = new TreeSet<>(object.members().keySet());
            if (shape.variant() && object.find("kind").equals(Optional.of(Json.string(kindName(target))))) {
                unknown.remove("kind");
            }
            @Nullable Object[] values = new Object[shape.names().size()];
            for (int i = 0; i < values.length; i++) {
                String name = shape.names().get(i);
                Type type = shape.types().get(i);
                unknown.remove(name);
                Json member = object.find(name).orElse(Json.NULL);
                if (member instanceof Json.Null
                        && required(type)
                        && !object.members().containsKey(name)) {
                    problem(path, "missing: " + name);
                    continue;
                }
                values[i] = value(type, member, child(path, name));
            }
            for (String key : unknown) {
                problem(
                        child(path, key),
                        "unknown key: " + key + " (expected: one of " + String.join(", ", shape.names()) + ")");
            }
            return problems.size() > before ? null : construct(shape.constructor(), values, path);
        }

        private @Nullable Object construct(Constructor<?> constructor, @Nullable Object[] values, String path) {
            try {
                return constructor.newInstance(values);
            } catch (InvocationTargetException e) {
                problem(
                        path,
                        String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
                return null;
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Class<?> unboxed(Class<?> type) {
            return MethodType.methodType(type).unwrap().returnType();
        }

        private static boolean required(Type type) {
            return type instanceof Class<?>;
        }

        private static String child(String path, String key) {
            return path.isEmpty() ? key : path + "." + key;
        }

        private @Nullable Object wrong(String path, Json json, String expected) {
            String shown = JsonText.write(json);
            String value = shown.length() > 60 ? shown.substring(0, 57) + "..." : shown;
            problem(path, "value: " + value + " (expected: " + expected + ")");
            return null;
        }

        private void problem(String path, String message) {
            problems.add(new Problem(document.name(), document.line(path), path, message));
        }
    }
}
