package tatara.data.lake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Branches and tags of a table, where branches parted, and which snapshots belong to them. */
final class References {
    /** Table property: where a branch parted, as {@code SNAPSHOT PARENT-BRANCH SEQUENCE-NUMBER}. */
    private static final String FORK = "tatara.fork:";

    /** Table property {@code tatara.base:FROM:INTO}: the newest version whose changes both branches have. */
    private static final String BASE = "tatara.base:";

    private final LakeTable place;
    private final BaseTable table;

    References(LakeTable place, BaseTable table) {
        this.place = place;
        this.table = table;
    }

    static TataraException unknown(LakeTable place, String version) {
        return new TataraException(
                DataErrorCode.VERSION_NOT_FOUND,
                Fault.of("no version \"" + version + "\"")
                        .at(place.place())
                        .expecting(
                                "a snapshot id, a tag, a branch, or a time such as 2026-05-31 or 2026-05-31T12:00:00Z")
                        .todo("tatara data log lists the versions"));
    }

    List<Ref> all() {
        List<Ref> refs = new ArrayList<>();
        new TreeMap<>(table.refs())
                .forEach((name, ref) -> refs.add(
                        new Ref(name, ref.isBranch() ? Ref.Kind.BRANCH : Ref.Kind.TAG, ref.snapshotId(), fork(name))));
        return refs;
    }

    private OptionalLong fork(String branch) {
        String fork = table.properties().get(FORK + branch);
        return fork == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fork.split(" ")[0]));
    }

    /** The snapshot from which a merge of two branches starts. */
    OptionalLong base(String from, String into) {
        String merged = table.properties().get(BASE + from + ":" + into);
        if (merged != null) {
            return OptionalLong.of(Long.parseLong(merged));
        }
        OptionalLong fork = forkFrom(from, into);
        return fork.isPresent() ? fork : forkFrom(into, from);
    }

    private OptionalLong forkFrom(String branch, String parent) {
        String fork = table.properties().get(FORK + branch);
        return fork != null && fork.split(" ")[1].equals(parent)
                ? OptionalLong.of(Long.parseLong(fork.split(" ")[0]))
                : OptionalLong.empty();
    }

    /** The snapshots that merges start from, which have to stay. */
    Set<Long> bases() {
        Set<Long> bases = new HashSet<>();
        table.properties().forEach((name, value) -> {
            if (name.startsWith(FORK) || name.startsWith(BASE)) {
                bases.add(Long.parseLong(value.split(" ")[0]));
            }
        });
        return bases;
    }

    /** Snapshots of a branch and, before it parted, of its parent: newest first. */
    List<Snapshot> line(String branch) {
        List<Snapshot> line = new ArrayList<>();
        collect(branch, Long.MAX_VALUE, line, new HashSet<>());
        line.sort(Comparator.comparingLong(Snapshot::sequenceNumber).reversed());
        return line;
    }

    private void collect(String branch, long until, List<Snapshot> line, Set<String> seen) {
        if (!seen.add(branch)) {
            return;
        }
        for (Snapshot snapshot : table.snapshots()) {
            String written = snapshot.summary().getOrDefault(TableChange.BRANCH, Target.MAIN);
            if (written.equals(branch) && snapshot.sequenceNumber() <= until) {
                line.add(snapshot);
            }
        }
        String fork = table.properties().get(FORK + branch);
        if (fork != null) {
            String[] parts = fork.split(" ");
            collect(parts[1], Math.min(until, Long.parseLong(parts[2])), line, seen);
        }
    }

    void tag(String tag, long snapshot) {
        checkNew(tag);
        publish(TableMetadata.buildFrom(current())
                .setRef(tag, SnapshotRef.tagBuilder(snapshot).build())
                .build());
    }

    void branch(String branch, long snapshot) {
        checkNew(branch);
        Snapshot from = table.snapshot(snapshot);
        String parent = from.summary().getOrDefault(TableChange.BRANCH, Target.MAIN);
        publish(TableMetadata.buildFrom(current())
                .setRef(branch, SnapshotRef.branchBuilder(snapshot).build())
                .setProperties(Map.of(FORK + branch, snapshot + " " + parent + " " + from.sequenceNumber()))
                .build());
    }

    void drop(String name, boolean branch) {
        SnapshotRef ref = table.refs().get(name);
        if (ref == null || ref.isBranch() != branch) {
            throw unknown(place, name);
        }
        if (name.equals(Target.MAIN)) {
            throw refused("the branch main cannot be dropped");
        }
        Set<String> properties = new HashSet<>();
        for (String property : table.properties().keySet()) {
            boolean mine = property.equals(FORK + name)
                    || property.startsWith(BASE + name + ":")
                    || (property.startsWith(BASE) && property.endsWith(":" + name));
            if (branch && mine) {
                properties.add(property);
            }
        }
        publish(TableMetadata.buildFrom(current())
                .removeRef(name)
                .removeProperties(properties)
                .build());
    }

    /** Remembers what a merge has taken in, so that the next one starts there. */
    void merged(String from, String into, long snapshot) {
        publish(TableMetadata.buildFrom(current())
                .setProperties(Map.of(
                        BASE + from + ":" + into, Long.toString(snapshot),
                        BASE + into + ":" + from, Long.toString(snapshot)))
                .build());
    }

    /** A version by its id, tag, branch, or the time at which it was the newest of {@code main}. */
    @Nullable
    Snapshot resolve(String version) {
        if (version.matches("\\d{1,19}")) {
            try {
                Snapshot byId = table.snapshot(Long.parseLong(version));
                if (byId != null) {
                    return byId;
                }
            } catch (NumberFormatException tooLong) {
                return null;
            }
        }
        SnapshotRef ref = table.refs().get(version);
        if (ref != null) {
            return table.snapshot(ref.snapshotId());
        }
        OptionalLong time = VersionTime.end(version);
        return time.isEmpty()
                ? null
                : line(Target.MAIN).stream()
                        .filter(snapshot -> snapshot.timestampMillis() <= time.getAsLong())
                        .findFirst()
                        .orElse(null);
    }

    private void checkNew(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,99}")
                || name.matches("\\d+")
                || VersionTime.end(name).isPresent()) {
            throw refused("\"" + name + "\" cannot name a version: 1 to 100 letters, digits, . _ - / that are neither a"
                    + " number nor a time");
        }
        if (table.refs().containsKey(name)) {
            throw refused("there is already a branch or tag " + name);
        }
    }

    private TataraException refused(String what) {
        return new TataraException(
                DataErrorCode.REFERENCE_REFUSED,
                Fault.of(what).at(place.place()).todo("Choose another name, or drop the one that is there"));
    }

    private TableMetadata current() {
        return table.operations().current();
    }

    private void publish(TableMetadata changed) {
        table.operations().commit(current(), changed);
    }
}
