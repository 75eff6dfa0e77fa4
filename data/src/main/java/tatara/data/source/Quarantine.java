package tatara.data.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.StorageFailure;

/** The rows of one table that could not be read, as JSON lines; the file appears when the table's rows are in the lake. */
final class Quarantine implements Closeable {
    private final Path file;
    private final Path temporary;
    private @Nullable Writer writer;
    private long count;

    Quarantine(Path file) {
        this.file = file;
        this.temporary = AtomicFile.temporary(file);
    }

    void add(Reject reject) {
        try {
            if (writer == null) {
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                writer = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8);
            }
            writer.write(JsonText.write(RecordCodec.write(QuarantinedRow.of(reject))));
            writer.write('\n');
            count++;
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    long count() {
        return count;
    }

    /** Puts the file in its place, or removes an older one if no row was rejected; the path, or empty. */
    String finish() {
        try {
            if (writer == null) {
                Files.deleteIfExists(file);
                return "";
            }
            writer.close();
            writer = null;
            AtomicFile.move(temporary, file);
            return file.toString();
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    @Override
    public void close() {
        try {
            if (writer != null) {
                writer.close();
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
