package tatara.pipeline.compose.sentence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.TableProfile;

/** A column that an option of the command line names: {@code COLUMN} or {@code TABLE.COLUMN}. */
record NamedColumn(TableProfile table, ColumnProfile column, String how) {
    private static final int SUGGESTED = 5;

    /**
     * Exact names first, then names that differ in case or surrounding space only; of several tables the one with most rows.
     *
     * @throws TataraException with {@code UNKNOWN_COLUMN} and the nearest names if there is none
     */
    static NamedColumn find(String option, String name, List<TableProfile> tables) {
        List<NamedColumn> found = new ArrayList<>();
        for (TableProfile table : tables) {
            table.find(name).ifPresent(column -> found.add(new NamedColumn(table, column, option + " names it")));
        }
        if (found.isEmpty()) {
            findAlike(option, name, tables, found);
        }
        return found.stream()
                .max(Comparator.comparingLong(named -> named.table.rows()))
                .map(named -> found.size() == 1
                        ? named
                        : new NamedColumn(
                                named.table,
                                named.column,
                                named.how + "; of the " + found.size() + " tables that have it, " + named.table.name()
                                        + " has most rows"))
                .orElseThrow(() -> unknown(option, name, tables));
    }

    private static void findAlike(String option, String name, List<TableProfile> tables, List<NamedColumn> found) {
        for (TableProfile table : tables) {
            boolean wide = WideSeries.is(table) && WideSeries.hadColumn(table, name);
            for (ColumnProfile column : table.columns()) {
                String qualified = table.name() + "." + column.name();
                if (qualified.equals(name)) {
                    found.add(new NamedColumn(table, column, option + " names it with its table"));
                } else if (key(column.name()).equals(key(name))
                        || (wide && column.name().equals(WideSeries.VALUE))) {
                    String how = option + " " + ColumnMatch.shown(name) + " means " + ColumnMatch.shown(column.name());
                    found.add(new NamedColumn(table, column, how));
                }
            }
        }
    }

    private static TataraException unknown(String option, String name, List<TableProfile> tables) {
        record Near(String label, int distance) {}
        List<String> nearest = tables.stream()
                .flatMap(table -> table.columns().stream()
                        .map(column -> new Near(
                                tables.size() > 1 ? table.name() + "." + column.name() : column.name(),
                                distance(key(column.name()), key(name)))))
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::label))
                .limit(SUGGESTED)
                .map(near -> ColumnMatch.shown(near.label()))
                .toList();
        return new TataraException(
                SentenceErrorCode.UNKNOWN_COLUMN,
                Fault.of(option + " " + ColumnMatch.shown(name) + ": no table has such a column")
                        .at(String.join(
                                ", ", tables.stream().map(TableProfile::name).toList()))
                        .expecting("one of the data's columns; nearest: " + String.join(", ", nearest))
                        .todo("Correct " + option));
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_\\-.]+", "_");
    }

    /** Levenshtein distance of the first 100 characters. */
    private static int distance(String a, String b) {
        String left = a.substring(0, Math.min(100, a.length()));
        String right = b.substring(0, Math.min(100, b.length()));
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j - 1], row[j]) + 1);
            }
        }
        return row[right.length()];
    }
}
