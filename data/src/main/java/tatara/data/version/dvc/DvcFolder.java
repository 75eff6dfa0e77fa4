package tatara.data.version.dvc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.data.files.FileTree;

/** The list of a folder's files, as the {@code .dir} objects of DVC's cache hold it: JSON as Python writes it, in the order of the paths. */
final class DvcFolder {
    private DvcFolder() {}

    /**
     * A file of the folder.
     *
     * @param path from the folder, with {@code /}
     */
    record Entry(String md5, String path) {}

    /** The bytes whose MD5 names the folder. */
    static byte[] bytes(List<Entry> entries) {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparing(Entry::path, FileTree.ORDER));
        StringBuilder text = new StringBuilder("[");
        for (Entry entry : sorted) {
            text.append(text.length() > 1 ? ", " : "")
                    .append("{\"md5\": ")
                    .append(quoted(entry.md5()))
                    .append(", \"relpath\": ")
                    .append(quoted(entry.path()))
                    .append('}');
        }
        return text.append(']').toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** @throws TataraException if it is not such a list */
    static List<Entry> read(String name, byte[] bytes) {
        List<Entry> entries = new ArrayList<>();
        if (JsonText.read(name, new String(bytes, StandardCharsets.UTF_8)) instanceof Json.Arr list) {
            for (Json item : list.items()) {
                if (item instanceof Json.Obj object
                        && object.find("md5").orElse(Json.NULL) instanceof Json.Str md5
                        && object.find("relpath").orElse(Json.NULL) instanceof Json.Str path) {
                    entries.add(new Entry(md5.value(), path.value()));
                }
            }
        }
        return entries;
    }

    /** As {@code json.dumps} does with {@code ensure_ascii}. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                default -> {
                    if (c >= ' ' && c < 0x7f) {
                        quoted.append(c);
                    } else {
                        quoted.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
