package tatara.data.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.SafeName;
import tatara.data.lake.StorageFailure;

/** The rows of a table that were set aside, one JSON document a line; replaced whole or not at all. */
public final class QuarantineFile {
    private final Path file;

    private QuarantineFile(Path file) {
        this.file = file;
    }

    public static QuarantineFile of(Path home, String pipeline, String table) {
        return new QuarantineFile(home.resolve("lake")
                .resolve("quarantine")
                .resolve(SafeName.of(pipeline))
                .resolve(SafeName.of(table) + ".jsonl"));
    }

    public Path path() {
        return file;
    }

    /** All rows in the order of the file; none if there is no file. */
    public void forEach(Consumer<QuarantinedRow> consumer) {
        if (!Files.exists(file)) {
            return;
        }
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    String name = file + ":" + number;
                    consumer.accept(RecordCodec.read(QuarantinedRow.class, name, JsonText.read(name, line)));
                }
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    /** Removes rows. */
    public void remove(Predicate<QuarantinedRow> removed) {
        replace(row -> !removed.test(row), sink -> {});
    }

    /** Replaces the rows that break rules; rows that could not be read stay. No file is left if there are none of either. */
    public void replaceRuled(Consumer<Consumer<QuarantinedRow>> rows) {
        replace(row -> row.rule().equals(QuarantinedRow.READABLE), rows);
    }

    private void replace(Predicate<QuarantinedRow> kept, Consumer<Consumer<QuarantinedRow>> rows) {
        Path temporary = AtomicFile.temporary(file);
        long[] count = {0};
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            try (Writer writer = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                Consumer<QuarantinedRow> sink = row -> {
                    try {
                        writer.write(JsonText.write(RecordCodec.write(row)));
                        writer.write('\n');
                        count[0]++;
                    } catch (IOException e) {
                        throw StorageFailure.of(e, file);
                    }
                };
                forEach(row -> {
                    if (kept.test(row)) {
                        sink.accept(row);
                    }
                });
                rows.accept(sink);
            }
            if (count[0] == 0) {
                Files.deleteIfExists(temporary);
                Files.deleteIfExists(file);
            } else {
                AtomicFile.move(temporary, file);
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }
}
