package tatara.data.version;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Engine;
import tatara.data.lake.History;
import tatara.data.lake.Lake;
import tatara.data.lake.Target;
import tatara.data.lake.Upsert;

/**
 * Three-way merge of two branches of a table by key: what one branch changed since both parted is applied to the other, cell by cell. Both
 * having changed the same cell differently, or one a row that the other deleted, is a conflict. Thread-safe.
 */
public final class Merging {
    private final Lake lake;

    public Merging(Lake lake) {
        this.lake = lake;
    }

    /** Which side wins a conflict. */
    public enum Take {
        /** The branch that is merged into. */
        OURS,
        /** The branch that is merged. */
        THEIRS
    }

    /**
     * What a merge did, or would have to decide.
     *
     * @param base where both branches come from
     * @param result the new version; empty if there was nothing to take or there are conflicts
     * @param rows rows that were inserted, changed or deleted
     * @param conflicts number of rows in conflict; if they were not to be resolved, nothing was written
     * @param examples some of the conflicts, in the order of the key
     */
    public record Merged(
            TableRef base,
            TableRef ours,
            TableRef theirs,
            RowKey key,
            Optional<TableRef> result,
            long rows,
            long conflicts,
            List<Conflict> examples) {
        public Merged {
            examples = List.copyOf(examples);
        }
    }

    /**
     * A row that both branches changed.
     *
     * @param ours {@code changed}, {@code added} or {@code removed} since the base
     * @param theirs the same of the other branch
     * @param cells those that differ
     */
    public record Conflict(List<Difference.Cell> key, String ours, String theirs, List<ConflictCell> cells) {
        public Conflict {
            key = List.copyOf(key);
            cells = List.copyOf(cells);
        }
    }

    /** Values as text; empty where they are missing. */
    public record ConflictCell(String column, Optional<String> base, Optional<String> ours, Optional<String> theirs) {}

    /**
     * @param from branch that is merged
     * @param into branch that is changed
     * @param key how to tell rows apart; empty to find a column
     * @param take who wins conflicts; empty to report them
     * @throws TataraException {@code NO_COMMON_VERSION}, {@code KEY_UNUSABLE}, {@code KEY_NOT_UNIQUE}, or {@code CONCURRENT_WRITE} if the
     *     branch was changed meanwhile
     */
    public Merged merge(
            String layer, String name, String from, String into, Optional<RowKey> key, Optional<Take> take) {
        History history = lake.history();
        TableRef theirs = branch(layer, name, from);
        TableRef ours = branch(layer, name, into);
        TableRef base = history.base(layer, name, from, into)
                .orElseThrow(() -> new TataraException(
                        VersionErrorCode.NO_COMMON_VERSION,
                        Fault.of("the branches " + from + " and " + into + " have no version in common")
                                .at(layer + " table " + name)
                                .expecting("branches of which one was made from the other")));
        RowKey found = key.or(() -> RowKey.find(lake, base, theirs)).orElseThrow(() -> noKey(layer, name));
        ThreeWay three =
                new ThreeWay(lake, base, ours, theirs, found, UUID.randomUUID().toString());
        try {
            three.prepare();
            long conflicts = three.conflicts();
            if (conflicts > 0 && take.isEmpty()) {
                return new Merged(base, ours, theirs, found, Optional.empty(), 0, conflicts, three.examples());
            }
            boolean oursWins = take.filter(Take.OURS::equals).isPresent();
            long rows = three.rows(oursWins);
            Optional<TableRef> result = rows == 0 ? Optional.empty() : Optional.of(write(three, into, from, oursWins));
            history.merged(layer, name, from, into, theirs.snapshot());
            return new Merged(base, ours, theirs, found, result, rows, conflicts, three.examples());
        } finally {
            three.close();
        }
    }

    private TableRef write(ThreeWay three, String into, String from, boolean oursWins) {
        TableRef ours = three.ours();
        Map<String, String> properties = Map.of(
                "merged", from, "merged-version", Long.toString(three.theirs().snapshot()));
        Engine engine = lake.engine();
        return lake.apply(
                engine,
                ours.layer(),
                ours.name(),
                new Upsert(three.select(oursWins), three.keyNames(), Optional.of(three.goneName()), properties),
                Target.branch(into, properties).expecting(ours.snapshot()));
    }

    private TableRef branch(String layer, String name, String branch) {
        return lake.history().refs(layer, name).stream()
                .filter(ref -> ref.name().equals(branch) && ref.kind() == tatara.data.lake.Ref.Kind.BRANCH)
                .findFirst()
                .flatMap(ref -> lake.history().at(layer, name, ref.name()))
                .orElseThrow(() -> new TataraException(
                        tatara.data.lake.DataErrorCode.VERSION_NOT_FOUND,
                        Fault.of("no branch \"" + branch + "\"")
                                .at(layer + " table " + name)
                                .todo("tatara data branch makes one")));
    }

    private static TataraException noKey(String layer, String name) {
        return new TataraException(
                VersionErrorCode.KEY_UNUSABLE,
                Fault.of("no column tells the rows of both branches apart")
                        .at(layer + " table " + name)
                        .expecting("a key")
                        .todo("Name its columns with --key"));
    }
}
