package tatara.data.quality.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tatara.core.error.TataraException;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.SafeName;
import tatara.data.lake.StorageFailure;

/**
 * The batches of a table: {@code lake/quality/TABLE.jsonl}, a line each, the newest thousand or more. A line that a crash cut off is left
 * out. Thread-safe; of two processes that write at once none loses a line.
 */
public final class BatchLog {
    private static final int KEPT = 1_000;
    private static final Comparator<BatchRecord> BY_TIME = Comparator.comparing(entry -> Instant.parse(entry.at()));

    private final Path file;

    /** @param table {@code PIPELINE.TABLE} */
    public BatchLog(Path home, String table) {
        this.file = home.resolve("lake").resolve("quality").resolve(SafeName.of(table) + ".jsonl");
    }

    /** All batches that are remembered, in order of arrival, also if the clock was put back or older ones came later. */
    public synchronized List<BatchRecord> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<BatchRecord> records = new ArrayList<>();
            for (String line : Files.readString(file, StandardCharsets.UTF_8).split("\n")) {
                record(line).ifPresent(records::add);
            }
            records.sort(BY_TIME);
            return records;
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    private Optional<BatchRecord> record(String line) {
        if (line.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    RecordCodec.read(BatchRecord.class, file.toString(), JsonText.read(file.toString(), line)));
        } catch (TataraException cutOff) {
            return Optional.empty();
        }
    }

    synchronized void append(BatchRecord entry) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(
                    file,
                    "\n" + JsonText.write(RecordCodec.write(entry)).strip() + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            List<BatchRecord> all = read();
            if (all.size() > 2 * KEPT) {
                write(all.subList(all.size() - KEPT, all.size()));
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    /** From now on the newest batch is normal; returns how many figures of it were not. */
    public synchronized int accept() {
        List<BatchRecord> all = new ArrayList<>(read());
        if (all.isEmpty()) {
            return 0;
        }
        BatchRecord newest = all.remove(all.size() - 1);
        all.add(newest.asAccepted());
        try {
            write(all);
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
        return newest.anomalies().size();
    }

    private void write(List<BatchRecord> records) throws IOException {
        AtomicFile.write(
                file,
                records.stream()
                        .map(entry -> JsonText.write(RecordCodec.write(entry)).strip() + "\n")
                        .collect(Collectors.joining()));
    }
}
