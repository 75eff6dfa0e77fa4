package tatara.data.load;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.StorageFailure;

/**
 * The rows of one batch that are not taken, as JSON lines of file, line, reason and text or cells. The same batch writes the same file, so
 * that a load that is repeated after a crash sets nothing aside twice.
 */
final class SetAside implements AutoCloseable {
    /** How the names of the files begin. */
    static final String FILE_PREFIX = "load-";

    private long count;
    private final Path file;
    private final Path temporary;
    private @Nullable Writer writer;

    /** @param file named after the batch */
    SetAside(Path file) {
        this.file = file;
        this.temporary = AtomicFile.temporary(file);
    }

    /** A row as it stands in its file. */
    void text(String source, long line, String reason, String text) {
        write(row(source, line, reason).with("text", text));
    }

    /** A row whose cells were read. */
    void cells(String source, long number, String reason, Map<String, Json> cells) {
        write(row(source, number, reason).with("cells", new Json.Obj(cells)));
    }

    private static Json.Obj row(String source, long line, String reason) {
        return Json.object().with("file", source).with("line", line).with("reason", reason);
    }

    private void write(Json.Obj row) {
        count++;
        try {
            if (writer == null) {
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                writer = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8);
            }
            writer.write(JsonText.write(row));
            writer.write('\n');
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    /** Rows so far. */
    long count() {
        return count;
    }

    /** Puts the file in its place; its path, or empty if no row was set aside. */
    String finish() {
        try {
            if (writer == null) {
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
            throw StorageFailure.of(e, file);
        }
    }
}
