package tatara.data.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableStructure;
import tatara.data.lake.Lake;
import tatara.data.lake.StorageFailure;
import tatara.data.source.InPlace;
import tatara.data.source.Ingested;
import tatara.data.source.Ingestion;
import tatara.data.source.SourceTable;

/**
 * Profiles files that are in no lake and leaves nothing behind: Parquet where it lies, other formats by way of a lake that is gone
 * afterwards. Thread-safe.
 */
public final class FileProfiler {
    private final Path cache;
    private final int memoryMegabytes;
    private final int threads;

    /**
     * @param cache directory for temporary files; made when needed
     * @param memoryMegabytes most memory that queries may hold
     * @param threads most threads that a query uses
     */
    public FileProfiler(Path cache, int memoryMegabytes, int threads) {
        this.cache = cache.toAbsolutePath().normalize();
        this.memoryMegabytes = memoryMegabytes;
        this.threads = threads;
    }

    /** A table's columns and, if it was asked for, what they have to do with each other. */
    public record Profiled(TableProfile profile, Optional<TableStructure> structure) {}

    /** What else is done with the rows once their columns are known, as long as they can be read. */
    public interface Also {
        /** The rows lie in files of their own. */
        void inPlace(InPlace rows, TableProfile profile);

        /** The rows are in a lake that is removed afterwards. */
        void inLake(Lake lake, TableProfile profile);
    }

    /** Nothing more. */
    public static final Also NOTHING = new Also() {
        @Override
        public void inPlace(InPlace rows, TableProfile profile) {}

        @Override
        public void inLake(Lake lake, TableProfile profile) {}
    };

    /**
     * The columns, and what they have to do with each other.
     *
     * @param asOf times after it are counted as future
     * @throws tatara.core.error.TataraException if a file cannot be read
     */
    public Profiled profile(SourceTable table, Optional<Instant> asOf) {
        return profile(table, asOf, NOTHING);
    }

    /** The same, and more with the same rows. */
    public Profiled profile(SourceTable table, Optional<Instant> asOf, Also also) {
        return over(table, (raw, profile) -> Optional.of(StructureProfiler.of(raw, profile, asOf)), also);
    }

    /** The columns alone. */
    public Profiled columns(SourceTable table) {
        return columns(table, NOTHING);
    }

    /** The columns alone, and more with the same rows. */
    public Profiled columns(SourceTable table, Also also) {
        return over(table, (raw, profile) -> Optional.empty(), also);
    }

    /** What is looked at beside the columns. */
    private interface Deeper {
        Optional<TableStructure> look(RawTable raw, TableProfile profile);
    }

    private Profiled over(SourceTable table, Deeper deeper, Also also) {
        Optional<InPlace> inPlace = InPlace.open(table, cache, memoryMegabytes, threads);
        if (inPlace.isPresent()) {
            try (InPlace rows = inPlace.get()) {
                TableProfile profile = Profiler.profile(rows);
                also.inPlace(rows, profile);
                return new Profiled(profile, deeper.look(RawTable.of(rows), profile));
            }
        }
        Path home = temporary();
        try (Lake lake = Lake.open(home, memoryMegabytes, threads)) {
            Ingested ingested = new Ingestion(lake, cache).ingest(table, "file");
            TableProfile profile = new Profiler(lake).profile(table.name(), ingested.raw(), ingested.audit());
            also.inLake(lake, profile);
            return new Profiled(profile, deeper.look(RawTable.of(lake, ingested.raw()), profile));
        } finally {
            remove(home);
        }
    }

    private Path temporary() {
        try {
            Files.createDirectories(cache);
            return Files.createTempDirectory(cache, "profile-");
        } catch (IOException e) {
            throw StorageFailure.of(e, cache);
        }
    }

    private static void remove(Path home) {
        try (Stream<Path> files = Files.walk(home)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, home);
        }
    }
}
