package tatara.data.profile;

import java.util.List;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.TableProfile;
import tatara.data.lake.Lake;
import tatara.data.profile.LongForm.Target;

/** Exact counts of one column over all rows, where a profile has none. Memory is bounded by the engine's. Thread-safe. */
public final class ColumnCounts {
    private final Lake lake;

    public ColumnCounts(Lake lake) {
        this.lake = lake;
    }

    /** Distinct texts that do not mean missing, told apart by a 64-bit hash; 0 if there is no such column. */
    public long distinct(TableProfile table, String column) {
        RawTable raw = RawTable.of(lake, table.raw());
        return find(raw, table, column).stream()
                .mapToLong(target -> new Passes(raw).distinct(target))
                .sum();
    }

    /** Rows of the rarest text that does not mean missing; 0 if there is none. */
    public long rarest(TableProfile table, String column) {
        RawTable raw = RawTable.of(lake, table.raw());
        return find(raw, table, column).stream()
                .mapToLong(target -> lake.engine()
                        .first(
                                "SELECT coalesce(min(n), 0) FROM (SELECT count(*) AS n FROM ("
                                        + LongForm.present(List.of(target), raw.from())
                                        + ") WHERE t IS NOT NULL GROUP BY t)",
                                row -> row.getLong(1))
                        .orElse(0L))
                .sum();
    }

    private static List<Target> find(RawTable raw, TableProfile table, String column) {
        List<ColumnProfile> profiles = table.columns();
        return raw.columns().stream()
                .filter(known -> known.name().equals(column))
                .map(known -> new Target(known, Reading.of(profiles.get(known.index())), true))
                .limit(1)
                .toList();
    }
}
