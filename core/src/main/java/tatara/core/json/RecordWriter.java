package tatara.core.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The writing half of {@link RecordCodec}. */
final class RecordWriter {
    private RecordWriter() {}

    static Json write(Object value) {
        if (value instanceof Json json) {
            return json;
        }
        if (value instanceof String string) {
            return new Json.Str(string);
        }
        if (value instanceof Boolean bool) {
            return new Json.Bool(bool);
        }
        if (value instanceof Integer || value instanceof Long) {
            return new Json.Num(((Number) value).longValue());
        }
        if (value instanceof Double number) {
            return Json.number(number);
        }
        if (value instanceof double[] numbers) {
            return Json.numbers(numbers);
        }
        if (value instanceof Instant instant) {
            return new Json.Str(instant.toString());
        }
        if (value instanceof Enum<?> constant) {
            return new Json.Str(RecordCodec.constantName(constant));
        }
        if (value instanceof List<?> list) {
            List<Json> items = new ArrayList<>(list.size());
            for (Object item : list) {
                items.add(write(item));
            }
            return new Json.Arr(items);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Json> members = new LinkedHashMap<>();
            map.forEach((key, member) -> members.put((String) key, write(member)));
            return new Json.Obj(members);
        }
        if (value instanceof Record fields) {
            return fields(fields);
        }
        throw new IllegalArgumentException(
                "value: " + value.getClass().getName() + " (expected: a type that RecordCodec knows)");
    }

    /** The records of a sealed interface, by kind name. */
    static Map<String, Class<?>> variants(Class<?> sealed) {
        Map<String, Class<?>> kinds = new TreeMap<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            kinds.put(RecordCodec.kindName(permitted), permitted);
        }
        return kinds;
    }

    /** Whether a record is one of several of a sealed interface, so that its document says which. */
    static boolean isVariant(Class<?> type) {
        for (Class<?> parent : type.getInterfaces()) {
            if (parent.isSealed()) {
                return true;
            }
        }
        return false;
    }

    private static Json fields(Record value) {
        Map<String, Json> members = new LinkedHashMap<>();
        if (isVariant(value.getClass())) {
            members.put("kind", new Json.Str(RecordCodec.kindName(value.getClass())));
        }
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object member = member(value, component);
            if (member instanceof Optional<?> optional) {
                optional.ifPresent(present -> members.put(component.getName(), write(present)));
            } else {
                members.put(component.getName(), write(member));
            }
        }
        return new Json.Obj(members);
    }

    private static Object member(Record value, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
