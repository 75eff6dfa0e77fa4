package tatara.data.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.data.lake.DataErrorCode;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;
import tatara.data.lake.Target;
import tatara.data.lake.Upsert;
import tatara.data.lake.Version;

/**
 * A raw table whose snapshots carry the position in the source that they are equal to: rows and position are one commit, so that no crash
 * can part them. Used by one thread.
 */
final class FollowedTable {
    private static final String LAYER = "raw";
    private static final String POSITION = "change.position";
    private static final String SOURCE = "change.source";
    private static final String NAMES = "change.names";
    private static final String IDLE = "change.idle";
    private static final int KEPT = 20;

    private final Lake lake;
    private final String name;
    private final String source;
    private Optional<TableRef> current;
    private Map<String, String> renamed = Map.of();

    /**
     * @param name {@code PIPELINE.TABLE}
     * @param source what is followed, without credentials
     */
    FollowedTable(Lake lake, String name, String source) {
        this.lake = lake;
        this.name = name;
        this.source = source;
        this.current = lake.current(LAYER, name);
    }

    Optional<TableRef> current() {
        return current;
    }

    /** Columns as they are stored now. */
    List<TableColumn> columns() {
        return current.map(lake::types).orElse(List.of());
    }

    /** The position that the table is equal to; empty if it is not equal to any, because there is none or something else wrote. */
    String position() {
        current = lake.current(LAYER, name);
        if (current.isEmpty()) {
            return "";
        }
        for (Version version : lake.history().log(LAYER, name, Target.MAIN)) {
            if (!version.operation().equals("compact") || version.properties().containsKey(SOURCE)) {
                boolean ours = source.equals(version.properties().get(SOURCE))
                        && !version.operation().equals("restore")
                        && !version.operation().equals("merge");
                renamed = ours ? names(version.properties().getOrDefault(NAMES, "{}")) : Map.of();
                return ours ? version.properties().getOrDefault(POSITION, "") : "";
            }
        }
        return "";
    }

    /** Names of columns by those of the source, where they differ; known after {@link #position}. */
    Map<String, String> renamed() {
        return renamed;
    }

    private static Map<String, String> names(String text) {
        Map<String, String> names = new LinkedHashMap<>();
        ((Json.Obj) JsonText.read(NAMES, text))
                .members()
                .forEach((source, name) -> names.put(source, ((Json.Str) name).value()));
        return names;
    }

    /** What a commit is told beside the rows. */
    record Note(String position, Map<String, String> properties) {}

    /** Replaces all rows. */
    void replace(RawColumns columns, StagedRows rows, Note note) {
        String select = rows.isEmpty() ? none(columns) : selected(columns, rows, false) + " WHERE deleted IS NULL";
        write(columns, note, target -> lake.replace(lake.engine(), LAYER, name, select, "", target));
    }

    /** Adds rows that have no key. */
    void append(RawColumns columns, StagedRows rows, Note note) {
        String select = selected(columns, rows, false);
        write(columns, note, target -> lake.append(lake.engine(), LAYER, name, select, target));
    }

    /** Remembers a position up to which nothing changed. */
    void advance(RawColumns columns, Note note) {
        Map<String, String> properties = new HashMap<>(note.properties());
        properties.put(IDLE, "true");
        String select = none(columns);
        write(
                columns,
                new Note(note.position(), properties),
                target -> lake.append(lake.engine(), LAYER, name, select, target));
    }

    /**
     * Changes rows by key.
     *
     * @param kept whether some rows keep values that are stored
     */
    void upsert(RawColumns columns, List<String> key, StagedRows rows, boolean kept, Note note) {
        String flag = "deleted";
        while (columns.names().stream().map(columns::stored).anyMatch(flag::equalsIgnoreCase)) {
            flag = "_" + flag;
        }
        String flagged = flag;
        String join = !kept || current.isEmpty() ? "" : join(columns, key, current.get());
        String select = "SELECT " + cells(columns, rows, !join.isEmpty()) + ", s.deleted IS NOT NULL AS "
                + Engine.quote(flagged) + " FROM " + rows.from() + " AS s" + join;
        List<String> keys = key.stream().map(columns::stored).toList();
        write(
                columns,
                note,
                target -> lake.apply(
                        lake.engine(),
                        LAYER,
                        name,
                        new Upsert(select, keys, Optional.of(flagged), target.properties()),
                        target));
    }

    /** Leaves out columns that the source does not have any more; the position stays. */
    void dropColumns(RawColumns columns, String position) {
        Set<String> wanted = columns.names().stream().map(columns::stored).collect(Collectors.toSet());
        List<String> kept = new ArrayList<>();
        for (TableColumn column : columns()) {
            if (wanted.contains(column.name())) {
                kept.add(Engine.quote(column.name()));
            }
        }
        if (current.isEmpty() || kept.size() == columns().size() || kept.isEmpty()) {
            return;
        }
        kept.add(Engine.quote(Lake.ROW));
        String select = "SELECT " + String.join(", ", kept) + " FROM " + lake.from(current.get());
        Map<String, String> why = Map.of("change.columns", "dropped columns");
        write(columns, new Note(position, why), target -> lake.replace(lake.engine(), LAYER, name, select, "", target));
    }

    /** Whether stored integers of a column are too large to be exact in floating point. */
    boolean exceedsDouble(String column) {
        String sql = "SELECT count(*) FROM " + lake.from(current.orElseThrow()) + " WHERE " + Engine.quote(column)
                + " NOT BETWEEN -9007199254740992 AND 9007199254740992";
        return lake.engine().first(sql, row -> row.getLong(1)).orElse(0L) > 0;
    }

    /** Drops all but the newest snapshots of following; those that others made, or that have a name, stay. */
    void expire() {
        List<Version> versions = lake.history().log(LAYER, name, Target.MAIN);
        Set<Long> keep = new HashSet<>();
        int ours = 0;
        for (Version version : versions) {
            boolean own = version.properties().containsKey(POSITION);
            ours += own ? 1 : 0;
            if (!own || ours <= KEPT) {
                keep.add(version.table().snapshot());
            }
        }
        if (keep.size() < versions.size()) {
            lake.history().expire(LAYER, name, keep);
        }
    }

    private interface Write {
        TableRef to(Target target);
    }

    private void write(RawColumns columns, Note note, Write write) {
        Map<String, String> properties = new HashMap<>(note.properties());
        Map<String, Json> names = new LinkedHashMap<>();
        columns.renamed().forEach((from, to) -> names.put(from, Json.string(to)));
        if (!names.isEmpty()) {
            properties.put(NAMES, JsonText.write(new Json.Obj(names)));
        }
        properties.put(POSITION, note.position());
        properties.put(SOURCE, source);
        Target target = Target.main(properties);
        try {
            current = Optional.of(write.to(
                    current.isPresent() ? target.expecting(current.get().snapshot()) : target));
        } catch (TataraException e) {
            if (e.code() == DataErrorCode.CONCURRENT_WRITE) {
                throw new TataraException(
                        ChangeErrorCode.TABLE_TAKEN,
                        Fault.of("something else wrote into the table while it was followed")
                                .at("raw table " + name)
                                .expecting("one writer")
                                .todo("Start again: it goes on from what the table holds"),
                        e);
            }
            throw e;
        }
    }

    private static String none(RawColumns columns) {
        return columns.names().stream()
                        .map(column ->
                                "CAST(NULL AS " + columns.type(column) + ") AS " + Engine.quote(columns.stored(column)))
                        .collect(Collectors.joining(", ", "SELECT ", ""))
                + " WHERE false";
    }

    private String selected(RawColumns columns, StagedRows rows, boolean joined) {
        return "SELECT " + cells(columns, rows, joined) + " FROM " + rows.from() + " AS s";
    }

    private String cells(RawColumns columns, StagedRows rows, boolean joined) {
        Set<String> present = columns().stream().map(TableColumn::name).collect(Collectors.toSet());
        return columns.names().stream()
                .map(column -> {
                    String stored = columns.stored(column);
                    String type = columns.type(column).toString();
                    String cell = rows.has(column) ? "s." + rows.cell(column) : "NULL";
                    String value = "CAST(" + cell + " AS " + type + ")";
                    if (joined && rows.has(column) && present.contains(stored)) {
                        value = "CASE WHEN s." + rows.kept(column) + " IS NULL THEN " + value + " ELSE CAST(old."
                                + Engine.quote(stored) + " AS " + type + ") END";
                    }
                    return value + " AS " + Engine.quote(stored);
                })
                .collect(Collectors.joining(", "));
    }

    private String join(RawColumns columns, List<String> key, TableRef ref) {
        String equal = IntStream.range(0, key.size())
                .mapToObj(i -> {
                    String type = columns.type(key.get(i)).toString();
                    return "CAST(s." + StagedRows.origin(i) + " AS " + type + ") IS NOT DISTINCT FROM CAST(old."
                            + Engine.quote(columns.stored(key.get(i))) + " AS " + type + ")";
                })
                .collect(Collectors.joining(" AND "));
        return " LEFT JOIN " + lake.from(ref) + " AS old ON " + equal;
    }
}
