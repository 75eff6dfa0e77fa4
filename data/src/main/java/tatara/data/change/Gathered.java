package tatara.data.change;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
     * @param values of the columns that are known
     * @param whole whether columns without a value are missing; else they keep theirs
     */
    record Row(Map<String, Json> values, boolean whole, boolean deleted, long order) {
        /** Columns of these that keep what is stored. */
        Set<String> kept(List<String> columns) {
            Set<String> kept = new HashSet<>();
            if (!whole && !deleted) {
                columns.stream().filter(column -> !values.containsKey(column)).forEach(kept::add);
            }
            return kept;
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
        Row row = row(change);
        if (change.key().isEmpty()) {
            keyless.add(row);
            return true;
        }
        List<Json> key = List.copyOf(change.key().values());
        Row before = byKey.get(key);
        if (before != null && before.order() > change.order()) {
            return false;
        }
        byKey.put(key, before == null ? row : merged(before, row));
        return true;
    }

    private static Row row(Change change) {
        boolean deleted = change.kind() == Change.Kind.DELETE;
        Map<String, Json> values = new LinkedHashMap<>(change.key());
        if (!deleted) {
            values.putAll(change.row());
        }
        return new Row(values, change.kind() != Change.Kind.UPDATE, deleted, change.order());
    }

    private static Row merged(Row before, Row after) {
        if (after.whole() || after.deleted()) {
            return after;
        }
        if (before.deleted()) {
            return new Row(after.values(), true, false, after.order());
        }
        Map<String, Json> values = new LinkedHashMap<>(before.values());
        values.putAll(after.values());
        return new Row(values, before.whole(), false, after.order());
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
