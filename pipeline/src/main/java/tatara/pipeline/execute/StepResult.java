package tatara.pipeline.execute;

import java.nio.file.Path;
import tatara.core.json.Document;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;

/**
 * The result of a step.
 *
 * @param key address of the result: changes when an input does
 * @param directory its files
 * @param document what the step returned
 */
public record StepResult(String key, Path directory, Json.Obj document) {
    /** The member {@code value} of the document as a record. */
    public <T> T value(Class<T> type) {
        return value(type, "value");
    }

    public <T> T value(Class<T> type, String member) {
        return RecordCodec.read(
                type, new Document(directory.getFileName() + "/result.json", document, java.util.Map.of()), member);
    }

    /** The key of the document's content: stays the same when a step ran again and found the same. */
    public String contentKey() {
        return ContentKey.of(document);
    }
}
