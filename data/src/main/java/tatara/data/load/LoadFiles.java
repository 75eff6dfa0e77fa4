package tatara.data.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Freed;
import tatara.data.lake.Lake;
import tatara.data.lake.SafeName;
import tatara.data.lake.StorageFailure;
import tatara.data.lake.Version;

/**
 * The files in {@code lake/loads}: states of loads and deleted keys, of which each belongs to versions of a table. Thread-safe; files of the
 * last day stay, since a load under way may be about to commit them.
 */
public final class LoadFiles {
    private static final Duration UNDER_WAY = Duration.ofDays(1);

    private final Lake lake;
    private final Path loads;

    public LoadFiles(Lake lake) {
        this.lake = lake;
        this.loads = lake.home().resolve("lake").resolve("loads");
    }

    /**
     * Deletes what no version needs: of the given tables, and of tables that there are no more.
     *
     * @param goes versions that are about to go
     * @param dryRun whether nothing is deleted
     */
    public Freed sweep(List<TableRef> tables, Predicate<TableRef> goes, Instant now, boolean dryRun) {
        Map<Path, Set<String>> needed = new HashMap<>();
        Set<Path> others = new HashSet<>();
        lake.tables().stream()
                .filter(table -> table.layer().equals(Loading.LAYER))
                .forEach(table -> others.add(place(table)));
        for (TableRef table : tables) {
            if (table.layer().equals(Loading.LAYER)) {
                needed.put(place(table), needed(table, goes));
                others.remove(place(table));
            }
        }
        Freed freed = Freed.NOTHING;
        for (Path directory : children(loads)) {
            if (!others.contains(directory)) {
                freed = freed.plus(sweep(directory, needed.getOrDefault(directory, Set.of()), now, dryRun));
            }
        }
        return freed;
    }

    private Path place(TableRef table) {
        return loads.resolve(SafeName.of(table.name()));
    }

    private Set<String> needed(TableRef table, Predicate<TableRef> goes) {
        Ledger ledger = new Ledger(lake, table.name());
        Set<String> needed = new HashSet<>();
        for (Version version : lake.history().all(table.layer(), table.name())) {
            if (!goes.test(version.table())) {
                Optional<String> name = Ledger.stateName(version);
                name.map(state -> state + Ledger.STATES).ifPresent(needed::add);
                if (name.isPresent()) {
                    ledger.state(version.table()).map(LoadState::tombstones).ifPresent(needed::add);
                }
            }
        }
        return needed;
    }

    private static Freed sweep(Path directory, Set<String> needed, Instant now, boolean dryRun) {
        long files = 0;
        long bytes = 0;
        try {
            for (Path file : children(directory)) {
                boolean under = Files.getLastModifiedTime(file).toInstant().isAfter(now.minus(UNDER_WAY));
                if (!under && !needed.contains(file.getFileName().toString())) {
                    files++;
                    bytes += Files.size(file);
                    if (!dryRun) {
                        Files.deleteIfExists(file);
                    }
                }
            }
            return new Freed(files, bytes);
        } catch (IOException e) {
            throw StorageFailure.of(e, directory);
        }
    }

    private static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory)) {
            return new ArrayList<>();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw StorageFailure.of(e, directory);
        }
    }
}
