package tatara.data.lake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/**
 * Applies changes by key, copy-on-write: reads the key columns, and writes anew only the runs of files that hold a changed row. New rows
 * come after all others; if the last file is small, they are written with its rows, so that many small changes do not leave many small
 * files. Not thread-safe; for one change.
 */
final class Upserting {
    /** A last file with fewer rows takes in new ones. */
    private static final long SMALL = 50_000;

    private final Engine engine;
    private final TableChange change;
    private final Upsert upsert;
    private final LakeTable place;
    private final SnapshotContent before;
    private final boolean isNew;
    private final List<TableColumn> given;
    private final List<TableColumn> columns;
    private final Map<String, Integer> positions;
    private final String changes;
    private final String touched;

    Upserting(Engine engine, LakeTable place, TableChange change, Upsert upsert) {
        this.engine = engine;
        this.place = place;
        this.change = change;
        this.upsert = upsert;
        this.given = new RowWriter(engine).columns(upsert.selectSql());
        this.positions = RowWriter.positions(given);
        List<TableColumn> user = given.stream()
                .filter(column -> !column.name().equals(Lake.ROW) && !isFlag(column))
                .toList();
        this.isNew = change.content().isEmpty();
        this.before = change.content()
                .orElseGet(
                        () -> new SnapshotContent(0, 0, 0, true, true, List.of(), RowWriter.numbered(user), List.of()));
        this.columns = Schemas.union(before.columns(), user);
        String unique = UUID.randomUUID().toString();
        this.changes = Engine.quote("changes " + unique);
        this.touched = Engine.quote("touched " + unique);
    }

    private boolean isFlag(TableColumn column) {
        return upsert.deletedFlag().filter(column.name()::equals).isPresent();
    }

    SnapshotContent apply(Map<String, String> summary) {
        checkKey();
        try {
            engine.execute("CREATE TABLE " + changes + " AS SELECT row_number() OVER () AS position, * FROM ("
                    + upsert.selectSql() + "\n) AS given(" + FileSql.names(given.size()) + ")");
            checkChanges();
            engine.execute("CREATE TABLE " + touched + " AS " + matches());
            checkMatches();
            return write(summary);
        } finally {
            engine.execute("DROP TABLE IF EXISTS " + changes);
            engine.execute("DROP TABLE IF EXISTS " + touched);
        }
    }

    private void checkKey() {
        Set<String> stored = before.columns().stream().map(Schemas::key).collect(Collectors.toSet());
        for (String column : upsert.key()) {
            String key = Schemas.key(new TableColumn(column, TableColumn.Type.VARCHAR));
            if (!positions.containsKey(key) || !stored.contains(key)) {
                throw new TataraException(
                        DataErrorCode.KEY_NOT_UNIQUE,
                        Fault.of("the key column " + column + " is not in the "
                                        + (positions.containsKey(key) ? "table" : "changes"))
                                .at(place.place())
                                .expecting("key columns that both have")
                                .todo("Name another key"));
            }
        }
    }

    private void checkChanges() {
        String keys = keyColumns().stream().map(this::changed).collect(Collectors.joining(", "));
        String shown = shown(keyColumns().stream().map(this::changed).toList());
        refuse(
                "the changes have more than one row for the key ",
                "SELECT " + shown + " FROM " + changes + " AS c GROUP BY " + keys + " HAVING count(*) > 1 LIMIT 3");
    }

    private void checkMatches() {
        String shown = shown(keyColumns().stream().map(this::changed).toList());
        refuse(
                "the table has more than one row for the key ",
                "SELECT any_value(" + shown + ") FROM " + touched + " AS t JOIN " + changes
                        + " AS c ON c.position = t.position GROUP BY c.position HAVING count(*) > 1 LIMIT 3");
    }

    private static String shown(List<String> values) {
        return values.stream()
                .map(value -> "coalesce(CAST(" + value + " AS VARCHAR), 'null')")
                .collect(Collectors.joining(" || ', ' || "));
    }

    private void refuse(String what, String sql) {
        List<String> repeated = engine.query(sql, row -> row.getString(1));
        if (!repeated.isEmpty()) {
            throw new TataraException(
                    DataErrorCode.KEY_NOT_UNIQUE,
                    Fault.of(what + String.join("; ", repeated))
                            .at(place.place() + ", key " + String.join(", ", upsert.key()))
                            .expecting("one row per key")
                            .todo("Keep one row of each key, or name another key; nothing was written"));
        }
    }

    private List<TableColumn> keyColumns() {
        Set<String> keys = upsert.key().stream()
                .map(name -> Schemas.key(new TableColumn(name, TableColumn.Type.VARCHAR)))
                .collect(Collectors.toSet());
        return columns.stream()
                .filter(column -> keys.contains(Schemas.key(column)))
                .toList();
    }

    /** A column's value in the changes. */
    private String changed(TableColumn column) {
        return RowWriter.cast("c.c" + positions.get(Schemas.key(column)), column);
    }

    private String deleted() {
        return upsert.deletedFlag()
                .map(flag -> "coalesce(CAST(c.c"
                        + positions.get(Schemas.key(new TableColumn(flag, TableColumn.Type.BOOLEAN)))
                        + " AS BOOLEAN), false)")
                .orElse("false");
    }

    /** Which rows of which files the changes are about. */
    private String matches() {
        List<TableColumn> keys = keyColumns();
        String stored = IntStream.range(0, keys.size())
                .mapToObj(i -> RowWriter.cast(Engine.quote(keys.get(i).name()), keys.get(i)) + " AS k" + i)
                .collect(Collectors.joining(", "));
        String equal = IntStream.range(0, keys.size())
                .mapToObj(i -> "s.k" + i + " IS NOT DISTINCT FROM " + changed(keys.get(i)))
                .collect(Collectors.joining(" AND "));
        List<String> candidates = change.candidates(engine, before, keys.get(0), changed(keys.get(0)), changes);
        return "SELECT s.file AS file, s.row AS row, c.position AS position, " + deleted() + " AS deleted FROM (SELECT "
                + stored + ", " + Engine.quote(Lake.ROW) + " AS row, " + FileSql.FILE + " AS file FROM "
                + FileSql.located(before, candidates) + ") AS s JOIN " + changes + " AS c ON " + equal;
    }

    private SnapshotContent write(Map<String, String> summary) {
        change.columns(columns);
        Set<String> files =
                new HashSet<>(engine.query("SELECT DISTINCT file FROM " + touched, row -> row.getString(1)));
        long gone = count("SELECT count(*) FROM " + touched + " WHERE deleted");
        long updated = count("SELECT count(*) FROM " + touched) - gone;
        long fresh = count("SELECT count(*)" + news());
        boolean all = !isNew && Widening.needed(before, columns);
        List<List<String>> runs = runs(files, all, fresh > 0);
        boolean tailTaken =
                fresh > 0 && !runs.isEmpty() && runs.get(runs.size() - 1).contains(last());
        for (int i = 0; i < runs.size(); i++) {
            List<String> run = runs.get(i);
            change.remove(run);
            boolean withNew = tailTaken && i == runs.size() - 1;
            copy(rewritten(run) + (withNew ? " UNION ALL " + inserted() : ""));
        }
        if (fresh > 0 && !tailTaken) {
            copy(inserted());
        }
        Map<String, String> entries = new HashMap<>(summary);
        entries.put(TableChange.ADDED, Long.toString(fresh + updated));
        entries.put(TableChange.DELETED, Long.toString(gone + updated));
        return change.commit(
                "upsert", entries, before.nextRow() + fresh, RowWriter.isPlain(isNew ? null : before, columns, all));
    }

    private long count(String sql) {
        return engine.first(sql, row -> row.getLong(1)).orElse(0L);
    }

    private String last() {
        List<String> paths = before.paths();
        return paths.isEmpty() ? "" : paths.get(paths.size() - 1);
    }

    /** Files to write anew, those that follow each other together. */
    private List<List<String>> runs(Set<String> files, boolean all, boolean fresh) {
        List<List<String>> runs = new ArrayList<>();
        boolean open = false;
        for (SnapshotContent.StoredFile file : before.files()) {
            boolean small = fresh && file.path().equals(last()) && file.rows() < SMALL && before.ordered();
            boolean taken = all || small || files.contains(file.path());
            if (taken && !open) {
                runs.add(new ArrayList<>());
            }
            if (taken) {
                runs.get(runs.size() - 1).add(file.path());
            }
            open = taken;
        }
        return runs;
    }

    private void copy(String select) {
        change.write(engine, "SELECT * FROM (" + select + ") ORDER BY " + Engine.quote(Lake.ROW), false);
    }

    /** The rows of files that stay, changed where there is a change. */
    private String rewritten(List<String> run) {
        Set<String> stored = before.columns().stream().map(Schemas::key).collect(Collectors.toSet());
        String select = columns.stream()
                .map(column -> {
                    String own = stored.contains(Schemas.key(column)) ? "s." + Engine.quote(column.name()) : "NULL";
                    boolean changes = positions.containsKey(Schemas.key(column))
                            && !column.name().equals(Lake.ROW);
                    String value = changes
                            ? "CASE WHEN t.position IS NULL THEN " + RowWriter.cast(own, column) + " ELSE "
                                    + changed(column) + " END"
                            : RowWriter.cast(own, column);
                    return value + " AS " + Engine.quote(column.name());
                })
                .collect(Collectors.joining(", "));
        return "SELECT " + select + " FROM " + FileSql.located(before, run) + " AS s LEFT JOIN " + touched
                + " AS t ON t.row = s." + Engine.quote(Lake.ROW) + " AND t.file = s." + FileSql.FILE + " LEFT JOIN "
                + changes + " AS c ON c.position = t.position WHERE NOT coalesce(t.deleted, false)";
    }

    private String news() {
        return " FROM " + changes + " AS c WHERE NOT " + deleted() + " AND NOT EXISTS (SELECT 1 FROM " + touched
                + " AS t WHERE t.position = c.position)";
    }

    private String inserted() {
        String select = columns.stream()
                .map(column -> {
                    String value = column.name().equals(Lake.ROW)
                            ? "CAST(row_number() OVER (ORDER BY c.position) - 1 + " + before.nextRow() + " AS BIGINT)"
                            : positions.containsKey(Schemas.key(column))
                                    ? changed(column)
                                    : RowWriter.cast("NULL", column);
                    return value + " AS " + Engine.quote(column.name());
                })
                .collect(Collectors.joining(", "));
        return "SELECT " + select + news();
    }
}
