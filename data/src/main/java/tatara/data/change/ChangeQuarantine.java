package tatara.data.change;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.core.port.ChangeFeed;
import tatara.data.lake.StorageFailure;

/**
 * What came in a log and could not be applied, as JSON lines with place, reason and text. Written before the position that lies behind it
 * is stored: nothing is lost, after a crash a line may stand there twice. Used by one thread.
 */
final class ChangeQuarantine {
    private final Path file;
    private final List<ChangeFeed.Rejected> waiting = new ArrayList<>();
    private long count;

    ChangeQuarantine(Path file) {
        this.file = file;
    }

    void add(ChangeFeed.Rejected rejected) {
        waiting.add(rejected);
        count++;
    }

    long count() {
        return count;
    }

    Path file() {
        return file;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void write() {
        if (waiting.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        waiting.forEach(rejected ->
                lines.append(JsonText.write(RecordCodec.write(rejected))).append('\n'));
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(
                    file, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
        waiting.clear();
    }
}
