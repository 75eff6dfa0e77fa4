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
import tatara.data.source.InPlace;

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
    private static final long LARGE_CELLS = 3_000_000;

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
        return profile(tableName, RawTable.of(lake, raw), raw, source);
    }

    /** The profile of a table that lies in files of its own; its reference is that of no lake table. */
    public static TableProfile profile(InPlace table) {
        TableRef nowhere = new TableRef("source", table.source().table(), 0, table.rows());
        return profile(table.source().table(), RawTable.of(table), nowhere, table.source());
    }

    static TableProfile profile(String tableName, RawTable table, TableRef raw, SourceAudit source) {
        Passes passes = new Passes(table);
        Map<Integer, ColumnProfile> found = table.rows() <= EXACT_ROWS ? small(table, passes) : large(table, passes);
        List<ColumnProfile> profiles = List.copyOf(found.values());
        List<String> keys = keys(profiles, raw.rows());
        return new TableProfile(tableName, raw, source, profiles, keys.isEmpty() ? passes.duplicates() : 0, keys);
    }

    private static Map<Integer, ColumnProfile> small(RawTable table, Passes passes) {
        Map<Integer, ColumnProfile> found = new TreeMap<>();
        int step = (int) Math.max(1, CELLS / Math.max(1, table.rows()));
        for (int at = 0; at < table.columns().size(); at += step) {
            List<RawColumn> batch =
                    table.columns().subList(at, Math.min(table.columns().size(), at + step));
            exact(table, passes.samples(batch), found);
        }
        return found;
    }

    private static Map<Integer, ColumnProfile> large(RawTable table, Passes passes) {
        Map<Integer, ColumnProfile> found = new TreeMap<>();
        Map<Integer, Long> distinct = passes.distinct();
        List<RawColumn> large = new ArrayList<>();
        List<RawColumn> batch = new ArrayList<>();
        long cells = 0;
        for (RawColumn column : table.columns()) {
            long size = distinct.getOrDefault(column.index(), 0L);
            if (size > EXACT_VALUES) {
                large.add(column);
                continue;
            }
            if (cells + size > CELLS) {
                exact(table, passes.counted(batch, table.from(), true), found);
                batch.clear();
                cells = 0;
            }
            batch.add(column);
            cells += size;
        }
        exact(table, passes.counted(batch, table.from(), true), found);
        int step = (int) (LARGE_CELLS / EXACT_ROWS);
        for (int at = 0; at < large.size(); at += step) {
            found.putAll(
                    new LargeColumns(table, passes).profiles(large.subList(at, Math.min(large.size(), at + step))));
        }
        return found;
    }

    private static List<String> keys(List<ColumnProfile> profiles, long rows) {
        return profiles.stream()
                .filter(profile -> profile.type() != ColumnType.NUMBER && profile.type() != ColumnType.EMPTY)
                .filter(profile -> rows > 0 && profile.missing() + profile.invalid() == 0 && profile.distinct() == rows)
                .map(ColumnProfile::name)
                .toList();
    }

    private static void exact(RawTable table, List<ColumnSample> samples, Map<Integer, ColumnProfile> found) {
        for (ColumnSample sample : samples) {
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
