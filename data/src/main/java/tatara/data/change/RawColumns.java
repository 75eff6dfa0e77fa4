package tatara.data.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tatara.core.json.Json;
import tatara.core.port.ChangeColumn;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;

/**
 * The columns of a raw table as changes arrive: what the source declares, what values need. Types only become wider. Used by one thread.
 */
final class RawColumns {
    private final Map<String, TableColumn.Type> types = new LinkedHashMap<>();
    private final Map<String, String> stored = new LinkedHashMap<>();
    private final Set<String> taken = new TreeSet<>();
    private final List<String> changes = new ArrayList<>();
    private Map<String, TableColumn.Type> replaced = Map.of();
    private boolean told;
    private boolean recording;

    /**
     * @param present columns of the table as it is, none if there is no table
     * @param renamed names in the table by those of the source, where they differ
     */
    RawColumns(List<TableColumn> present, Map<String, String> renamed) {
        Map<String, String> sources = new LinkedHashMap<>();
        renamed.forEach((source, name) -> sources.put(name, source));
        for (TableColumn column : present) {
            String source = sources.getOrDefault(column.name(), column.name());
            types.put(source, column.type());
            stored.put(source, column.name());
            taken.add(column.name().toLowerCase(Locale.ROOT));
        }
        recording = !present.isEmpty();
    }

    /** What the source says of its columns; those that it does not name any more are dropped. */
    void declare(List<ChangeColumn> declared) {
        if (declared.isEmpty()) {
            return;
        }
        told = true;
        Map<String, TableColumn.Type> before = new LinkedHashMap<>(types);
        types.clear();
        for (ChangeColumn column : declared) {
            TableColumn.Type type = CellForm.stored(column.type());
            TableColumn.Type known = before.remove(column.name());
            TableColumn.Type wider = known == null ? type : CellForm.wider(known, type);
            if (known == null) {
                note("added column " + column.name() + " (" + wider + ")");
            } else if (known != wider) {
                note("column " + column.name() + " became " + wider + " (was " + known + ")");
            }
            types.put(column.name(), wider);
        }
        before.keySet().forEach(name -> note("dropped column " + name));
    }

    /** Makes room for a row's values. */
    void take(Map<String, Json> row) {
        row.forEach((name, value) -> {
            TableColumn.Type type = types.get(name);
            if (type == null) {
                if (!told && !(value instanceof Json.Null)) {
                    types.put(name, CellForm.natural(value));
                    note("added column " + name + " (" + CellForm.natural(value) + ")");
                }
            } else if (!CellForm.fits(value, type)) {
                widen(name, type, value);
            }
        });
    }

    private void widen(String name, TableColumn.Type type, Json value) {
        TableColumn.Type both = CellForm.wider(type, CellForm.natural(value));
        TableColumn.Type wider = both != type && CellForm.fits(value, both) ? both : TableColumn.Type.VARCHAR;
        types.put(name, wider);
        note("column " + name + " became " + wider + " (was " + type + ")");
    }

    /** A column whose stored integers do not all fit into floating point. */
    void asText(String name) {
        types.put(name, TableColumn.Type.VARCHAR);
        note("column " + name + " became VARCHAR: its integers are too large for DOUBLE");
    }

    private void note(String change) {
        if (recording) {
            changes.add(change);
        }
    }

    /** Begins anew, for a table that is replaced. */
    void clear() {
        replaced = replaced.isEmpty() ? new LinkedHashMap<>(types) : replaced;
        types.clear();
        changes.clear();
        stored.clear();
        taken.clear();
        told = false;
        recording = false;
    }

    List<String> names() {
        return List.copyOf(types.keySet());
    }

    TableColumn.Type type(String name) {
        return Objects.requireNonNull(types.get(name), name);
    }

    /** What happened to columns since the table was made, in words. */
    List<String> changes() {
        if (replaced.isEmpty()) {
            return List.copyOf(changes);
        }
        List<String> all = new ArrayList<>();
        types.forEach((name, type) -> {
            TableColumn.Type before = replaced.get(name);
            if (before == null) {
                all.add("added column " + name + " (" + type + ")");
            } else if (before != type) {
                all.add("column " + name + " became " + type + " (was " + before + ")");
            }
        });
        replaced.keySet().stream()
                .filter(name -> !types.containsKey(name))
                .forEach(name -> all.add("dropped column " + name));
        return all;
    }

    /** From now on {@link #changes} starts empty. */
    void written() {
        replaced = Map.of();
        changes.clear();
        recording = true;
    }

    /** Names in the table by those of the source, where they differ. */
    Map<String, String> renamed() {
        Map<String, String> renamed = new LinkedHashMap<>();
        for (String name : types.keySet()) {
            if (!stored(name).equals(name)) {
                renamed.put(name, stored(name));
            }
        }
        return renamed;
    }

    /** Names in the table: those of the source, unless two differ in case alone or one is reserved. */
    String stored(String name) {
        return stored.computeIfAbsent(name, fresh -> {
            String free = fresh.equalsIgnoreCase(Lake.ROW) ? "_" + fresh : fresh;
            for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
                free = fresh + "_" + i;
            }
            return free;
        });
    }
}
