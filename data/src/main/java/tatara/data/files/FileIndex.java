package tatara.data.files;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.StorageFailure;

/**
 * Hashes of files as they were when they were last read. A file that has the same size, time of change and identity is not read again,
 * unless it was changed less than two seconds before the index was written: then it may have been changed once more within one tick of
 * the file system's clock (as in git's racy index).
 */
final class FileIndex {
    private static final long RACY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Path file;
    private final Map<FileTree.Entry, String> known;
    private final long written;

    private FileIndex(Path file, Map<FileTree.Entry, String> known, long written) {
        this.file = file;
        this.known = known;
        this.written = written;
    }

    /** What is remembered; nothing if there is no index, or a damaged one. */
    static FileIndex read(Path file) {
        Map<FileTree.Entry, String> known = new HashMap<>();
        if (!Files.isRegularFile(file)) {
            return new FileIndex(file, known, 0);
        }
        try {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split("\t", 5);
                known.put(
                        new FileTree.Entry(
                                unescaped(parts[4]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3]),
                        parts[0]);
            }
            return new FileIndex(file, known, Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS));
        } catch (CharacterCodingException | IndexOutOfBoundsException | NumberFormatException damaged) {
            return new FileIndex(file, new HashMap<>(), 0);
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    /** The hash of a file that was not changed since it was read. */
    Optional<String> hash(FileTree.Entry entry) {
        return entry.changed() > written - RACY_NANOS ? Optional.empty() : Optional.ofNullable(known.get(entry));
    }

    /** Remembers these and forgets all others. */
    void write(List<FileTree.Entry> entries, List<String> hashes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < entries.size(); i++) {
            FileTree.Entry entry = entries.get(i);
            text.append(hashes.get(i))
                    .append('\t')
                    .append(entry.bytes())
                    .append('\t')
                    .append(entry.changed())
                    .append('\t')
                    .append(entry.identity())
                    .append('\t')
                    .append(escaped(entry.path()))
                    .append('\n');
        }
        try {
            AtomicFile.write(file, text.toString());
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    static String escaped(String path) {
        return path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    static String unescaped(String text) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(++i);
                path.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
            } else {
                path.append(c);
            }
        }
        return path.toString();
    }
}
