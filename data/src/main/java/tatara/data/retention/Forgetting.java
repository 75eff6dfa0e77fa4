package tatara.data.retention;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
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
 * Removes a person from a home (D9): from all tables with their branches, tags and older versions, from journals, results, reports, caches
 * and databases; then looks through all files, and signs a receipt. What is refused, or only asked about, changes nothing. A forgetting
 * that a crash interrupted is finished by {@link #resume}. Nothing else may use the home meanwhile. Not thread-safe.
 */
public final class Forgetting {
    /** Directory of the work in progress, below the home. It holds what is to be removed, and goes in the end. */
    static final Path JOURNAL = Path.of("forgetting");

    private final Lake lake;
    private final Clock clock;
    private final Set<Path> bundles;

    /** @param bundles directories of registered models, which are kept but for what they tell of the person */
    public Forgetting(Lake lake, Clock clock, Set<Path> bundles) {
        this.lake = lake;
        this.clock = clock;
        this.bundles = Set.copyOf(bundles);
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
     * @param receipt the signed document; nothing if it was only asked
     */
    public record Forgotten(List<Found> tables, Optional<Path> receipt) {}

    /** A table that is made anew, as the journal keeps it. */
    record Work(String layer, String name, String directory, long rows, int versions, int dropped) {}

    /** What the journal keeps; the values are in it until the end. */
    record Pending(
            String id, String begun, List<String> traces, List<Work> tables, Suppressed.Entry suppressed, Request request) {}


    

    /**
     * @param dryRun whether nothing is changed
     * @throws TataraException {@code HELD}, {@code SUBJECT_UNCLEAR}, {@code UNFINISHED}, {@code STILL_FOUND}
     */
    public Forgotten forget(Request request, boolean dryRun) {
        if (Files.exists(pendingFile())) {
            throw new TataraException(
                    RetentionErrorCode.UNFINISHED,
                    Fault.of("a forgetting was interrupted")
                            .at(pendingFile().toString())
                            .todo("Finish it first: tatara data forget --resume"));
        }
        List<TableRef> tables = lake.tables().stream()
                .filter(table -> request.pipelines().stream().anyMatch(name -> table.name().startsWith(name + ".")))
                .toList();
        SubjectRows rows = new SubjectRows(
                lake, tables, request.aliases().stream().map(Set::copyOf).toList(), request.where());
        rows.keys();
        List<Found> found = found(tables, rows);
        check(request, tables, found, rows);
        if (dryRun) {
            return new Forgotten(found, Optional.empty());
        }
        HomeFiles.deleteTree(lake.home().resolve(JOURNAL));
        prepare(request, rows, found);
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
        Holds holds = Holds.read(lake.home());
        Instant now = clock.instant();
        for (Found table : found) {
            holds.of(table.table().layer(), table.table().name(), now).ifPresent(hold -> {
                throw new TataraException(
                        RetentionErrorCode.HELD,
                        Fault.of("a legal hold forbids it: " + hold.reason())
                                .at(table.table().layer() + "/" + table.table().name())
                                .todo("Wait until the hold ends, or take it out of lake/holds.yaml if it is over"));
            });
        }
    }

    private void prepare(Request request, SubjectRows rows, List<Found> found) {
        String id = clock.instant().toString().replaceAll("[^0-9TZ]", "");
        List<Work> work = new ArrayList<>();
        for (Found table : found) {
            String directory = String.format("table-%04d", work.size());
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
        String salt = salt();
        List<String> columns = new ArrayList<>(new TreeMap<>(request.where()).keySet());
        Suppressed.Entry entry = new Suppressed.Entry(
                "",
                salt,
                columns,
                columns.stream()
                        .map(column -> hash(salt, String.valueOf(request.where().get(column))))
                        .toList());
        Set<String> traces = new TreeSet<>(rows.traces());
        request.where().values().stream().filter(SubjectRows::isKeyTrace).forEach(traces::add);
        Pending pending =
                new Pending(id, clock.instant().toString(), List.copyOf(traces), work, entry, request);
        try {
            Path file = pendingFile();
            Files.createDirectories(lake.home().resolve(JOURNAL));
            if (Files.getFileStore(lake.home()).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(
                        lake.home().resolve(JOURNAL), PosixFilePermissions.fromString("rwx------"));
            }
            AtomicFile.write(file, JsonText.write(RecordCodec.write(pending)));
        } catch (IOException e) {
            throw StorageFailure.of(e, pendingFile());
        }
    }

    /** Finishes what was begun; returns the receipt, nothing if nothing was begun. */
    public Optional<Path> resume() {
        Path file = pendingFile();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Pending pending;
        try {
            String name = file.toString();
            pending = RecordCodec.read(Pending.class, name, JsonText.read(name, Files.readString(file)));
            suppress(pending);
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
        for (Work work : pending.tables()) {
            lake.rebuilding().rebuild(lake.home().resolve(JOURNAL).resolve(work.directory()));
        }
        Set<String> traces = new TreeSet<>(pending.traces());
        HomeFiles files = new HomeFiles(lake.home(), lake.engine(), bundles);
        Set<String> names = new TreeSet<>();
        pending.tables().forEach(work -> names.add(work.name()));
        files.dropResults(names);
        List<String> touched = files.clean(traces);
        for (Work work : pending.tables()) {
            HomeFiles.deleteTree(lake.home().resolve(JOURNAL).resolve(work.directory()));
        }
        List<String> left = files.search(traces);
        if (!left.isEmpty()) {
            throw new TataraException(
                    RetentionErrorCode.STILL_FOUND,
                    Fault.of("the person is still found in " + left.size() + " files: "
                                    + String.join(", ", left.subList(0, Math.min(20, left.size()))))
                            .at(lake.home().toString())
                            .todo("Stop what still writes there and finish: tatara data forget --resume"));
        }
        Path receipt = new Receipts(lake.home()).write(pending.id(), receipt(pending, touched));
        HomeFiles.deleteTree(file);
        HomeFiles.deleteTree(lake.home().resolve(JOURNAL));
        return Optional.of(receipt);
    }

    private void suppress(Pending pending) throws IOException {
        Suppressed known = Suppressed.read(lake.home());
        List<Suppressed.Entry> entries = new ArrayList<>(known.entries());
        Suppressed.Entry entry = pending.suppressed();
        for (String pipeline : pending.request().pipelines()) {
            Suppressed.Entry own = new Suppressed.Entry(pipeline, entry.salt(), entry.columns(), entry.hashes());
            if (!entries.contains(own)) {
                entries.add(own);
            }
        }
        AtomicFile.write(
                Suppressed.file(lake.home()), JsonText.writePretty(RecordCodec.write(new Suppressed(entries))));
    }

    private Json.Obj receipt(Pending pending, List<String> touched) {
        List<Json> tables = new ArrayList<>();
        for (Work work : pending.tables()) {
            tables.add(Json.object()
                    .with("table", work.layer() + "/" + work.name())
                    .with("rowsRemoved", work.rows())
                    .with("versionsRewritten", work.versions())
                    .with("versionsDropped", work.dropped()));
        }
        Suppressed.Entry entry = pending.suppressed();
        return Json.object()
                .with("id", pending.id())
                .with("what", "a person was forgotten")
                .with("begun", pending.begun())
                .with("finished", clock.instant().toString())
                .with("who", System.getProperty("user.name", ""))
                .with("reason", pending.request().reason())
                .with("subject", Json.object()
                        .with("columns", Json.strings(entry.columns()))
                        .with("salt", entry.salt())
                        .with("sha256", Json.strings(entry.hashes())))
                .with("tables", new Json.Arr(tables))
                .with("filesChanged", Json.strings(touched))
                .with("tracesSearched", pending.traces().size())
                .with("tracesLeft", 0L)
                .with("modelsTrainedWithThePerson", Json.strings(pending.request().models()))
                .with("modelsNote", "These versions stay as they are; the next run trains without the person."
                        + " They cannot be rebuilt from the data that they were trained on.")
                .with("notTouched", Json.strings(pending.request().sources()))
                .with("notTouchedNote", "Remove the person there yourself. Reading them again does not bring the person back here.");
    }

    private Path pendingFile() {
        return lake.home().resolve(JOURNAL).resolve("pending.json");
    }

    private static String salt() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String hash(String salt, String value) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest((salt + value.strip()).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
