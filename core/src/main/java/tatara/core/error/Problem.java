package tatara.core.error;

/**
 * One fault of a document, with its place; checks collect all of them.
 *
 * @param document file or document name
 * @param line 1-based line, 0 if unknown
 * @param path where in the document, such as {@code spec.columns[3].role}
 * @param message what is wrong, what was expected
 */
public record Problem(String document, int line, String path, String message) {
    @Override
    public String toString() {
        return document + (line > 0 ? ":" + line : "") + (path.isEmpty() ? "" : " " + path) + ": " + message;
    }
}
