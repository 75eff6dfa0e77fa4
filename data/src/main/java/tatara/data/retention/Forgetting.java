package tatara.data.retention;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.Lake;
import tatara.data.lake.Rebuilding;
import tatara.data.lake.StorageFailure;
import tatara.data.lake.Suppressed;
import tatara.data.lake.Version;
import tatara.data.version.Holds;

/**
 * Removes a person from a home (D9): from all tables with their branches and tags, from journals, results, reports, caches and databases; then
 * looks through every file, and signs a receipt. What is refused, or only asked about, changes nothing. A forgetting that a crash
 * interrupted is finished by {@link #resume}; until then the home's tables may be missing. Not thread-safe; nothing else may write to the
 * home meanwhile.
 */
public final class Forgetting {
    /** Directory of the work in progress, below the home. It holds what is to be removed, and goes in the end. */
    static final Path JOURNAL = Path.of("forgetting");

    private static final List<String> LAYERS = List.of("raw", "processed", "features", "predictions");
    private static final int MOST_NAMED = 20;

    private final Lake lake;
    private final Clock clock;
    private final Set<Path> bundles;
    private final HomeTree tree;

    /** @param bundles directories of registered models, which are kept but for what they tell of the person */
    public Forgetting(Lake lake, Clock clock, Set<Path> bundles) {
        this.lake = lake;
        this.clock = clock;
        this.bundles = Set.copyOf(bundles);
        this.tree = new HomeTree(lake.home());
    }

    /**
     * Who is meant.
     *
     * @param pipelines whose tables are looked at
     * @param aliases names of columns that hold the same key, in lower case: the two ends of links, keys, entities
     * @param where column to value, all of which must hold
     * @param models registered models that were trained on these pipelines, for the receipt
     * @param sources places outside of the home that are not touched, for the receipt
     */
    public record Request(
            List<String> pipelines,
            List<List<String>> aliases,
            Map<String, String> where,
            String reason,
            List<String> models,
            List<String> sources) {}

    /**
     * What is to be done with a table.
     *
     * @param rows rows of the person in the newest version
     * @param versions versions that hold such a row
     */
    public record Found(TableRef table, long rows, int versions) {}

    /**
     * What was done.
     *
     * @param tables with the person's rows
     * @param receipt the signed document; nothing if it was only asked
     */
    public record Forgotten(List<Found> tables, Optional<Path> receipt) {}

    /** A table that is made anew, as the journal keeps it. */
    record Work(String layer, String name, String directory, long rows, int versions, int dropped) {}

    /** What the journal keeps; the values are in it until the end. */
    record Pending(
            String id,
            String begun,
            Traces traces,
            List<Work> tables,
            List<Suppressed.Entry> suppressed,
            Subject subject,
            Request request) {}

    /** Who was meant, without saying it. */
    record Subject(List<String> columns, String salt, List<String> sha256) {}

    /** Whether a forgetting was interrupted, or is at work. */
    public static boolean isPending(Path home) {
        return Files.exists(pending(home));
    }

    private static Path pending(Path home) {
        return home.resolve(JOURNAL).resolve("pending.json");
    }

    /**
     * Forgets a person, or says what that would be.
     *
     * @param dryRun whether nothing is changed
     * @throws TataraException with a {@link RetentionErrorCode}
     */
    public Forgotten forget(Request request, boolean dryRun) {
        List<TableRef> all = lake.tables().stream()
                .sorted(Comparator.comparingInt(table -> LAYERS.indexOf(table.layer())))
                .toList();
        List<TableRef> tables = all.stream()
                .filter(table -> request.pipelines().stream()
                        .anyMatch(name -> table.name().startsWith(name + ".")))
                .toList();
        SubjectRows rows = new SubjectRows(
                lake, tables, request.aliases().stream().map(Set::copyOf).toList(), request.where());
        Map<String, Set<String>> keys = rows.keys();
        List<Found> found = found(tables, rows);
        check(request, tables, found, rows);
        checkOthers(all, tables, rows);
        if (dryRun) {
            return new Forgotten(found, Optional.empty());
        }
        HomeTree.delete(lake.home().resolve(JOURNAL));
        prepare(request, rows, keys, found);
        return new Forgotten(found, Optional.of(resume().orElseThrow()));
    }

    private List<Found> found(List<TableRef> tables, SubjectRows rows) {
        List<Found> found = new ArrayList<>();
        for (TableRef table : tables) {
            int versions = 0;
            for (Version version : lake.history().all(table.layer(), table.name())) {
                versions += rows.count(version.table()) > 0 ? 1 : 0;
            }
            if (versions > 0) {
                found.add(new Found(table, rows.count(table), versions));
            }
        }
        return found;
    }

    private void check(Request request, List<TableRef> tables, List<Found> found, SubjectRows rows) {
        if (tables.stream().noneMatch(table -> rows.condition(table).isPresent())) {
            throw new TataraException(
                    RetentionErrorCode.SUBJECT_UNCLEAR,
                    Fault.of("no table has the columns " + request.where().keySet())
                            .at(String.join(", ", request.pipelines()))
                            .todo("Name a column as the tables have it, such as --where customer_id=C0000001"));
        }
        if (found.isEmpty()) {
            throw new TataraException(
                    RetentionErrorCode.SUBJECT_UNCLEAR,
                    Fault.of("no version of a table has a row of this person")
                            .at(String.join(", ", request.pipelines()))
                            .todo("Check the value of --where; nothing was changed, and there is no receipt"));
        }
        Holds holds = Holds.read(lake.home());
        Instant now = clock.instant();
        for (Found table : found) {
            holds.of(table.table().layer(), table.table().name(), now).ifPresent(hold -> {
                throw new TataraException(
                        RetentionErrorCode.HELD,
                        Fault.of("a legal hold forbids it: " + hold.reason())
                                .at(table.table().layer() + "/" + table.table().name())
                                .todo("Wait until the hold ends, or remove it if it is over: tatara data hold remove"));
            });
        }
    }

    /** The search at the end is of the whole home; so a person who is in other pipelines too has to go there as well. */
    private void checkOthers(List<TableRef> all, List<TableRef> tables, SubjectRows rows) {
        List<String> others = found(
                        all.stream().filter(table -> !tables.contains(table)).toList(), rows)
                .stream()
                .map(table -> table.table().layer() + "/" + table.table().name())
                .toList();
        if (!others.isEmpty()) {
            throw new TataraException(
                    RetentionErrorCode.ELSEWHERE,
                    Fault.of("the person is in tables of other pipelines too: " + String.join(", ", others))
                            .todo("Forget the person in all of them: --all in place of the pipeline's name"));
        }
    }

    private void prepare(Request request, SubjectRows rows, Map<String, Set<String>> keys, List<Found> found) {
        Path journal = lake.home().resolve(JOURNAL);
        Salted salted = Salted.random();
        List<String> columns = List.copyOf(new TreeMap<>(request.where()).keySet());
        List<String> hashes = columns.stream()
                .map(column -> salted.hash(String.valueOf(request.where().get(column))))
                .toList();
        Traces traces = rows.traces();
        List<String> predictions = HomeCleaning.predictions(tree, traces);
        try {
            Files.createDirectories(journal);
            if (Files.getFileStore(journal).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString("rwx------"));
            }
            Pending pending = new Pending(
                    clock.instant().toString().replaceAll("[^0-9TZ]", ""),
                    clock.instant().toString(),
                    traces.with(predictions),
                    staged(rows, found),
                    suppressed(request, keys, salted, columns, hashes),
                    new Subject(columns, salted.salt(), hashes),
                    request);
            AtomicFile.write(pending(lake.home()), JsonText.write(RecordCodec.write(pending)));
        } catch (IOException e) {
            throw StorageFailure.of(e, journal);
        }
    }

    private List<Work> staged(SubjectRows rows, List<Found> found) {
        List<Work> work = new ArrayList<>();
        for (Found table : found) {
            String directory = String.format(Locale.ROOT, "table-%04d", work.size());
            Rebuilding.Staged staged = lake.rebuilding()
                    .stage(
                            table.table(),
                            version -> rows.condition(version).orElse("false"),
                            lake.home().resolve(JOURNAL).resolve(directory));
            work.add(new Work(
                    table.table().layer(),
                    table.table().name(),
                    directory,
                    staged.rows(),
                    staged.versions(),
                    staged.dropped()));
        }
        return work;
    }

    /** The condition itself, and each key of the person under each of its names, so that linked rows stay away too. */
    private static List<Suppressed.Entry> suppressed(
            Request request, Map<String, Set<String>> keys, Salted salted, List<String> columns, List<String> hashes) {
        List<Suppressed.Entry> entries = new ArrayList<>();
        for (String pipeline : request.pipelines()) {
            entries.add(new Suppressed.Entry(
                    pipeline,
                    salted.salt(),
                    columns,
                    hashes.stream().map(List::of).toList()));
            keys.forEach((column, values) -> entries.add(new Suppressed.Entry(
                    pipeline,
                    salted.salt(),
                    List.of(column),
                    List.of(values.stream().map(salted::hash).toList()))));
        }
        return entries;
    }

    /**
     * Finishes what was begun; returns the receipt, nothing if nothing was begun.
     *
     * @throws TataraException {@code STILL_FOUND}, or {@code UNFINISHED} if another process is at it
     */
    public Optional<Path> resume() {
        if (!isPending(lake.home())) {
            return Optional.empty();
        }
        Path journal = lake.home().resolve(JOURNAL);
        try (FileChannel channel = FileChannel.open(
                        journal.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = channel.tryLock()) {
            if (alone == null) {
                throw atWork();
            }
            String name = pending(lake.home()).toString();
            Pending pending =
                    RecordCodec.read(Pending.class, name, JsonText.read(name, Files.readString(Path.of(name))));
            return Optional.of(finish(pending));
        } catch (OverlappingFileLockException e) {
            throw atWork();
        } catch (IOException e) {
            throw StorageFailure.of(e, journal);
        }
    }

    private TataraException atWork() {
        return new TataraException(
                RetentionErrorCode.UNFINISHED,
                Fault.of("a person is being forgotten by another process")
                        .at(lake.home().resolve(JOURNAL).toString())
                        .todo("Wait until it has ended"));
    }

    private Path finish(Pending pending) throws IOException {
        suppress(pending);
        Map<String, String> anew = new TreeMap<>();
        Set<String> names = new TreeSet<>();
        for (Work work : pending.tables()) {
            lake.rebuilding().rebuild(lake.home().resolve(JOURNAL).resolve(work.directory()), anew);
            names.add(work.name());
        }
        List<String> touched = new HomeCleaning(tree, lake.engine(), bundles).clean(pending.traces(), names);
        HomeSearch.Result result = new HomeSearch(tree, lake.engine()).search(pending.traces());
        List<String> wrong = new ArrayList<>(result.left());
        wrong.addAll(result.unread());
        if (!wrong.isEmpty()) {
            throw new TataraException(
                    RetentionErrorCode.STILL_FOUND,
                    Fault.of("the person is still in " + result.left().size() + " files, and "
                                    + result.unread().size()
                                    + " could not be searched: "
                                    + String.join(", ", wrong.subList(0, Math.min(MOST_NAMED, wrong.size()))))
                            .at(lake.home().toString())
                            .expecting("nothing left in any file; there is no receipt")
                            .todo("Stop what still writes there, mend or delete these files, and finish:"
                                    + " tatara data forget --resume"));
        }
        Path receipt = new Receipts(lake.home())
                .write(pending.id(), ReceiptText.of(pending, clock.instant(), touched, result, anew));
        HomeTree.delete(pending(lake.home()));
        HomeTree.delete(lake.home().resolve(JOURNAL));
        return receipt;
    }

    private void suppress(Pending pending) throws IOException {
        List<Suppressed.Entry> entries =
                new ArrayList<>(Suppressed.read(lake.home()).entries());
        pending.suppressed().stream().filter(entry -> !entries.contains(entry)).forEach(entries::add);
        AtomicFile.write(
                Suppressed.file(lake.home()), JsonText.writePretty(RecordCodec.write(new Suppressed(entries))));
    }
}
