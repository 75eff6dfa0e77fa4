package tatara.pipeline.execute;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/**
 * Results by key, one directory each. A result appears by one atomic rename, so whatever is there is whole; what a killed
 * process left lies in directories that start with {@code .partial-} and is swept when the store is opened. Thread-safe; safe
 * between processes.
 */
public final class ArtifactStore {
    private static final String PARTIAL = ".partial-";
    static final String RESULT = "result.json";

    /** Sizes and names of a result's files: what is missing or cut off later is noticed. */
    private static final String FILES = ".files";

    private final Path root;

    public ArtifactStore(Path root) {
        this.root = root;
    }

    /** A result that was damaged is removed, and empty. */
    public Optional<StepResult> find(String key) throws IOException {
        Path directory = directory(key);
        Path document = directory.resolve(RESULT);
        if (!Files.exists(document)) {
            return Optional.empty();
        }
        if (isWhole(directory)) {
            try {
                Json value = JsonText.read(document.toString(), Files.readString(document));
                if (value instanceof Json.Obj object) {
                    return Optional.of(new StepResult(key, directory, object));
                }
            } catch (TataraException | CharacterCodingException damaged) {
                discard(key);
                return Optional.empty();
            }
        }
        discard(key);
        return Optional.empty();
    }

    /** Removes a result that points to what is gone, so that the step can run again. */
    void discard(String key) throws IOException {
        delete(directory(key));
    }

    private static boolean isWhole(Path directory) throws IOException {
        Path list = directory.resolve(FILES);
        if (!Files.isRegularFile(list)) {
            return false;
        }
        String sizes = new String(Files.readAllBytes(list), StandardCharsets.UTF_8);
        for (String line : sizes.lines().toList()) {
            int space = line.indexOf(' ');
            Path file = directory.resolve(line.substring(space + 1));
            if (space < 1
                    || !Files.isRegularFile(file)
                    || !line.substring(0, space).equals(Long.toString(Files.size(file)))) {
                return false;
            }
        }
        return !sizes.isEmpty();
    }

    /** Sizes and names of the files, one a line. */
    private static String files(Path directory) throws IOException {
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                lines.append(Files.size(file))
                        .append(' ')
                        .append(directory.relativize(file))
                        .append('\n');
            }
        }
        return lines.toString();
    }

    /** A new directory to fill, on the same file system as the store. */
    Path begin() throws IOException {
        Files.createDirectories(root);
        return Files.createDirectory(
                root.resolve(PARTIAL + ProcessHandle.current().pid() + "-" + UUID.randomUUID()));
    }

    /** Makes a filled directory the result of a key. If another process was first, its result stays and is returned. */
    StepResult commit(String key, Path partial, Json.Obj document) throws IOException {
        Path file = partial.resolve(RESULT);
        Files.writeString(file, JsonText.write(document), StandardCharsets.UTF_8);
        force(file);
        Files.writeString(partial.resolve(FILES), files(partial), StandardCharsets.UTF_8);
        force(partial.resolve(FILES));
        Path directory = directory(key);
        Files.createDirectories(directory.getParent());
        try {
            Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (IOException e) {
            if (!Files.exists(directory.resolve(RESULT))) {
                throw e;
            }
            delete(partial);
        }
        return new StepResult(key, directory, document);
    }

    /** Removes directories that no living process fills. */
    public void sweep() throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> children = Files.list(root)) {
            for (Path child : children.filter(ArtifactStore::isAbandoned).toList()) {
                delete(child);
            }
        }
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }

    private static boolean isAbandoned(Path child) {
        String name = child.getFileName().toString();
        if (!name.startsWith(PARTIAL)) {
            return false;
        }
        String pid = name.substring(PARTIAL.length()).split("-", 2)[0];
        try {
            long owner = Long.parseLong(pid);
            return ProcessHandle.of(owner).filter(ProcessHandle::isAlive).isEmpty();
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private Path directory(String key) {
        return root.resolve(key.substring(0, 2)).resolve(key);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
