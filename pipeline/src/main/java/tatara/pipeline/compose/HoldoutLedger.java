package tatara.pipeline.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.stream.Stream;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.pipeline.execute.Failures;
import tatara.pipeline.execute.Workspace;

/** Every look at a pipeline's sealed hold-out: a file that only grows, {@code holdout-ledger.jsonl}. */
final class HoldoutLedger {
    private final Path file;

    HoldoutLedger(Workspace workspace, String pipeline) {
        this.file = workspace.pipeline(pipeline).resolve("holdout-ledger.jsonl");
    }

    void enter(String bundle, Instant time) {
        String line = JsonText.write(Json.object().with("time", time.toString()).with("bundle", bundle)) + "\n";
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw Failures.translate("writing " + file, e);
        }
    }

    /** How often the hold-out was opened so far. */
    long looks() {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank()).count();
        } catch (IOException e) {
            throw Failures.translate("reading " + file, e);
        }
    }
}
