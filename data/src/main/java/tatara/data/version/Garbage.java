package tatara.data.version;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.evidence.TableRef;
import tatara.data.lake.History;
import tatara.data.lake.Lake;
import tatara.data.lake.Version;

/**
 * Lets versions go that nothing needs: not the newest of a branch, not tagged, not the start of a merge, not needed by a model or a
 * stored result, not young, and not under a legal hold. Thread-safe.
 */
public final class Garbage {
    private final Lake lake;
    private final Clock clock;

    public Garbage(Lake lake, Clock clock) {
        this.lake = lake;
        this.clock = clock;
    }

    /**
     * What happened, or would happen, to a table.
     *
     * @param kept versions that stay
     * @param dropped versions that go
     * @param bytes size of the data files that go with them
     * @param hold why all versions stay, if a legal hold covers the table
     */
    public record Swept(TableRef table, int kept, Set<Long> dropped, long bytes, Optional<String> hold) {
        public Swept {
            dropped = Set.copyOf(dropped);
        }
    }

    /**
     * @param needed versions that models and stored results were made from
     * @param young versions not older than this stay
     * @param dryRun whether nothing is deleted
     */
    public List<Swept> sweep(
            Collection<TableRef> tables, Collection<TableRef> needed, Duration young, Holds holds, boolean dryRun) {
        List<Swept> swept = new ArrayList<>();
        Instant now = clock.instant();
        for (TableRef table : tables) {
            Optional<Holds.Hold> hold = holds.of(table.layer(), table.name(), now);
            swept.add(
                    hold.isPresent()
                            ? new Swept(table, versions(table).size(), Set.of(), 0, hold.map(Holds.Hold::reason))
                            : sweep(table, needed, now.minus(young), dryRun));
        }
        return swept;
    }

    private List<Version> versions(TableRef table) {
        return lake.history().all(table.layer(), table.name());
    }

    private Swept sweep(TableRef table, Collection<TableRef> needed, Instant oldest, boolean dryRun) {
        Set<Long> keep = new HashSet<>();
        for (TableRef ref : needed) {
            if (ref.layer().equals(table.layer()) && ref.name().equals(table.name())) {
                keep.add(ref.snapshot());
            }
        }
        List<Version> versions = versions(table);
        versions.stream()
                .filter(version -> !version.at().isBefore(oldest))
                .forEach(version -> keep.add(version.table().snapshot()));
        History history = lake.history();
        History.Expirable plan = history.expirable(table.layer(), table.name(), keep);
        Set<Long> dropped = dryRun ? plan.snapshots() : history.expire(table.layer(), table.name(), keep);
        return new Swept(table, versions.size() - dropped.size(), dropped, plan.bytes(), Optional.empty());
    }
}
