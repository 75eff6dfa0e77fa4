package tatara.train.learner;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Universal Binary JSON (draft 12), as XGBoost writes it: values become Map, List, String, Double (also for true and false) or, for typed
 * arrays, {@code double[]}. Floats keep their exact value.
 */
final class Ubj {
    private final ByteBuffer bytes;

    private Ubj(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** @throws IllegalArgumentException if the bytes are not one UBJSON value */
    static Object read(byte[] bytes) {
        Ubj ubj = new Ubj(bytes);
        return ubj.value(ubj.bytes.get());
    }

    /** A member of an object, by the names that lead to it. */
    static Object find(Object root, String... path) {
        Object at = root;
        for (String name : path) {
            Object next = at instanceof Map<?, ?> map ? map.get(name) : null;
            if (next == null) {
                throw new IllegalArgumentException("member: " + name + " is absent");
            }
            at = next;
        }
        return at;
    }

    private Object value(byte marker) {
        return switch (marker) {
            case '{' -> object();
            case '[' -> array();
            case 'S' -> string();
            case 'T' -> 1.0;
            case 'F' -> 0.0;
            case 'Z' -> "";
            default -> number(marker);
        };
    }

    private double number(byte marker) {
        return switch (marker) {
            case 'i' -> bytes.get();
            case 'U' -> bytes.get() & 0xFF;
            case 'I' -> bytes.getShort();
            case 'l' -> bytes.getInt();
            case 'L' -> bytes.getLong();
            case 'd' -> bytes.getFloat();
            case 'D' -> bytes.getDouble();
            default -> throw new IllegalArgumentException("marker: " + (char) marker + " at " + bytes.position());
        };
    }

    private String string() {
        byte[] text = new byte[length()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private int length() {
        double length = number(bytes.get());
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("length: " + length + " at " + bytes.position());
        }
        return (int) length;
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new HashMap<>();
        while (bytes.get(bytes.position()) != '}') {
            String key = string();
            members.put(key, value(bytes.get()));
        }
        bytes.get();
        return members;
    }

    private Object array() {
        byte next = bytes.get(bytes.position());
        if (next == '$') {
            bytes.get();
            byte type = bytes.get();
            expect('#');
            double[] values = new double[length()];
            for (int i = 0; i < values.length; i++) {
                values[i] = number(type);
            }
            return values;
        }
        List<Object> items = new ArrayList<>();
        if (next == '#') {
            bytes.get();
            int size = length();
            for (int i = 0; i < size; i++) {
                items.add(value(bytes.get()));
            }
            return items;
        }
        while (bytes.get(bytes.position()) != ']') {
            items.add(value(bytes.get()));
        }
        bytes.get();
        return items;
    }

    private void expect(char marker) {
        byte found = bytes.get();
        if (found != marker) {
            throw new IllegalArgumentException("marker: " + (char) found + " (expected: " + marker + ")");
        }
    }
}
