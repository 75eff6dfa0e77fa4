package tatara.data.layout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.SafeName;
import tatara.data.lake.StorageFailure;

/**
 * The queries of a table: {@code lake/queries/LAYER-TABLE.jsonl}, the newest, at most 256 KiB of them. A line that a crash cut off is left out.
 * Thread-safe.
 */
public final class QueryLog {
    private static final long MOST_BYTES = 256L << 10;

    private final Path file;

    public QueryLog(Path home, TableRef table) {
        this.file = home.resolve("lake")
                .resolve("queries")
                .resolve(SafeName.of(table.layer() + "-" + table.name()) + ".jsonl");
    }

    /** Remembers a query. */
    public synchronized void asked(QueryPattern pattern) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(
                    file,
                    "\n" + line(pattern),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            if (Files.size(file) > MOST_BYTES) {
                AtomicFile.write(file, newest());
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    /** The newest queries that fill half of the room. */
    private String newest() {
        Deque<String> lines = new ArrayDeque<>();
        List<QueryPattern> all = read();
        long room = MOST_BYTES / 2;
        for (int i = all.size() - 1; i >= 0 && room > 0; i--) {
            String line = line(all.get(i));
            room -= line.getBytes(StandardCharsets.UTF_8).length;
            if (room >= 0) {
                lines.addFirst(line);
            }
        }
        return String.join("", lines);
    }

    private static String line(QueryPattern pattern) {
        return JsonText.write(RecordCodec.write(pattern)).strip() + "\n";
    }

    /** Oldest first. */
    public synchronized List<QueryPattern> read() {
        List<QueryPattern> patterns = new ArrayList<>();
        if (!Files.exists(file)) {
            return patterns;
        }
        try {
            for (String line : Files.readString(file, StandardCharsets.UTF_8).split("\n")) {
                pattern(line).ifPresent(patterns::add);
            }
            return patterns;
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    private Optional<QueryPattern> pattern(String line) {
        if (line.isBlank()) {
            return Optional.empty();
        }
        try {
            String name = file.toString();
            return Optional.of(RecordCodec.read(QueryPattern.class, name, JsonText.read(name, line)));
        } catch (TataraException cutOff) {
            return Optional.empty();
        }
    }
}
