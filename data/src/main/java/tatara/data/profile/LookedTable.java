package tatara.data.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tatara.core.evidence.TableProfile;
import tatara.core.frame.Field;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.model.transform.CellParser;

/**
 * The rows that are looked at to see what columns have to do with each other: all of a small table, else some chosen by a hash of
 * their position.
 *
 * @param columns in source order
 * @param rows how many
 * @param positions 0-based position of each in the source
 * @param exact whether these are all rows
 */
record LookedTable(List<LookedColumn> columns, int rows, long[] positions, boolean exact) {
    private static final long MOST_ROWS = 100_000;
    private static final long LEAST_ROWS = 2_000;
    private static final long CELLS = 12_000_000;
    private static final long BATCH_CELLS = 2_000_000;

    static LookedTable of(RawTable table, TableProfile profile) {
        int width = Math.max(1, table.columns().size());
        long wanted = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, CELLS / width));
        if (table.rows() <= wanted) {
            return read(table, profile, table.from(), (int) table.rows(), true);
        }
        try (KeptSample kept = KeptSample.of(table, table.columns(), wanted)) {
            int rows = table.engine()
                    .first("SELECT count(*) FROM " + kept.from(), row -> row.getInt(1))
                    .orElse(0);
            return read(table, profile, kept.from(), rows, false);
        }
    }

    private static LookedTable read(RawTable table, TableProfile profile, String from, int rows, boolean exact) {
        long[] positions = new long[rows];
        int[] at = {0};
        Schema one = new Schema(List.of(new Field(table.row(), Kind.NUMBER)));
        table.engine().stream("SELECT " + table.row() + " FROM " + from, one, frame -> {
            for (double position : ((NumberColumn) frame.column(0)).values()) {
                positions[at[0]] = exact ? at[0] : (long) position;
                at[0]++;
            }
        });
        List<LookedColumn> columns = new ArrayList<>(table.columns().size());
        int step = (int) Math.max(1, BATCH_CELLS / Math.max(1, rows));
        for (int start = 0; start < table.columns().size(); start += step) {
            int end = Math.min(table.columns().size(), start + step);
            columns.addAll(columns(table, profile, table.columns().subList(start, end), from, rows));
        }
        return new LookedTable(List.copyOf(columns), rows, positions, exact);
    }

    private static List<LookedColumn> columns(
            RawTable table, TableProfile profile, List<RawColumn> chosen, String from, int rows) {
        List<CellParser> parsers = new ArrayList<>();
        List<LookedColumn.Builder> builders = new ArrayList<>();
        for (RawColumn column : chosen) {
            var known = profile.columns().get(column.index());
            parsers.add(CellParser.of(known.type(), known.format()));
            builders.add(new LookedColumn.Builder(column, known, rows));
        }
        Schema schema = new Schema(chosen.stream()
                .map(column -> new Field(column.sql(), column.stored().kind()))
                .toList());
        String cells = chosen.stream().map(RawColumn::sql).collect(Collectors.joining(", "));
        table.engine().stream("SELECT " + cells + " FROM " + from, schema, frame -> {
            for (int i = 0; i < parsers.size(); i++) {
                builders.get(i).add(parsers.get(i).parse(frame.column(i)));
            }
        });
        return builders.stream().map(LookedColumn.Builder::build).toList();
    }
}
