package tatara.data.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tatara.data.lake.Lake;

/** Names of columns from a header: trimmed, never empty, distinct without regard to case (SQL has none). */
public final class ColumnNames {
    private static final int MOST_NOTES = 20;

    private ColumnNames() {}

    /**
     * The names in order, each made distinct.
     *
     * @param notes receives what a person should know
     */
    public static List<String> distinct(List<String> header, List<String> notes) {
        List<String> names = new ArrayList<>(header.size());
        Set<String> taken = new HashSet<>();
        taken.add(Lake.ROW);
        Set<String> given = new HashSet<>();
        header.forEach(name -> given.add(folded(clean(name))));
        int noted = 0;
        for (int i = 0; i < header.size(); i++) {
            String clean = clean(header.get(i));
            String wanted = clean.isEmpty() ? "column_" + (i + 1) : clean;
            String name = wanted;
            for (int n = 2;
                    taken.contains(folded(name)) || (!name.equals(wanted) && given.contains(folded(name)));
                    n++) {
                name = wanted + "_" + n;
            }
            taken.add(folded(name));
            names.add(name);
            if (!name.equals(clean) && noted++ < MOST_NOTES) {
                notes.add(
                        clean.isEmpty()
                                ? "column " + (i + 1) + " has no name; it is called " + name
                                : "column " + (i + 1) + " is called " + clean + " like another; it is called " + name);
            }
        }
        if (noted > MOST_NOTES) {
            notes.add((noted - MOST_NOTES) + " more columns were given names");
        }
        return names;
    }

    /** Names for a file without header. */
    static List<String> numbered(int count) {
        List<String> names = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            names.add("column_" + i);
        }
        return names;
    }

    private static String clean(String name) {
        return name.replace("\u0000", "").strip();
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
