package tatara.data.retention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tatara.data.lake.StorageFailure;

/** The files of a home and what they are. Immutable. */
record HomeTree(Path home) {
    private static final List<Path> JOURNALS =
            List.of(Path.of("predictions-log"), Path.of("lake", "quarantine"), Path.of("lake", "loads"));

    /** All files in order of their paths, but for those of a forgetting in progress. */
    List<Path> files() {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !relative(file).startsWith(Forgetting.JOURNAL))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw StorageFailure.of(e, home);
        }
    }

    Path relative(Path file) {
        return home.relativize(file);
    }

    /** Whether a file is one of a table's. */
    boolean isTable(Path file) {
        Path path = relative(file);
        return path.startsWith("lake")
                && path.getNameCount() > 4
                && Stream.of("quarantine", "loads", "objects", "follow")
                        .noneMatch(name -> path.startsWith(Path.of("lake", name)));
    }

    /** Whether each line of a file tells of one row, so that it may go as a whole. */
    boolean isJournal(Path file) {
        Path path = relative(file);
        return file.toString().endsWith(".jsonl") && JOURNALS.stream().anyMatch(path::startsWith);
    }

    /** Whether a file holds the content of a file of the user's, by its hash. */
    boolean isObject(Path file) {
        return relative(file).startsWith(Path.of("lake", "objects"));
    }

    static void delete(Path place) {
        if (!Files.exists(place)) {
            return;
        }
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, place);
        }
    }
}
