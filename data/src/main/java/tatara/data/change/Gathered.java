package tatara.data.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tatara.core.json.Json;
import tatara.core.port.Change;

/** Changes on their way, reduced to the last state of each key. Used by one thread. */
final class Gathered {
    private final Map<List<Json>, Row> byKey = new LinkedHashMap<>();
    private final List<Row> keyless = new ArrayList<>();
    private long bytes;
    private boolean replaces;

    /**
     * The state of a row after its changes.
     *
     * @param values of the columns that are known; of a row that is deleted, those it had
     * @param whole whether columns without a value are missing; else they keep what is stored
     * @param origin the key under which is stored what it keeps
     */
    record Row(Map<String, Json> values, boolean whole, boolean deleted, long order, List<Json> origin) {
        /** Whether some of these columns keep what is stored. */
        boolean keepsAny(List<String> columns) {
            return !whole && !deleted && !values.keySet().containsAll(columns);
        }
    }

    /** Takes one change; false if it came after a later one of its key. */
    boolean add(Change change) {
        if (change.kind() == Change.Kind.TRUNCATE) {
            clear();
            replaces = true;
            return true;
        }
        bytes += size(change);
        if (change.key().isEmpty()) {
            keyless.add(new Row(change.row(), true, false, change.order(), List.of()));
            return true;
        }
        List<Json> key = List.copyOf(change.key().values());
        Row before = byKey.get(key);
        if (before != null && before.order() > change.order()) {
            return false;
        }
        byKey.put(key, after(before, change, key));
        return true;
    }

    private Row after(@Nullable Row before, Change change, List<Json> key) {
        Map<String, Json> values = new LinkedHashMap<>();
        if (change.kind() == Change.Kind.DELETE) {
            values.putAll(before == null ? Map.of() : before.values());
            values.putAll(change.key());
            boolean whole = before != null && before.whole();
            return new Row(values, whole, true, change.order(), before == null ? key : before.origin());
        }
        Row former = change.formerKey().isEmpty()
                ? null
                : byKey.get(List.copyOf(change.formerKey().values()));
        boolean update = change.kind() == Change.Kind.UPDATE;
        Row kept = update ? before : former;
        boolean gone = update && kept != null && kept.deleted();
        if (kept != null && !gone) {
            values.putAll(kept.values());
        }
        values.putAll(change.key());
        values.putAll(change.row());
        boolean whole = kept == null ? !update : gone || kept.whole();
        return new Row(values, whole, false, change.order(), kept == null ? key : kept.origin());
    }

    private static long size(Change change) {
        long size = 64;
        for (Json value : change.row().values()) {
            size += 16 + (value instanceof Json.Str text ? 2L * text.value().length() : 0);
        }
        return size;
    }

    /** Whether all rows that were there before go. */
    boolean replaces() {
        return replaces;
    }

    boolean isEmpty() {
        return !replaces && rows() == 0;
    }

    int rows() {
        return byKey.size() + keyless.size();
    }

    /** About the memory that is held. */
    long bytes() {
        return bytes;
    }

    boolean isKeyless() {
        return !keyless.isEmpty();
    }

    /** The rows, in the order in which their keys first came. */
    List<Row> all() {
        List<Row> all = new ArrayList<>(byKey.values());
        all.addAll(keyless);
        return all;
    }

    void clear() {
        byKey.clear();
        keyless.clear();
        bytes = 0;
        replaces = false;
    }

    /** Forgets the rows that were put aside, and goes on. */
    void clearRows() {
        boolean before = replaces;
        clear();
        replaces = before;
    }
}
