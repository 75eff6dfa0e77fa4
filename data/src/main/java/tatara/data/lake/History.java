package tatara.data.lake;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;

/**
 * The past of the tables (D3): versions, time travel, tags, branches, expiry. Where a version is asked for, it is a snapshot id, a tag, a
 * branch (its newest), or an ISO time (the newest of {@code main} then; a day means its end; UTC unless it has a zone). Thread-safe.
 */
public final class History {
    /** Properties that belong to the rows of a version, whoever made them the newest again. */
    private static final String LOADED = "load.";

    private final Path lake;
    private final SnapshotStore snapshots;
    private final Engine engine;

    History(Path lake, SnapshotStore snapshots, Engine engine) {
        this.engine = engine;
        this.lake = lake;
        this.snapshots = snapshots;
    }

    /**
     * The versions of a branch, newest first, with those of its parent before it parted; of any other version, it and what its branch
     * held before.
     *
     * @throws TataraException {@code TABLE_NOT_FOUND}, {@code VERSION_NOT_FOUND}
     */
    public List<Version> log(String layer, String name, String ref) {
        LakeTable place = table(layer, name);
        return required(place, table -> {
            References references = new References(place, table);
            Snapshot head = resolve(place, references, ref);
            boolean isBranch =
                    table.refs().containsKey(ref) && table.refs().get(ref).isBranch();
            String branch = isBranch ? ref : head.summary().getOrDefault(TableChange.BRANCH, Target.MAIN);
            return references.line(branch).stream()
                    .filter(snapshot -> snapshot.sequenceNumber() <= head.sequenceNumber())
                    .map(snapshot -> version(place, table, snapshot))
                    .toList();
        });
    }

    /** All versions of all branches, newest first. */
    public List<Version> all(String layer, String name) {
        LakeTable place = table(layer, name);
        return required(place, table -> StreamSupport.stream(table.snapshots().spliterator(), false)
                .sorted(Comparator.comparingLong(Snapshot::sequenceNumber).reversed())
                .map(snapshot -> version(place, table, snapshot))
                .toList());
    }

    /** A version of a table; empty if there is no such table or version. */
    public Optional<TableRef> at(String layer, String name, String version) {
        LakeTable place = table(layer, name);
        return snapshots
                .look(place, table -> Optional.ofNullable(new References(place, table).resolve(version))
                        .map(snapshot -> snapshots.ref(place, table, snapshot)))
                .flatMap(found -> found);
    }

    /** One version, looked at closer. */
    public Version version(TableRef ref) {
        LakeTable place = table(ref.layer(), ref.name());
        return required(
                place,
                table -> version(
                        place, table, resolve(place, new References(place, table), Long.toString(ref.snapshot()))));
    }

    /** Branches and tags, by name. */
    public List<Ref> refs(String layer, String name) {
        LakeTable place = table(layer, name);
        return required(place, table -> new References(place, table).all());
    }

    /** @throws TataraException {@code REFERENCE_REFUSED} if the name is taken or cannot be one */
    public void tag(String layer, String name, String tag, String version) {
        change(
                layer,
                name,
                (place, references) ->
                        references.tag(tag, resolve(place, references, version).snapshotId()));
    }

    public void untag(String layer, String name, String tag) {
        change(layer, name, (place, references) -> references.drop(tag, false));
    }

    /** Makes a branch that starts at a version. */
    public void branch(String layer, String name, String branch, String version) {
        change(
                layer,
                name,
                (place, references) -> references.branch(
                        branch, resolve(place, references, version).snapshotId()));
    }

    /** Drops a branch; its versions stay until they expire. */
    public void dropBranch(String layer, String name, String branch) {
        change(layer, name, (place, references) -> references.drop(branch, true));
    }

    /** The version from which both branches come: where one parted from the other, or what was merged last. */
    public Optional<TableRef> base(String layer, String name, String from, String into) {
        LakeTable place = table(layer, name);
        return required(place, table -> {
            OptionalLong base = new References(place, table).base(from, into);
            return base.isEmpty()
                    ? Optional.empty()
                    : Optional.ofNullable(table.snapshot(base.getAsLong()))
                            .map(snapshot -> snapshots.ref(place, table, snapshot));
        });
    }

    /** Remembers that a branch has taken in another's version, so that their next merge starts there. */
    public void merged(String layer, String name, String from, String into, long snapshot) {
        change(layer, name, (place, references) -> references.merged(from, into, snapshot));
    }

    /**
     * A table expression for the rows of a version that lie in files which another version of the same table has not; the rows of their
     * common files are the same in both.
     */
    public String only(TableRef ref, TableRef other) {
        SnapshotContent content = snapshots.content(table(ref.layer(), ref.name()), ref);
        SnapshotContent others = snapshots.content(table(other.layer(), other.name()), other);
        if (!content.sameMeaning(others)) {
            return FileSql.source(content, content.paths());
        }
        Set<String> shared = new HashSet<>(others.paths());
        return FileSql.source(
                content,
                content.paths().stream().filter(path -> !shared.contains(path)).toList());
    }

    /**
     * A table expression for the rows of a version within all ranges, in the order of {@code _row}; files that cannot hold such rows by
     * Iceberg's partitions and bounds are not opened.
     */
    public String from(TableRef ref, List<Range> ranges) {
        LakeTable place = table(ref.layer(), ref.name());
        Selection selection = new Selection(snapshots.content(place, ref), ranges);
        return selection.sql(required(place, selection::files));
    }

    /** How much {@link #from} would read. */
    public Pruned pruned(TableRef ref, List<Range> ranges) {
        LakeTable place = table(ref.layer(), ref.name());
        SnapshotContent content = snapshots.content(place, ref);
        Set<String> read = required(place, new Selection(content, ranges)::files);
        return new Pruned(
                content.files().size(),
                read.size(),
                content.files().stream()
                        .mapToLong(SnapshotContent.StoredFile::bytes)
                        .sum(),
                content.files().stream()
                        .filter(file -> read.contains(file.path()))
                        .mapToLong(SnapshotContent.StoredFile::bytes)
                        .sum());
    }

    /**
     * @param files of the version
     * @param read files that may hold rows of a selection
     */
    public record Pruned(int files, int read, long bytes, long bytesRead) {}

    /** Like {@link #pruned}, down to the row groups that the engine leaves out within the files; reads only the files' footers. */
    public Scan scan(TableRef ref, List<Range> ranges) {
        LakeTable place = table(ref.layer(), ref.name());
        SnapshotContent content = snapshots.content(place, ref);
        Set<String> read = required(place, new Selection(content, ranges)::files);
        return RowGroups.scan(
                engine, content.paths().stream().filter(read::contains).toList(), content.columns(), ranges);
    }

    /**
     * What of the files that may hold rows of a selection has to be read.
     *
     * @param groups row groups in these files
     * @param read of them those that may hold such rows
     * @param bytes of all these groups
     * @param bytesRead of the groups that are read
     */
    public record Scan(int groups, int read, long bytes, long bytesRead) {}

    /** The folder that holds all versions of a table. */
    public Path place(TableRef ref) {
        return table(ref.layer(), ref.name()).location();
    }

    /** How new files of a table are laid out. */
    public Layout layout(String layer, String name) {
        return required(
                table(layer, name), table -> Layouts.of(table.operations().current()));
    }

    /** Like {@link #compact(String, String, Optional)}, in the layout that the table has. */
    public TableRef compact(String layer, String name) {
        return compact(layer, name, Optional.empty());
    }

    /**
     * Writes the rows of {@code main} anew into few files of a good size: the same rows, the same {@code _row}, the same properties. Small tables
     * without a new layout that are one file already stay as they are.
     *
     * @param layout a new layout of the table
     * @throws TataraException {@code LAYOUT_REFUSED}
     */
    public TableRef compact(String layer, String name, Optional<Layout> layout) {
        LakeTable place = table(layer, name);
        TableRef current = snapshots.current(place).orElseThrow(() -> SnapshotStore.unknown(place));
        Target main = Target.main(version(current).properties());
        if (layout.isEmpty() && snapshots.content(place, current).files().size() < 2) {
            return current;
        }
        return snapshots.change(place, layout.map(main::laidOut).orElse(main), change -> {
            SnapshotContent before = change.content().orElseThrow(() -> SnapshotStore.unknown(place));
            change.columns(before.columns());
            change.removeAll();
            change.write(engine, "SELECT * FROM " + before.from(), before.rows() == 0);
            return change.commit(
                    "compact", Map.of(TableChange.ADDED, "0", TableChange.DELETED, "0"), before.nextRow(), true);
        });
    }

    /** Makes an older version the newest of {@code main}: a new snapshot of just its files, columns, rows and what loads know of them. */
    public TableRef restore(String layer, String name, String version) {
        LakeTable place = table(layer, name);
        Map<String, String> properties = new TreeMap<>();
        at(layer, name, version).ifPresent(old -> version(old).properties().forEach((key, value) -> {
            if (key.startsWith(LOADED)) {
                properties.put(key, value);
            }
        }));
        properties.put("restored", version);
        return snapshots.change(place, Target.main(properties), change -> {
            BaseTable table = change.table().orElseThrow(() -> SnapshotStore.unknown(place));
            Snapshot snapshot = resolve(place, new References(place, table), version);
            SnapshotContent old = snapshots.content(place, snapshots.ref(place, table, snapshot));
            long rows = change.content().map(SnapshotContent::rows).orElse(0L);
            change.columns(Contents.schema(table, snapshot));
            change.take(Contents.files(table, snapshot));
            Map<String, String> summary = new LinkedHashMap<>();
            summary.put(TableChange.ADDED, Long.toString(old.rows()));
            summary.put(TableChange.DELETED, Long.toString(rows));
            return change.commit("restore", summary, old.nextRow(), old.plain());
        });
    }

    /**
     * Drops the snapshots that are neither kept, nor named by a branch or tag, nor needed by a merge, and the files that only they have.
     *
     * @return the snapshots that were dropped
     */
    public Set<Long> expire(String layer, String name, Set<Long> keep) {
        LakeTable place = table(layer, name);
        Set<Long> dropped = snapshots.alone(place, table -> {
            Set<Long> needed = new HashSet<>(keep);
            needed.addAll(new References(place, table).bases());
            return Expiry.of(table, needed).run();
        });
        snapshots.forget(place, dropped);
        return dropped;
    }

    /** What {@link #expire} would drop, and how many bytes it would free. */
    public Expirable expirable(String layer, String name, Set<Long> keep) {
        LakeTable place = table(layer, name);
        return required(place, table -> {
            Set<Long> needed = new HashSet<>(keep);
            needed.addAll(new References(place, table).bases());
            return Expiry.of(table, needed).plan();
        });
    }

    /**
     * Snapshots that may be dropped.
     *
     * @param bytes size of the data files that only they have
     */
    public record Expirable(Set<Long> snapshots, long bytes) {
        public Expirable {
            snapshots = Set.copyOf(snapshots);
        }
    }

    private interface Naming {
        void on(LakeTable place, References references);
    }

    private void change(String layer, String name, Naming naming) {
        LakeTable place = table(layer, name);
        snapshots.alone(place, table -> {
            naming.on(place, new References(place, table));
            return true;
        });
    }

    private <T> T required(LakeTable place, java.util.function.Function<BaseTable, T> work) {
        return snapshots.look(place, work).orElseThrow(() -> SnapshotStore.unknown(place));
    }

    private static Snapshot resolve(LakeTable place, References references, String version) {
        Snapshot snapshot = references.resolve(version);
        if (snapshot == null) {
            throw References.unknown(place, version);
        }
        return snapshot;
    }

    private Version version(LakeTable place, BaseTable table, Snapshot snapshot) {
        Map<String, String> summary = snapshot.summary();
        Map<String, String> properties = new TreeMap<>();
        summary.forEach((key, value) -> {
            if (key.startsWith(TableChange.PREFIX) && !TableChange.RESERVED.contains(key)) {
                properties.put(key.substring(TableChange.PREFIX.length()), value);
            }
        });
        long rows = number(summary, SnapshotSummary.TOTAL_RECORDS_PROP, 0);
        List<String> refs = new TreeMap<>(table.refs())
                .entrySet().stream()
                        .filter(entry -> entry.getValue().snapshotId() == snapshot.snapshotId())
                        .map(Map.Entry::getKey)
                        .toList();
        Long parent = snapshot.parentId();
        return new Version(
                new TableRef(place.layer(), place.name(), snapshot.snapshotId(), rows),
                Instant.ofEpochMilli(snapshot.timestampMillis()),
                summary.getOrDefault(TableChange.OPERATION, snapshot.operation()),
                number(summary, TableChange.ADDED, number(summary, SnapshotSummary.ADDED_RECORDS_PROP, 0)),
                number(summary, TableChange.DELETED, number(summary, SnapshotSummary.DELETED_RECORDS_PROP, 0)),
                number(summary, SnapshotSummary.TOTAL_FILE_SIZE_PROP, 0),
                properties,
                refs,
                parent == null ? OptionalLong.empty() : OptionalLong.of(parent));
    }

    private static long number(Map<String, String> summary, String key, long otherwise) {
        String value = summary.get(key);
        return value == null ? otherwise : Long.parseLong(value);
    }

    private LakeTable table(String layer, String name) {
        return LakeTable.of(lake, layer, name);
    }
}
