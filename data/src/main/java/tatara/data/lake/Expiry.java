package tatara.data.lake;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/**
 * Drops snapshots and the files that no other snapshot has. The files are found by comparing what is dropped with all that stays,
 * because a restored snapshot brings back files that an older one has let go.
 */
final class Expiry {
    private final BaseTable table;
    private final Set<Long> dropped = new TreeSet<>();

    private Expiry(BaseTable table) {
        this.table = table;
    }

    static Expiry of(BaseTable table, Set<Long> keep) {
        Expiry expiry = new Expiry(table);
        Set<Long> kept = new HashSet<>(keep);
        table.refs().values().forEach(ref -> kept.add(ref.snapshotId()));
        for (Snapshot snapshot : table.snapshots()) {
            if (!kept.contains(snapshot.snapshotId())) {
                expiry.dropped.add(snapshot.snapshotId());
            }
        }
        return expiry;
    }

    History.Expirable plan() {
        return new History.Expirable(
                dropped,
                unneeded().data().values().stream().mapToLong(Long::longValue).sum());
    }

    /** The metadata go first: a crash afterwards leaves files that nothing names, never names without files. */
    Set<Long> run() {
        if (dropped.isEmpty()) {
            return Set.of();
        }
        Files unneeded = unneeded();
        TableMetadata current = table.operations().current();
        table.operations()
                .commit(
                        current,
                        TableMetadata.buildFrom(current)
                                .removeSnapshots(new TreeSet<>(dropped))
                                .build());
        FileIO io = table.io();
        unneeded.data().keySet().forEach(io::deleteFile);
        unneeded.metadata().forEach(io::deleteFile);
        return dropped;
    }

    /** Data files with their sizes, and files of metadata. */
    private record Files(Map<String, Long> data, Set<String> metadata) {}

    private Files unneeded() {
        Files going = new Files(new LinkedHashMap<>(), new TreeSet<>());
        Files staying = new Files(new LinkedHashMap<>(), new TreeSet<>());
        for (Snapshot snapshot : table.snapshots()) {
            Files files = dropped.contains(snapshot.snapshotId()) ? going : staying;
            Contents.files(table, snapshot).forEach(file -> files.data().put(file.location(), file.fileSizeInBytes()));
            files.metadata().add(snapshot.manifestListLocation());
            snapshot.allManifests(table.io()).stream().map(ManifestFile::path).forEach(files.metadata()::add);
        }
        going.data().keySet().removeAll(staying.data().keySet());
        going.metadata().removeAll(staying.metadata());
        return going;
    }
}
