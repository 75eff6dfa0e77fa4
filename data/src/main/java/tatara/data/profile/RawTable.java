package tatara.data.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;
import tatara.data.source.InPlace;

/**
 * A raw table as SQL sees it: columns c0, c1 … by position.
 *
 * @param engine runs the SQL
 * @param from item of a FROM clause
 * @param row the column of row positions
 * @param columns the user's columns
 * @param rows number of rows
 */
record RawTable(Engine engine, String from, String row, List<RawColumn> columns, long rows) {
    static RawTable of(Lake lake, TableRef ref) {
        String source = lake.from(ref);
        List<String> stored = lake.engine().query("DESCRIBE SELECT * FROM " + source, row -> row.getString(1));
        int rowPosition = stored.indexOf(Lake.ROW);
        List<TableColumn> types = lake.types(ref);
        List<RawColumn> columns = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            int position = rowPosition >= 0 && i >= rowPosition ? i + 1 : i;
            columns.add(
                    new RawColumn(i, position, types.get(i).name(), types.get(i).type()));
        }
        String names = IntStream.range(0, stored.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return new RawTable(
                lake.engine(), source + " AS raw(" + names + ")", "c" + rowPosition, List.copyOf(columns), ref.rows());
    }

    static RawTable of(InPlace table) {
        List<RawColumn> columns = new ArrayList<>(table.columns().size());
        for (int i = 0; i < table.columns().size(); i++) {
            columns.add(new RawColumn(
                    i, i, table.columns().get(i).name(), table.columns().get(i).type()));
        }
        return new RawTable(table.engine(), table.from(), InPlace.ROW, List.copyOf(columns), table.rows());
    }

    /** Keeps every k-th row by a hash of its position, so that about {@code wanted} stay; the same rows each time. */
    String sampled(long wanted) {
        if (rows <= wanted) {
            return from;
        }
        long every = (rows + wanted - 1) / wanted;
        return from + " WHERE hash(" + row + ") % " + every + " = 0";
    }
}
