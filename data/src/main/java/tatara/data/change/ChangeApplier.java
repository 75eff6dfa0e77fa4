package tatara.data.change;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.port.Change;
import tatara.core.port.ChangeFeed;
import tatara.core.port.ChangeFeed.ChangeBatch;
import tatara.data.lake.Lake;
import tatara.data.lake.SafeName;
import tatara.data.lake.TableColumn;

/**
 * Applies batches of changes to the raw table {@code PIPELINE.TABLE}: reduces them to the last state of each key and commits them together
 * with the position behind them. A crash anywhere leaves a table that is equal to the source at its position; what is applied twice
 * changes nothing. Used by one thread.
 */
public final class ChangeApplier {
    private static final int SPILL_ROWS = 50_000;
    private static final long SPILL_BYTES = 64L << 20;
    private static final int EXPIRE_EVERY = 20;

    private final FollowedTable table;
    private final StagedRows staged;
    private final ChangeQuarantine quarantine;
    private final Gathered gathered = new Gathered();
    private final RawColumns columns;
    private final Set<String> changedColumns = new LinkedHashSet<>();
    private List<String> key = List.of();
    private String position;
    private String committed;
    private Optional<Instant> newest = Optional.empty();
    private long changes;
    private long late;
    private long waiting;
    private long commits;
    private long copies;

    /**
     * @param name {@code PIPELINE.TABLE}
     * @param location what is followed: another one begins with a full copy
     * @param work directory of this table alone, below the lake's home
     */
    public ChangeApplier(Lake lake, String name, String location, Path work) {
        this.table = new FollowedTable(lake, name, FollowedSource.of(location));
        this.staged = new StagedRows(lake.engine(), work.resolve("staged"));
        int dot = name.indexOf('.');
        this.quarantine = new ChangeQuarantine(lake.home()
                .resolve("lake")
                .resolve("quarantine")
                .resolve(SafeName.of(name.substring(0, dot)))
                .resolve(SafeName.of(name.substring(dot + 1)) + ".changes.jsonl"));
        this.position = table.position();
        this.committed = position;
        this.columns = new RawColumns(table.columns(), table.renamed());
    }

    /** Where the feed has to go on; empty for a full copy. */
    public String position() {
        return committed;
    }

    /** The table as it is stored. */
    public Optional<TableRef> current() {
        return table.current();
    }

    /** Changes that were taken so far. */
    public long changes() {
        return changes;
    }

    /** Changes that wait for their commit. */
    public long waiting() {
        return waiting;
    }

    public long commits() {
        return commits;
    }

    /** Full copies that were begun. */
    public long copies() {
        return copies;
    }

    /** Changes that came after a later one of their key, and were left out. */
    public long late() {
        return late;
    }

    public long quarantined() {
        return quarantine.count();
    }

    public Path quarantineFile() {
        return quarantine.file();
    }

    /** When the newest change happened at the source, if it says. */
    public Optional<Instant> newest() {
        return newest;
    }

    /** What happened to columns, in words. */
    public List<String> changedColumns() {
        return List.copyOf(changedColumns);
    }

    /** Takes a batch; nothing is stored before {@link #commit}. */
    public void add(ChangeBatch batch) {
        boolean anew = batch.snapshot()
                && !batch.changes().isEmpty()
                && batch.changes().get(0).kind() == Change.Kind.TRUNCATE;
        if (anew) {
            copies++;
            columns.clear();
            key = List.of();
        }
        columns.declare(batch.columns());
        batch.rejected().forEach(quarantine::add);
        batch.changes().forEach(this::add);
        if (!batch.position().isEmpty() || batch.snapshot()) {
            position = batch.position();
        }
        if (!mayCommit() && isLarge()) {
            spill();
        }
    }

    private void add(Change change) {
        if (change.kind() == Change.Kind.TRUNCATE) {
            staged.clear();
        } else {
            if (change.key().isEmpty() ? !key.isEmpty() || changesRow(change) : !isKey(change)) {
                quarantine.add(new ChangeFeed.Rejected(
                        change.table() + " #" + change.order(), "a change without a key", shown(change)));
                return;
            }
            columns.take(change.row());
            changes++;
            waiting++;
        }
        newest = change.at().or(() -> newest);
        if (!gathered.add(change)) {
            late++;
        }
    }

    private static boolean changesRow(Change change) {
        return change.kind() == Change.Kind.DELETE || change.kind() == Change.Kind.UPDATE;
    }

    private boolean isKey(Change change) {
        List<String> names = List.copyOf(change.key().keySet());
        if (key.isEmpty()) {
            key = names;
            columns.take(change.key());
        }
        if (!key.equals(names)) {
            throw new TataraException(
                    ChangeErrorCode.KEY_CHANGED,
                    Fault.of("rows are told apart by " + names + " now, not by " + key)
                            .at(change.table())
                            .expecting("one key")
                            .todo("Start again: what came before is stored"));
        }
        columns.take(change.key());
        return true;
    }

    private static String shown(Change change) {
        String text = change.kind() + " " + JsonText.write(new Json.Obj(change.row()));
        return text.length() > 4_000 ? text.substring(0, 4_000) + "…" : text;
    }

    /** Whether what is held would be too much if more came. */
    public boolean isLarge() {
        return gathered.rows() >= SPILL_ROWS || gathered.bytes() >= SPILL_BYTES;
    }

    /** Whether there is something that may be stored now: not in the middle of a full copy, nor of a transaction without keys. */
    public boolean mayCommit() {
        boolean rows = !gathered.isEmpty() || !staged.isEmpty();
        boolean repeatable = !gathered.isKeyless() || !position.equals(committed);
        return (rows || !quarantine.isEmpty() || reshapes()) && !position.isEmpty() && repeatable;
    }

    /** Whether the position has moved although nothing changed. */
    public boolean isAhead() {
        return !position.isEmpty() && !position.equals(committed) && gathered.isEmpty() && staged.isEmpty();
    }

    private boolean reshapes() {
        return !columns.changes().isEmpty();
    }

    private void spill() {
        staged.write(columns.names(), key.size(), gathered.all());
        gathered.clearRows();
    }

    /**
     * Stores what was taken, with the position behind it.
     *
     * @return that position, for the feed
     */
    public String commit() {
        quarantine.write();
        boolean replaces = gathered.replaces();
        if (!replaces) {
            fitDoubles();
            table.dropColumns(columns, committed);
        }
        boolean kept = false;
        if (gathered.rows() > 0) {
            List<Gathered.Row> rows = gathered.all();
            kept = rows.stream().anyMatch(row -> row.keepsAny(columns.names()));
            staged.write(columns.names(), key.size(), rows);
        }
        FollowedTable.Note note = new FollowedTable.Note(position, told());
        if (replaces) {
            table.replace(columns, staged, note);
        } else if (staged.isEmpty()) {
            table.advance(columns, note);
        } else if (key.isEmpty()) {
            table.append(columns, staged, note);
        } else {
            table.upsert(columns, key, staged, kept, note);
        }
        stored();
        return committed;
    }

    private void stored() {
        committed = position;
        commits++;
        waiting = 0;
        gathered.clear();
        staged.clear();
        changedColumns.addAll(columns.changes());
        columns.written();
        if (commits % EXPIRE_EVERY == 0) {
            table.expire();
        }
    }

    /** Integers become floating point only where none of them loses a digit. */
    private void fitDoubles() {
        for (TableColumn column : table.columns()) {
            for (String name : columns.names()) {
                if (column.type() == TableColumn.Type.BIGINT
                        && columns.stored(name).equals(column.name())
                        && columns.type(name) == TableColumn.Type.DOUBLE
                        && table.exceedsDouble(column.name())) {
                    columns.asText(name);
                }
            }
        }
    }

    private Map<String, String> told() {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("change.changes", Long.toString(waiting));
        newest.ifPresent(at -> told.put("change.at", at.toString()));
        if (!columns.changes().isEmpty()) {
            told.put("change.columns", String.join("; ", columns.changes()));
        }
        return told;
    }
}
