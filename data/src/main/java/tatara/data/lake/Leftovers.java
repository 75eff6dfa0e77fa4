package tatara.data.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Files that a crash left between writing and commit. */
final class Leftovers {
    private Leftovers() {}

    /** Deletes what a writer left that did not come to its commit; to be called while the table's lock is held. */
    static void delete(LakeTable place, @Nullable Table table) {
        if (!Files.exists(place.writing())) {
            return;
        }
        Set<String> referenced = new HashSet<>();
        if (table != null) {
            for (Snapshot snapshot : table.snapshots()) {
                Contents.files(table, snapshot).stream().map(DataFile::location).forEach(referenced::add);
            }
        }
        try (Stream<Path> files = Files.list(place.data())) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                boolean ours = name.matches("\\d{8,}(-\\d{4,})?\\.parquet") || name.endsWith(".partial");
                if (ours && !referenced.contains(file.toString())) {
                    deleteAll(file);
                }
            }
            Files.deleteIfExists(place.writing());
        } catch (IOException e) {
            throw StorageFailure.of(e, place.data());
        }
    }

    /** The engine's files of a directory, by their number; a file instead of a directory is the only one. */
    static List<Path> numbered(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted(Comparator.comparingLong(Leftovers::number)).toList();
        }
    }

    private static long number(Path file) {
        String digits = file.getFileName().toString().replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    static void deleteAll(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> below = Files.walk(path)) {
            for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
