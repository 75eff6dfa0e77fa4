package tatara.data.source.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.Connector;
import tatara.core.port.RemoteObject;
import tatara.core.remote.InlineSecrets;
import tatara.core.remote.RemoteErrorCode;
import tatara.core.run.EventSink;
import tatara.core.run.RunEvent;
import tatara.data.lake.StorageFailure;

/**
 * Locations outside this machine as local files (D1), in {@code CACHE/remote}: only what is new or changed is copied, what vanished is
 * removed, a copy that broke off goes on. Several threads and processes may ask for the same location: one copies, the others wait.
 * Thread-safe.
 */
public final class RemoteCopies {
    private static final Pattern URI =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*(?::[a-z0-9]+)?://|jdbc:|sqlite:).*", Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile("[?&]table=([^&]*)");
    private static final long PROGRESS_EVERY_NANOS = 500_000_000L;

    private final Path directory;
    private final RemoteAccess access;
    private final EventSink events;
    private final LongSupplier nanoTime;

    /**
     * @param cache directory whose folder {@code remote} holds the copies
     * @param events hears of each location as of a step of phase 1
     * @param nanoTime monotonic clock
     */
    public RemoteCopies(Path cache, RemoteAccess access, EventSink events, LongSupplier nanoTime) {
        this.directory = cache.toAbsolutePath().normalize().resolve("remote");
        this.access = access;
        this.events = events;
        this.nanoTime = nanoTime;
    }

    /** Whether a location has a scheme that is not of this machine. */
    public static boolean isRemote(String location) {
        return URI.matcher(location).matches() && !location.regionMatches(true, 0, "file:", 0, 5);
    }

    /** A location or an object's URI for people: without the options that say how it is reached; a database's table stays. */
    public static String shown(String uri) {
        boolean web = uri.regionMatches(true, 0, "http", 0, 4);
        int end = web ? uri.indexOf('#') : uri.lastIndexOf('?');
        Matcher table = TABLE.matcher(web || end < 0 ? "" : uri.substring(end));
        String named = table.find() ? table.group() : "";
        return InlineSecrets.hidden(end < 0 ? uri : uri.substring(0, end) + named.replaceFirst("^&", "?"));
    }

    /**
     * Makes the local copy of a location what the location is now.
     *
     * @throws TataraException if the location holds a credential, its scheme is unknown, the place fails, or the disk is full
     */
    public Copied copy(String location) {
        InlineSecrets.refuse(location);
        Connector connector = connector(location);
        Path root = directory.resolve(LocalNames.hash(location)).resolve(folderName(location));
        String step = "copy:" + LocalNames.hash(location);
        long start = nanoTime.getAsLong();
        events.emit(new RunEvent.StepStarted(step, 1, "copy " + shown(location)));
        try {
            Outcome outcome = locked(location, connector, root, step);
            double seconds = (nanoTime.getAsLong() - start) / 1e9;
            events.emit(new RunEvent.StepFinished(step, 1, seconds, outcome.fetched() == 0, outcome.summary()));
            return outcome.copied();
        } catch (TataraException e) {
            events.emit(new RunEvent.StepFailed(step, 1, e.fault().toString()));
            throw e;
        }
    }

    private Outcome locked(String location, Connector connector, Path root, String step) {
        Path home = Objects.requireNonNull(root.getParent());
        CopyLock lock = CopyLock.take(home);
        try {
            CopyRecords records = new CopyRecords(home.resolve("copies.jsonl"));
            return access.offline()
                    ? offline(location, root, records.read(), step)
                    : refresh(new Work(location, connector, root, records, step));
        } finally {
            lock.close();
        }
    }

    /** What came of a location. */
    private record Outcome(Copied copied, int fetched, String summary) {}

    /** A location that is being copied. */
    private record Work(String location, Connector connector, Path root, CopyRecords records, String step) {}

    private Connector connector(String location) {
        int end = location.indexOf("://");
        String scheme =
                location.substring(0, end < 0 ? location.indexOf(':') : end).toLowerCase(Locale.ROOT);
        return access.connectors()
                .find(scheme)
                .or(() -> access.connectors().find(scheme.replaceFirst(":.*", "")))
                .orElseThrow(() -> new TataraException(
                        RemoteErrorCode.SCHEME_UNKNOWN,
                        Fault.of("nothing here reads " + scheme + "://")
                                .at(shown(location))
                                .expecting("a path, or one of "
                                        + access.connectors().schemes().stream()
                                                .map(known -> known + "://")
                                                .collect(Collectors.joining(", ")))
                                .todo("Correct the scheme, or copy the data to a local file or folder first")));
    }

    /** The last part of a location's path, since a folder's name may become a table's. */
    private static String folderName(String location) {
        String place = shown(location).replaceFirst("\\?.*", "").replaceFirst("/+$", "");
        String last = place.substring(place.lastIndexOf('/') + 1);
        return LocalNames.segment(last.startsWith(".") ? "%" + last : last);
    }

    private Outcome offline(String location, Path root, CopyRecords.Content known, String step) {
        boolean there = known.whole()
                && !known.copies().isEmpty()
                && known.copies().values().stream().allMatch(copy -> isThere(root, copy));
        if (!there) {
            throw new TataraException(
                    RemoteErrorCode.OFFLINE,
                    Fault.of("TATARA_OFFLINE is set, and there is no whole copy of " + shown(location))
                            .todo("Run once without TATARA_OFFLINE"));
        }
        events.emit(new RunEvent.Note(step, "offline: the copy of " + shown(location) + " is used as it is"));
        return new Outcome(copied(root, known.copies()), 0, known.copies().size() + " files of an earlier copy");
    }

    private Outcome refresh(Work work) {
        List<RemoteObject> objects = work.connector().list(work.location(), access.secrets());
        Map<String, RemoteObject> wanted = LocalNames.of(objects);
        if (wanted.isEmpty()) {
            throw new TataraException(
                    RemoteErrorCode.OBJECT_NOT_FOUND,
                    Fault.of("there is no data: " + objects.size() + " objects, none with content of its own")
                            .at(shown(work.location()))
                            .todo("Check the location"));
        }
        Map<String, CopyRecords.Copy> known = work.records().read().copies();
        Map<String, RemoteObject> missing = new LinkedHashMap<>();
        List<CopyRecords.Copy> kept = new ArrayList<>();
        wanted.forEach((path, object) -> {
            CopyRecords.Copy copy = known.get(path);
            if (copy != null && isCurrent(copy, object) && isThere(work.root(), copy)) {
                kept.add(copy);
            } else {
                missing.put(path, object);
            }
        });
        long removed = known.keySet().stream()
                .filter(path -> !wanted.containsKey(path))
                .count();
        work.records().write(kept, false);
        sweep(work.root(), wanted, false);
        fetch(work, missing);
        Map<String, CopyRecords.Copy> copies = work.records().read().copies();
        work.records().write(copies.values(), true);
        sweep(work.root(), wanted, true);
        return new Outcome(copied(work.root(), copies), missing.size(), summary(missing, copies, kept.size(), removed));
    }

    private static boolean isCurrent(CopyRecords.Copy copy, RemoteObject object) {
        return !object.version().isEmpty()
                && object.version().equals(copy.version())
                && object.uri().equals(copy.uri());
    }

    private static boolean isThere(Path root, CopyRecords.Copy copy) {
        try {
            Path file = root.resolve(copy.path());
            return Files.isRegularFile(file) && Files.size(file) == copy.bytes();
        } catch (IOException e) {
            return false;
        }
    }

    private static Copied copied(Path root, Map<String, CopyRecords.Copy> copies) {
        Map<Path, String> origins = new LinkedHashMap<>();
        copies.forEach((path, copy) -> origins.put(root.resolve(path), shown(copy.uri())));
        Path only = origins.keySet().iterator().next();
        boolean file = origins.size() == 1 && root.equals(only.getParent());
        return new Copied(file ? only : root, origins);
    }

    private static String summary(
            Map<String, RemoteObject> fetched, Map<String, CopyRecords.Copy> copies, int kept, long removed) {
        long bytes = fetched.keySet().stream()
                .mapToLong(path -> copies.containsKey(path) ? copies.get(path).bytes() : 0)
                .sum();
        String text = String.format(
                Locale.ROOT, "%,d of %,d objects, %,d bytes", fetched.size(), fetched.size() + kept, bytes);
        return removed == 0 ? text : text + String.format(Locale.ROOT, "; %,d removed", removed);
    }

    private void fetch(Work work, Map<String, RemoteObject> missing) {
        if (missing.isEmpty()) {
            return;
        }
        boolean sized = missing.values().stream().allMatch(object -> object.bytes() >= 0);
        long total = missing.values().stream()
                .mapToLong(object -> Math.max(0, object.bytes()))
                .sum();
        space(work, total);
        AtomicLong last = new AtomicLong(nanoTime.getAsLong());
        new Fetching(work.connector(), access.secrets(), work.root(), work.records(), bytes -> {
                    long now = nanoTime.getAsLong();
                    long before = last.get();
                    if (now - before > PROGRESS_EVERY_NANOS && last.compareAndSet(before, now)) {
                        events.emit(new RunEvent.Progress(work.step(), bytes, sized ? total : 0, "bytes"));
                    }
                })
                .fetch(missing);
    }

    /** Says before the copying that it cannot end well. */
    private static void space(Work work, long needed) {
        try {
            Files.createDirectories(work.root());
            long free = Files.getFileStore(work.root()).getUsableSpace();
            if (free < needed) {
                throw new TataraException(
                        CoreErrorCode.DISK_FULL,
                        Fault.of(String.format(
                                        Locale.ROOT,
                                        "the disk has no room for the copy: %,d bytes are needed, %,d are free",
                                        needed,
                                        free))
                                .at(work.root().toString())
                                .todo("Free space, or give another place with --home"));
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, work.root());
        }
    }

    /** Removes files that belong to no object, and folders that became empty. */
    private static void sweep(Path root, Map<String, RemoteObject> wanted, boolean partialToo) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> found = Files.walk(root)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                String name = root.relativize(path).toString().replace('\\', '/');
                boolean partial = path.getFileName().toString().endsWith(".partial")
                        && path.getFileName().toString().startsWith(".");
                if (Files.isDirectory(path)) {
                    removeIfEmpty(path, root);
                } else if (partial ? partialToo : !wanted.containsKey(name)) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, root);
        }
    }

    private static void removeIfEmpty(Path folder, Path root) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            if (folder.equals(root) || children.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(folder);
    }
}
