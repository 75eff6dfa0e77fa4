package tatara.core.json;

import java.util.Map;

/**
 * A parsed document with the places of its values.
 *
 * @param name file or document name, for messages
 * @param root the value
 * @param lines 1-based line by path ({@code spec.columns[3].role}; the root is the empty path)
 */
public record Document(String name, Json root, Map<String, Integer> lines) {
    public Document {
        lines = Map.copyOf(lines);
    }

    /** The line of a path, or of its nearest recorded ancestor, or 0. */
    public int line(String path) {
        String at = path;
        while (true) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
            int cut = Math.max(at.lastIndexOf('.'), at.lastIndexOf('['));
            if (at.isEmpty()) {
                return 0;
            }
            at = cut < 0 ? "" : at.substring(0, cut);
        }
    }
}
