package tatara.core.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value. Immutable; objects keep the order of their keys. */
public sealed interface Json {
    /** An object. */
    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        public Optional<Json> find(String key) {
            return Optional.ofNullable(members.get(key));
        }

        /** A copy with one member added or replaced. */
        public Obj with(String key, Json value) {
            Map<String, Json> copy = new LinkedHashMap<>(members);
            copy.put(key, value);
            return new Obj(copy);
        }

        public Obj with(String key, String value) {
            return with(key, new Str(value));
        }

        public Obj with(String key, double value) {
            return with(key, Json.number(value));
        }

        public Obj with(String key, long value) {
            return with(key, new Num(value));
        }
    }

    /** An array. */
    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    /** A string. */
    record Str(String value) implements Json {}

    /** A finite number: {@link Long} for integers, {@link Double} otherwise. */
    record Num(Number value) implements Json {
        public double asDouble() {
            return value.doubleValue();
        }

        public boolean isInteger() {
            return value instanceof Long || value.doubleValue() == Math.rint(value.doubleValue());
        }
    }

    /** True or false. */
    record Bool(boolean value) implements Json {}

    /** Null. */
    record Null() implements Json {}

    Null NULL = new Null();

    static Obj object() {
        return new Obj(Map.of());
    }

    static Str string(String value) {
        return new Str(value);
    }

    /** A number; NaN and infinities, which JSON lacks, become null. */
    static Json number(double value) {
        if (!Double.isFinite(value)) {
            return NULL;
        }
        return new Num(value);
    }

    static Arr strings(Iterable<String> values) {
        List<Json> items = new ArrayList<>();
        values.forEach(value -> items.add(new Str(value)));
        return new Arr(items);
    }

    static Arr numbers(double... values) {
        List<Json> items = new ArrayList<>(values.length);
        for (double value : values) {
            items.add(number(value));
        }
        return new Arr(items);
    }
}
