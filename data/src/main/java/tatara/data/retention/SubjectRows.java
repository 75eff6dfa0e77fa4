package tatara.data.retention;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.Suppressed;
import tatara.data.lake.TableColumn;
import tatara.data.lake.Version;

/**
 * Finds a person's rows: those that the condition names, and from them, by the values of keys that no other row of the table has, those of
 * other tables. Not thread-safe.
 */
final class SubjectRows {
    private static final int ROUNDS = 5;
    private static final int MOST_KEYS = 100_000;
    private static final int MOST_TRACES = 10_000;
    private static final int SHORTEST_TRACE = 5;

    private final Lake lake;
    private final List<TableRef> tables;
    private final List<Set<String>> aliases;
    private final Map<String, String> where;
    private final Map<String, Set<String>> keys = new TreeMap<>();

    /**
     * @param aliases names of columns that hold the same key, in lower case
     * @param where column to value, all of which must hold
     */
    SubjectRows(Lake lake, List<TableRef> tables, List<Set<String>> aliases, Map<String, String> where) {
        this.lake = lake;
        this.tables = tables;
        this.aliases = aliases;
        this.where = where;
    }

    /** The keys of the person, by column in lower case. */
    Map<String, Set<String>> keys() {
        if (where.size() == 1) {
            where.forEach((column, value) -> named(column)
                    .forEach(name -> keys.computeIfAbsent(name, key -> new TreeSet<>()).add(value)));
        }
        int before = -1;
        for (int round = 0; round < ROUNDS && size() != before; round++) {
            before = size();
            for (TableRef table : tables) {
                for (Version version : lake.history().all(table.layer(), table.name())) {
                    learn(version.table());
                }
            }
        }
        return keys;
    }

    private int size() {
        return keys.values().stream().mapToInt(Set::size).sum();
    }

    private void learn(TableRef version) {
        Optional<String> condition = condition(version);
        if (condition.isEmpty()) {
            return;
        }
        for (TableColumn column : lake.types(version)) {
            String name = column.name().toLowerCase(Locale.ROOT);
            if (aliases.stream().anyMatch(group -> group.contains(name))) {
                for (String value : own(version, column.name(), condition.get())) {
                    named(name).forEach(alias -> keys.computeIfAbsent(alias, key -> new TreeSet<>()).add(value));
                }
            }
        }
    }

    private Set<String> named(String column) {
        String name = column.toLowerCase(Locale.ROOT);
        Set<String> names = new TreeSet<>(Set.of(name));
        aliases.stream().filter(group -> group.contains(name)).forEach(names::addAll);
        return names;
    }

    /** Values of a column that only rows of the condition have. */
    private Set<String> own(TableRef version, String column, String condition) {
        String text = Suppressed.text(column);
        String sql = "SELECT v FROM (SELECT " + text + " AS v, bool_and(COALESCE(" + condition + ", false)) AS own FROM "
                + lake.from(version) + " GROUP BY 1) WHERE own AND v IS NOT NULL AND v <> '' LIMIT " + MOST_KEYS;
        return new TreeSet<>(lake.engine().query(sql, row -> row.getString(1)));
    }

    /** SQL of the person's rows in a version; empty if it has no column that tells. */
    Optional<String> condition(TableRef version) {
        List<String> names = lake.columns(version);
        List<String> parts = new ArrayList<>();
        List<String> given = where.entrySet().stream()
                .flatMap(entry -> find(names, entry.getKey()).stream()
                        .map(name -> Suppressed.text(name) + " = " + Engine.literal(entry.getValue())))
                .toList();
        if (given.size() == where.size()) {
            parts.add("(" + String.join(" AND ", given) + ")");
        }
        for (String name : names) {
            Set<String> values = keys.getOrDefault(name.toLowerCase(Locale.ROOT), Set.of());
            if (!values.isEmpty()) {
                parts.add(Suppressed.text(name) + " IN ("
                        + values.stream().map(Engine::literal).collect(Collectors.joining(", ")) + ")");
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of("(" + String.join(" OR ", parts) + ")");
    }

    private static Optional<String> find(List<String> names, String column) {
        return names.stream().filter(name -> name.equalsIgnoreCase(column)).findFirst();
    }

    /** Whether a version holds a row of the person. */
    long count(TableRef version) {
        return condition(version)
                .flatMap(condition -> lake.engine()
                        .first(
                                "SELECT count(*) FROM " + lake.from(version) + " WHERE " + condition,
                                row -> row.getLong(1)))
                .orElse(0L);
    }

    /** The keys, and texts with letters that the person's rows have and no other text contains. */
    List<String> traces() {
        Set<String> found = new TreeSet<>();
        for (TableRef table : tables) {
            for (Version version : lake.history().all(table.layer(), table.name())) {
                condition(version.table()).ifPresent(condition -> lake.types(version.table()).stream()
                        .filter(column -> column.type() == TableColumn.Type.VARCHAR)
                        .forEach(column -> own(version.table(), column.name(), condition).stream()
                                .filter(SubjectRows::isTelling)
                                .forEach(found::add)));
            }
        }
        tables.forEach(table -> found.removeAll(shared(table, found)));
        Set<String> traces = new TreeSet<>();
        keys.values().forEach(values ->
                values.stream().filter(SubjectRows::isKeyTrace).forEach(traces::add));
        found.stream().limit(MOST_TRACES).forEach(traces::add);
        return List.copyOf(traces);
    }

    private static boolean isTelling(String value) {
        return value.length() >= SHORTEST_TRACE && value.chars().anyMatch(Character::isLetter);
    }

    /** A short number would be found everywhere. */
    static boolean isKeyTrace(String value) {
        return value.length() >= SHORTEST_TRACE
                && (value.length() >= 8 || value.chars().anyMatch(c -> Character.isLetter(c) || c == '@'));
    }

    /** Of the texts, those that a row of somebody else contains. */
    private Set<String> shared(TableRef table, Set<String> texts) {
        Set<String> shared = new TreeSet<>();
        if (texts.isEmpty()) {
            return shared;
        }
        String values = texts.stream().map(text -> "(" + Engine.literal(text) + ")").collect(Collectors.joining(", "));
        String others = condition(table).map(c -> " WHERE NOT COALESCE(" + c + ", false)").orElse("");
        for (TableColumn column : lake.types(table)) {
            if (column.type() == TableColumn.Type.VARCHAR) {
                String sql = "SELECT DISTINCT t.v FROM (VALUES " + values + ") t(v) JOIN (SELECT DISTINCT "
                        + Engine.quote(column.name()) + " AS c FROM " + lake.from(table) + others
                        + ") o ON contains(o.c, t.v)";
                shared.addAll(lake.engine().query(sql, row -> row.getString(1)));
            }
        }
        return shared;
    }
}
