package tatara.data.source.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What SQLite columns hold: declared types bind nothing there, so the stored cells are counted by their kind. */
final class SqliteColumns {
    private static final int AT_A_TIME = 300;

    private SqliteColumns() {}

    /** @param from what stands after FROM */
    static List<SourceColumn> of(JdbcSession session, List<String> names, String from) {
        List<SourceColumn> columns = new ArrayList<>(names.size());
        for (int at = 0; at < names.size(); at += AT_A_TIME) {
            List<String> some = names.subList(at, Math.min(names.size(), at + AT_A_TIME));
            String counts = some.stream()
                    .map(session::quote)
                    .map(name -> "max(typeof(" + name + ") = 'integer'), max(typeof(" + name
                            + ") = 'real'), max(typeof(" + name + ") = 'text'), max(typeof(" + name + ") = 'blob')")
                    .collect(Collectors.joining(", "));
            session.query("looking at the types of its columns", "SELECT " + counts + " FROM " + from, row -> {
                for (int i = 0; i < some.size(); i++) {
                    int first = 4 * i + 1;
                    columns.add(new SourceColumn(
                            some.get(i),
                            reading(
                                    row.getBoolean(first),
                                    row.getBoolean(first + 1),
                                    row.getBoolean(first + 2),
                                    row.getBoolean(first + 3))));
                }
                return columns;
            });
        }
        return columns;
    }

    private static CellReading reading(boolean whole, boolean real, boolean text, boolean blob) {
        if (blob && !whole && !real && !text) {
            return CellReading.NOT_COPIED;
        }
        if (text || blob) {
            return CellReading.TEXT;
        }
        return real ? CellReading.DOUBLE : whole ? CellReading.LONG : CellReading.TEXT;
    }
}
