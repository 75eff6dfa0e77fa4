package tatara.data.load;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;
import tatara.data.lake.Target;
import tatara.data.lake.Upsert;
import tatara.data.source.SourcePart;
import tatara.data.source.SourceTable;

/** One load, from the files that are new to the commit. */
final class Load {
    private static final String LAYER = Loading.LAYER;

    private final Lake lake;
    private final Path cache;
    private final Path directory;
    private final LoadRequest request;
    private final Optional<TableRef> table;
    private final Optional<LoadState> before;
    private final Loading.Supplied supplied;
    private final Ledger ledger;
    private final List<String> notes = new ArrayList<>();

    Load(
            Lake lake,
            Path cache,
            Path directory,
            LoadRequest request,
            Optional<TableRef> table,
            Optional<LoadState> before,
            Loading.Supplied supplied,
            Ledger ledger) {
        this.lake = lake;
        this.cache = cache;
        this.directory = directory;
        this.request = request;
        this.table = table;
        this.before = before;
        this.supplied = supplied;
        this.ledger = ledger;
    }

    LoadResult run(Instant now) {
        SourceTable source = supplied.source();
        Mode asked = request.mode().or(() -> before.map(LoadState::mode)).orElse(Mode.APPEND);
        Map<String, LoadState.ReadFile> known =
                new TreeMap<>(before.map(LoadState::files).orElse(Map.of()));
        Selection selection = new Selection(supplied.whole() ? known : Map.of());
        boolean everything = request.fromStart() || (asked == Mode.REPLACE && !isWhole(source, known));
        selection.choose(source.parts(), everything);
        notes.addAll(selection.notes());
        if (selection.chosen().isEmpty()) {
            return unchanged(asked, selection, "");
        }
        Columns columns = new Columns(table.map(lake::types).orElse(List.of()));
        String id = Ledger.hash(table.map(TableRef::snapshot).orElse(0L) + " " + request + " " + source.files());
        try (SetAside aside = new SetAside(ledger.setAside(id))) {
            Batch batch = new Batch(lake, cache, directory, columns);
            stage(batch, selection, asked, aside);
            Ways ways = new Choice(request, before, supplied.position().isPresent())
                    .choose(lake.engine(), "(" + batch.rows() + ")", columns);
            if (supplied.again().isEmpty()) {
                new Doubts(request, table, before).beforehand(ways, batch, selection);
            }
            Map<String, LoadState.ReadFile> files = ways.mode() == Mode.REPLACE ? new TreeMap<>() : known;
            Outcome outcome = new Outcome(batch, columns, ways, selection, files, id, aside);
            return ways.mode() == Mode.REPLACE ? replace(outcome) : merge(outcome, now);
        }
    }

    private void stage(Batch batch, Selection selection, Mode asked, SetAside aside) {
        for (Selection.Chosen file : selection.chosen()) {
            if (supplied.again().isPresent()) {
                List<TableColumn> stored = table.map(lake::types).orElse(List.of());
                batch.add(
                        file.part(),
                        new SetAsideRows(
                                List.copyOf(supplied.again().get().files().keySet()), stored),
                        aside);
            } else {
                batch.add(
                        supplied.source(),
                        file.part(),
                        skipped(file, asked),
                        unread -> aside.text(unread.file(), unread.line(), unread.reason(), unread.text()));
            }
        }
    }

    /** What a load works on. */
    private record Outcome(
            Batch batch,
            Columns columns,
            Ways ways,
            Selection selection,
            Map<String, LoadState.ReadFile> files,
            String id,
            SetAside aside) {}

    /** Only rows that are merely appended are left out at a file's start; all others are compared anyway. */
    private long skipped(Selection.Chosen file, Mode asked) {
        boolean compared = request.watermark().isPresent()
                || before.flatMap(LoadState::watermark).isPresent()
                || !request.key().isEmpty();
        return asked == Mode.APPEND && !compared ? file.skipped() : 0;
    }

    private static boolean isWhole(SourceTable source, Map<String, LoadState.ReadFile> known) {
        return known.size() == source.parts().size()
                && source.files().stream().allMatch(file -> Optional.ofNullable(known.get(Selection.place(file)))
                        .filter(before -> before.fingerprint().equals(file.fingerprint()))
                        .isPresent());
    }

    private LoadResult replace(Outcome outcome) {
        Columns columns = outcome.columns();
        String named = Columns.named(columns.coming());
        String rows = "SELECT " + named + " FROM (" + outcome.batch().rows() + ") ORDER BY seq";
        long coming = count("(" + rows + ")");
        long there = table.map(TableRef::rows).orElse(0L);
        long same = 0;
        boolean comparable = columns.all().stream()
                .allMatch(column ->
                        column.stored.isPresent() && column.coming.isPresent() && column.stored.get() == column.type());
        if (table.isPresent() && comparable) {
            String stored =
                    "SELECT " + named + " FROM (SELECT " + columns.stored() + " FROM " + lake.from(table.get()) + ")";
            same = count("((" + rows.replace(" ORDER BY seq", "") + ") INTERSECT ALL (" + stored + "))");
        }
        String file = outcome.aside().finish();
        outcome.selection().chosen().forEach(chosen -> note(outcome, chosen.part(), 0));
        if (table.isPresent() && comparable && same == coming && same == there) {
            return result(outcome, table, false, Map.of(Delta.KNOWN, same), file);
        }
        LoadState state = state(outcome, Optional.empty(), "");
        TableRef written = lake.replace(lake.engine(), LAYER, request.table(), rows, "", target(outcome, state));
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put(Delta.INSERT, coming - same);
        counts.put(Delta.DELETE, there - same);
        counts.put(Delta.KNOWN, same);
        return result(outcome, Optional.of(written), true, counts, file);
    }

    private LoadResult merge(Outcome outcome, Instant now) {
        Ways ways = withoutAbsence(outcome);
        Delta delta = new Delta(lake.engine(), outcome.columns(), ways, table.map(lake::from), directory);
        Optional<Watermark> reached = reached(ways, delta);
        Optional<String> floor =
                supplied.again().filter(Again::late).isPresent() ? Optional.empty() : floor(reached, ways);
        String tombstones = before.map(LoadState::tombstones)
                .filter(name -> !name.isEmpty())
                .map(name -> ledger.file(name).toString())
                .orElse("");
        delta.compute(outcome.batch().rows(), new Delta.Bounds(limit(reached, now), floor, tombstones));
        Map<String, Long> counts = delta.counts();
        if (supplied.again().isEmpty()) {
            new Doubts(request, table, before).clock(counts, () -> count(delta.rows()), now);
        }
        Refused refused = new Refused(lake.engine(), delta.delta());
        refused.write(outcome.columns().coming(), outcome.batch(), outcome.aside());
        String file = outcome.aside().finish();
        Map<Integer, Long> held = refused.held();
        for (int i = 0; i < outcome.selection().chosen().size(); i++) {
            note(outcome, outcome.selection().chosen().get(i).part(), held.getOrDefault(i, 0L));
        }
        Optional<Watermark> high = reached.map(watermark -> watermark.reached(watermark.higher(delta.highest())));
        Outcome judged = new Outcome(
                outcome.batch(),
                outcome.columns(),
                withMark(outcome.ways(), high),
                outcome.selection(),
                outcome.files(),
                outcome.id(),
                outcome.aside());
        long changes = counts.getOrDefault(Delta.INSERT, 0L)
                + counts.getOrDefault(Delta.UPDATE, 0L)
                + counts.getOrDefault(Delta.DELETE, 0L);
        if (changes == 0 && !hasMoved()) {
            return result(judged, table, false, counts, file);
        }
        String dead = ways.flag().isEmpty() || high.isEmpty()
                ? ""
                : tombstones(delta, tombstones, floor(high, ways), outcome.id());
        LoadState state = state(judged, high, dead);
        return result(judged, Optional.of(commit(judged, delta, counts, state)), true, counts, file);
    }

    private boolean hasMoved() {
        return supplied.position().isPresent() && !supplied.position().equals(before.flatMap(LoadState::position));
    }

    private TableRef commit(Outcome outcome, Delta delta, Map<String, Long> counts, LoadState state) {
        Target target = target(outcome, state);
        Engine engine = lake.engine();
        boolean onlyNew = counts.getOrDefault(Delta.UPDATE, 0L) + counts.getOrDefault(Delta.DELETE, 0L) == 0;
        if (onlyNew) {
            return lake.append(engine, LAYER, request.table(), delta.inserts(), target);
        }
        String flag = "gone";
        while (outcome.columns().find(flag).isPresent()) {
            flag = "_" + flag;
        }
        List<String> key = outcome.ways().key().stream()
                .map(name -> outcome.columns().coming(name, "--key").name)
                .toList();
        Upsert upsert = new Upsert(delta.changes(flag), key, Optional.of(flag), target.properties());
        return lake.apply(engine, LAYER, request.table(), upsert, target);
    }

    private Target target(Outcome outcome, LoadState state) {
        List<String> files = outcome.selection().chosen().stream()
                .map(chosen ->
                        Path.of(chosen.part().file().path()).getFileName().toString())
                .toList();
        Target target = Target.branch(request.branch(), ledger.properties(state, files));
        return table.map(ref -> target.expecting(ref.snapshot())).orElse(target);
    }

    private LoadState state(Outcome outcome, Optional<Watermark> reached, String tombstones) {
        Ways ways = outcome.ways();
        return new LoadState(
                ways.mode(),
                ways.key(),
                reached,
                ways.lateness(),
                ways.flag(),
                ways.byAbsence(),
                outcome.files(),
                supplied.position(),
                tombstones,
                before.map(LoadState::batches).orElse(0L) + 1,
                ways.why());
    }

    /** A row that cannot be read has a key that nobody knows: with one in the extract, nothing is absent for sure. */
    private Ways withoutAbsence(Outcome outcome) {
        Ways ways = outcome.ways();
        if (!ways.byAbsence()
                || (outcome.batch().unread() == 0 && supplied.again().isEmpty())) {
            return ways;
        }
        if (supplied.again().isEmpty()) {
            notes.add("nothing was deleted by absence: " + outcome.batch().unread()
                    + " rows of the extract cannot be read, and theirs may be the keys that are missing");
        }
        return new Ways(ways.mode(), ways.key(), ways.watermark(), ways.lateness(), ways.flag(), false, ways.why());
    }

    private static Ways withMark(Ways ways, Optional<Watermark> high) {
        return new Ways(ways.mode(), ways.key(), high, ways.lateness(), ways.flag(), ways.byAbsence(), ways.why());
    }

    /** The watermark with what the rows that are there have reached, if no load has told. */
    private static Optional<Watermark> reached(Ways ways, Delta delta) {
        return ways.watermark()
                .map(watermark -> watermark.high().isEmpty()
                        ? watermark.reached(delta.highestThere().orElse(""))
                        : watermark);
    }

    /** Rows may be dated a little ahead of the clock, and of what is there: a clock that was put back holds up nothing. */
    private Optional<String> limit(Optional<Watermark> reached, Instant now) {
        return reached.filter(Watermark::isTime).map(watermark -> {
            long clock = ChronoUnit.MICROS.between(Instant.EPOCH, now);
            long there = watermark.high().isEmpty() ? clock : Long.parseLong(watermark.high());
            return Long.toString(Math.max(clock, there) + Math.round(request.ahead() * 1e6));
        });
    }

    private static Optional<String> floor(Optional<Watermark> reached, Ways ways) {
        return reached.filter(watermark -> !watermark.high().isEmpty())
                .flatMap(watermark -> ways.lateness().map(watermark::below));
    }

    private String tombstones(Delta delta, String earlier, Optional<String> floor, String id) {
        String name = "tombstones-" + id + ".parquet";
        return delta.tombstones(earlier, floor, ledger.file(name)) ? name : "";
    }

    private void note(Outcome outcome, SourcePart part, long held) {
        supplied.again().ifPresent(again -> outcome.files().putAll(again.remembered()));
        if (supplied.whole()) {
            long rows = outcome.batch().files().stream()
                    .filter(file -> file.part().file().path().equals(part.file().path()))
                    .mapToLong(Batch.Staged::rows)
                    .sum();
            outcome.files()
                    .put(
                            Selection.place(part.file()),
                            new LoadState.ReadFile(
                                    part.file().fingerprint(), part.file().bytes(), rows, held));
        }
    }

    private long count(String from) {
        return lake.engine()
                .first("SELECT count(*) FROM " + from, row -> row.getLong(1))
                .orElse(0L);
    }

    private LoadResult unchanged(Mode mode, Selection selection, String file) {
        return new LoadResult(
                table,
                mode,
                false,
                0,
                selection.left(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                before.flatMap(LoadState::watermark)
                        .map(watermark -> watermark.shown(watermark.high()))
                        .orElse(""),
                file,
                before.map(LoadState::why).orElse(List.of()),
                notes);
    }

    private LoadResult result(
            Outcome outcome, Optional<TableRef> written, boolean changed, Map<String, Long> counts, String file) {
        Ways ways = outcome.ways();
        if (written.isEmpty()) {
            notes.add("the table has no rows yet");
        }
        return new LoadResult(
                written,
                ways.mode(),
                changed,
                outcome.selection().chosen().size(),
                outcome.selection().left(),
                counts.getOrDefault(Delta.INSERT, 0L),
                counts.getOrDefault(Delta.UPDATE, 0L),
                counts.getOrDefault(Delta.DELETE, 0L),
                counts.getOrDefault(Delta.KNOWN, 0L),
                counts.getOrDefault(Delta.OUTDATED, 0L),
                counts.getOrDefault(Delta.LATE, 0L),
                counts.getOrDefault(Delta.AHEAD, 0L),
                counts.getOrDefault(Delta.KEYLESS, 0L)
                        + counts.getOrDefault(Delta.TIMELESS, 0L)
                        + outcome.batch().unread(),
                ways.watermark()
                        .map(watermark -> watermark.shown(watermark.high()))
                        .orElse(""),
                file,
                ways.why(),
                notes);
    }
}
