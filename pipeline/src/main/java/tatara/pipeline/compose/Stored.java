package tatara.pipeline.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tatara.core.json.Document;
import tatara.core.json.JsonText;
import tatara.pipeline.execute.Failures;

/** Reads files of stored results. */
final class Stored {
    private Stored() {}

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Failures.translate("reading " + file, e);
        }
    }

    static Document document(Path file) {
        try {
            return new Document(file.toString(), JsonText.read(file.toString(), Files.readString(file)), Map.of());
        } catch (IOException e) {
            throw Failures.translate("reading " + file, e);
        }
    }
}
