package tatara.data.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;

/**
 * Looks at a raw table (D5): how each column's cells are read, what they mean, and how they are distributed.
 *
 * <p>Tables of at most 100,000 rows, and columns with at most about 10,000 distinct texts, are measured exactly. Of other columns a
 * sample of about 100,000 rows, chosen by a hash of their position, suggests how cells are read, and gives mean, deviation, skewness,
 * quantiles and histogram; counts and ranges are of all rows, distinct values exact where uniqueness is in question and within a few
 * percent otherwise. Same rows, same profile. Memory is bounded by a million distinct cells at a time. Thread-safe.
 */
public final class Profiler {
    static final long EXACT_ROWS = 100_000;
    private static final long EXACT_VALUES = 10_000;
    private static final long CELLS = 1_000_000;

    private final Lake lake;

    public Profiler(Lake lake) {
        this.lake = lake;
    }

    /**
     * @param tableName as the user knows it
     * @param raw rows as they came, with text where the format has no types
     * @param source where they came from
     */
    public TableProfile profile(String tableName, TableRef raw, SourceAudit source) {
        RawTable table = RawTable.of(lake, raw);
        Passes passes = new Passes(table);
        Map<Integer, ColumnProfile> found = new TreeMap<>();
        boolean small = table.rows() <= EXACT_ROWS;
        Map<Integer, Long> distinct = small ? Map.of() : passes.distinct();
        List<RawColumn> large = new ArrayList<>();
        List<RawColumn> batch = new ArrayList<>();
        long cells = 0;
        for (RawColumn column : table.columns()) {
            long size = small ? table.rows() : distinct.getOrDefault(column.index(), 0L);
            if (!small && size > EXACT_VALUES) {
                large.add(column);
                continue;
            }
            if (cells + size > CELLS) {
                exact(table, passes, batch, found);
                batch.clear();
                cells = 0;
            }
            batch.add(column);
            cells += size;
        }
        exact(table, passes, batch, found);
        int step = (int) (CELLS / EXACT_ROWS);
        for (int at = 0; at < large.size(); at += step) {
            found.putAll(
                    new LargeColumns(table, passes).profiles(large.subList(at, Math.min(large.size(), at + step))));
        }
        List<ColumnProfile> profiles = List.copyOf(found.values());
        return new TableProfile(tableName, raw, source, profiles, passes.duplicates(), keys(profiles, raw.rows()));
    }

    private static List<String> keys(List<ColumnProfile> profiles, long rows) {
        return profiles.stream()
                .filter(profile -> profile.type() != ColumnType.NUMBER && profile.type() != ColumnType.EMPTY)
                .filter(profile -> rows > 0 && profile.missing() + profile.invalid() == 0 && profile.distinct() == rows)
                .map(ColumnProfile::name)
                .toList();
    }

    private static void exact(
            RawTable table, Passes passes, List<RawColumn> columns, Map<Integer, ColumnProfile> found) {
        if (columns.isEmpty()) {
            return;
        }
        for (ColumnSample sample : passes.samples(columns, table.from(), true)) {
            Reading reading = Readings.of(sample);
            Tally tally = Tally.of(sample, reading);
            if (!reading.rivals().isEmpty()) {
                reading = Rivals.settle(sample, reading, tally.measure());
                tally = Tally.of(sample, reading);
            }
            ColumnFinding column = new ColumnFinding(sample, reading, tally, tally.measure());
            found.put(
                    sample.column().index(),
                    column.profile(table.rows(), tally.measure().values(), true, tally.top(), tally.rhythm()));
        }
    }
}
