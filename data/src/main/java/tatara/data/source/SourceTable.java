package tatara.data.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tatara.core.evidence.SourceFile;

/**
 * A table as it lies in the user's files.
 *
 * @param name table name: the user's, or made from the file names
 * @param format what its files are
 * @param parts its files in reading order, each with how it is read
 * @param columns names in the order of the first file; for JSON those of the first object
 * @param layout how the files' rows become rows
 * @param notes what a person should know
 */
public record SourceTable(
        String name, Format format, List<SourcePart> parts, List<String> columns, Layout layout, List<String> notes) {
    public SourceTable {
        parts = List.copyOf(parts);
        columns = List.copyOf(columns);
        notes = List.copyOf(notes);
    }

    /** Its files with their fingerprints. */
    public List<SourceFile> files() {
        return parts.stream().map(SourcePart::file).toList();
    }

    /** What was found out about the format; what differs between files is told for each. */
    public Map<String, String> dialect() {
        Map<String, String> told = new LinkedHashMap<>();
        List<Map<String, String>> each =
                parts.stream().map(part -> part.dialect().describe(format)).toList();
        for (Map<String, String> one : each) {
            for (String key : one.keySet()) {
                List<String> values = new ArrayList<>();
                each.forEach(other -> values.add(other.getOrDefault(key, "")));
                told.put(key, values.stream().distinct().count() == 1 ? values.get(0) : String.join(", ", values));
            }
        }
        told.put("layout", layout.label());
        if (layout.kind() == Layout.Kind.WIDE_SERIES) {
            told.put("valueColumns", layout.firstValue() + ".." + layout.lastValue());
        }
        return told;
    }
}
