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
 * Finds a person's rows: those that the condition names; from them, by the values of keys that no other row of the table has, those of
 * other tables; and in tables made from these, which may hold no key, the rows of the same numbers. Not thread-safe.
 */
final class SubjectRows {
    private static final int ROUNDS = 5;
    private static final int MOST_KEYS = 100_000;
    private static final int MOST_TRACES = 10_000;
    private static final int SHORTEST_TRACE = 5;
    private static final int SHORTEST_NUMBER = 8;
    private static final int MOST_SIMILAR = 1_000;
    private static final double IDENTIFYING = 0.5;

    private final Lake lake;
    private final List<TableRef> tables;
    private final List<Set<String>> aliases = new ArrayList<>();
    private final Map<String, String> where;
    private final Map<String, Set<String>> keys = new TreeMap<>();

    /**
     * @param aliases names of columns that hold the same key, in lower case
     * @param where column to value, all of which must hold
     */
    SubjectRows(Lake lake, List<TableRef> tables, List<Set<String>> aliases, Map<String, String> where) {
        this.lake = lake;
        this.tables = tables;
        aliases.forEach(group -> this.aliases.add(new TreeSet<>(group)));
        this.where = where;
    }

    /** The keys of the person, by column in lower case. */
    Map<String, Set<String>> keys() {
        if (where.size() == 1) {
            where.forEach(
                    (column, value) -> named(column).forEach(name -> keys.computeIfAbsent(name, key -> new TreeSet<>())
                            .add(value)));
        }
        tables.forEach(this::findKeys);
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

    /** Columns of the named rows' table with another value in each row are keys, also where no design says so. */
    private void findKeys(TableRef table) {
        List<String> names = lake.columns(table);
        if (!where.keySet().stream().allMatch(column -> find(names, column).isPresent())) {
            return;
        }
        for (TableColumn column : lake.types(table)) {
            String name = column.name().toLowerCase(Locale.ROOT);
            boolean whole = column.type() == TableColumn.Type.VARCHAR || column.type() == TableColumn.Type.BIGINT;
            if (whole
                    && !column.name().equals(Lake.ROW)
                    && aliases.stream().noneMatch(group -> group.contains(name))
                    && elsewhere(table, name)
                    && isKey(table, column.name())) {
                aliases.add(new TreeSet<>(Set.of(name)));
            }
        }
    }

    private boolean elsewhere(TableRef table, String name) {
        return tables.stream()
                .filter(other -> !other.name().equals(table.name()))
                .anyMatch(other -> find(lake.columns(other), name).isPresent());
    }

    private boolean isKey(TableRef table, String column) {
        String name = Engine.quote(column);
        return lake.engine()
                .first(
                        "SELECT count(*) > 1 AND count(DISTINCT " + name + ") = count(*) FROM " + lake.from(table),
                        row -> row.getBoolean(1))
                .orElse(false);
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
                    named(name).forEach(alias -> keys.computeIfAbsent(alias, key -> new TreeSet<>())
                            .add(value));
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
        String sql = "SELECT v FROM (SELECT " + text + " AS v, bool_and(COALESCE(" + condition
                + ", false)) AS own FROM " + lake.from(version)
                + " GROUP BY 1) WHERE own AND v IS NOT NULL AND v <> '' LIMIT " + MOST_KEYS;
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
        return parts.isEmpty() ? derived(version) : Optional.of("(" + String.join(" OR ", parts) + ")");
    }

    /** Rows of a table without keys that have the numbers of the person's rows in the version that they were made from. */
    private Optional<String> derived(TableRef version) {
        String inputs = lake.history().version(version).properties().getOrDefault(Lake.INPUTS, "");
        if (inputs.isEmpty() || inputs.contains(",")) {
            return Optional.empty();
        }
        Optional<TableRef> from = input(inputs);
        return from.flatMap(this::condition)
                .map(known -> Engine.quote(Lake.ROW) + " IN (SELECT " + Engine.quote(Lake.ROW) + " FROM "
                        + lake.from(from.orElseThrow()) + " WHERE " + known + ")");
    }

    private Optional<TableRef> input(String input) {
        int at = input.lastIndexOf('@');
        int slash = input.indexOf('/');
        return at < 0 || slash < 0
                ? Optional.empty()
                : lake.history().at(input.substring(0, slash), input.substring(slash + 1, at), input.substring(at + 1));
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

    /** The keys, and texts with letters that only the person's rows have, in columns whose values are mostly different. */
    Traces traces() {
        Set<String> found = new TreeSet<>();
        for (TableRef table : tables) {
            for (Version version : lake.history().all(table.layer(), table.name())) {
                condition(version.table()).ifPresent(condition -> lake.types(version.table()).stream()
                        .filter(column -> column.type() == TableColumn.Type.VARCHAR)
                        .filter(column -> isIdentifying(version.table(), column.name()))
                        .forEach(column -> own(version.table(), column.name(), condition).stream()
                                .filter(SubjectRows::isTelling)
                                .forEach(found::add)));
            }
        }
        tables.forEach(table -> lake.columns(table).forEach(found::remove));
        tables.forEach(table -> found.removeAll(others(table, found).keySet()));
        Map<String, List<String>> shortKeys = new TreeMap<>();
        Set<String> longKeys = new TreeSet<>();
        given().forEach((column, values) -> values.forEach(value -> {
            if (isLong(value)) {
                longKeys.add(value);
            } else {
                shortKeys.computeIfAbsent(column, key -> new ArrayList<>()).add(value);
            }
        }));
        found.removeAll(longKeys);
        List<Trace> traces = new ArrayList<>();
        Map<String, Set<String>> similar = new TreeMap<>();
        tables.forEach(table -> others(table, longKeys)
                .forEach((key, texts) ->
                        similar.computeIfAbsent(key, any -> new TreeSet<>()).addAll(texts)));
        longKeys.forEach(key -> traces.add(new Trace(key, List.copyOf(similar.getOrDefault(key, Set.of())))));
        found.stream().limit(MOST_TRACES).forEach(text -> traces.add(new Trace(text, List.of())));
        return new Traces(traces, shortKeys);
    }

    /** The keys, and what the condition names if it names one column. */
    private Map<String, Set<String>> given() {
        Map<String, Set<String>> given = new TreeMap<>(keys);
        if (where.size() == 1) {
            where.forEach(
                    (column, value) -> given.computeIfAbsent(column.toLowerCase(Locale.ROOT), key -> new TreeSet<>())
                            .add(value));
        }
        return given;
    }

    private static boolean isTelling(String value) {
        return value.length() >= SHORTEST_TRACE && value.chars().anyMatch(Character::isLetter);
    }

    /** Whether a key can be looked for in any place: a short number would be found everywhere. */
    private static boolean isLong(String value) {
        return value.length() >= SHORTEST_NUMBER || isTelling(value);
    }

    private boolean isIdentifying(TableRef version, String column) {
        String name = Engine.quote(column);
        return lake.engine()
                .first(
                        "SELECT count(DISTINCT " + name + ") >= " + IDENTIFYING + " * count(" + name + ") FROM "
                                + lake.from(version),
                        row -> row.getBoolean(1))
                .orElse(false);
    }

    /** For each of the texts that stands in rows of others: the values that contain it. */
    private Map<String, Set<String>> others(TableRef table, Set<String> texts) {
        Map<String, Set<String>> found = new TreeMap<>();
        if (texts.isEmpty()) {
            return found;
        }
        String values =
                texts.stream().map(text -> "(" + Engine.literal(text) + ")").collect(Collectors.joining(", "));
        String others = condition(table)
                .map(c -> " WHERE NOT COALESCE(" + c + ", false)")
                .orElse("");
        for (TableColumn column : lake.types(table)) {
            String sql = "SELECT t.v, o.c FROM (VALUES " + values + ") t(v) JOIN (SELECT DISTINCT CAST("
                    + Engine.quote(column.name()) + " AS VARCHAR) AS c FROM " + lake.from(table) + others
                    + ") o ON contains(o.c, t.v) ORDER BY ALL LIMIT " + MOST_SIMILAR;
            lake.engine()
                    .query(sql, row -> List.of(row.getString(1), row.getString(2)))
                    .forEach(pair -> found.computeIfAbsent(pair.get(0), key -> new TreeSet<>())
                            .add(pair.get(1)));
        }
        return found;
    }
}
