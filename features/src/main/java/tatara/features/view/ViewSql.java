package tatara.features.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tatara.core.design.DataDesign;
import tatara.core.design.FeatureDesign;
import tatara.core.design.FeatureDesign.ViewColumn;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/**
 * The main table with its view columns as one DuckDB query (S3): every main row once, ordered by {@code _row}. Point in time:
 * a linked row counts only if its event time and its arrival time are both before the main row's event time; windows count
 * back from there. Without a time on either side every linked row counts, and days are counted from the latest time of the
 * linked table. Columns have the kinds of the processed layer: counts, sums and other numbers are DOUBLE, {@code LAST} keeps
 * the column's type, {@code MIN} and {@code MAX} of a time are times.
 */
public final class ViewSql {
    private static final String ROW = "_row";

    private ViewSql() {}

    /** Linked views that one sub-select answers. */
    private record Group(String table, String key, String mainKey, int windowDays) {}

    /**
     * @param fromOf what stands after FROM for a table of the data design; it has a column for each contract, and {@code _row}
     * @throws TataraException with {@link ViewErrorCode} if a view does not fit the data design
     */
    public static String select(FeatureDesign design, DataDesign data, Function<String, String> fromOf) {
        String mainFrom = fromOf.apply(data.mainTable());
        requireFreeNames(design.views(), data);
        Map<Group, List<ViewColumn>> groups = new LinkedHashMap<>();
        for (ViewColumn view : design.views()) {
            groups.computeIfAbsent(
                            new Group(view.table(), view.key(), view.mainKey(), view.windowDays()),
                            absent -> new ArrayList<>())
                    .add(view);
        }
        Map<String, String> selected = new LinkedHashMap<>();
        List<String> joins = new ArrayList<>();
        groups.forEach((group, columns) -> {
            String alias = "a" + joins.size();
            joins.add(new LinkedView(data, columns).join(alias, mainFrom, fromOf.apply(group.table())));
            for (int i = 0; i < columns.size(); i++) {
                ViewColumn view = columns.get(i);
                selected.put(view.name(), LinkedView.whenNone(view, alias + ".c" + i));
            }
        });
        StringBuilder sql = new StringBuilder("SELECT m.*");
        for (ViewColumn view : design.views()) {
            sql.append(",\n  ").append(selected.get(view.name())).append(" AS ").append(Sql.name(view.name()));
        }
        sql.append("\nFROM ").append(mainFrom).append(" AS m\n");
        joins.forEach(join -> sql.append(join).append('\n'));
        return sql.append("ORDER BY m.").append(ROW).toString();
    }

    private static void requireFreeNames(List<ViewColumn> views, DataDesign data) {
        Set<String> taken = new HashSet<>();
        taken.add(ROW);
        data.main().columns().forEach(column -> taken.add(folded(column.name())));
        for (ViewColumn view : views) {
            if (!taken.add(folded(view.name()))) {
                throw new TataraException(
                        ViewErrorCode.NAME_TAKEN,
                        Fault.of("There is a column '" + view.name() + "' already")
                                .at("views of the data scientist's hand-off")
                                .expecting("a name that no column of '" + data.mainTable() + "' and no other view has")
                                .todo("Rename the view"));
            }
        }
    }

    /** DuckDB tells names apart by more than case only. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
