package tatara.data.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;
import tatara.data.lake.StorageFailure;
import tatara.data.lake.TableColumn;
import tatara.data.lake.Target;
import tatara.data.source.SourceTable;

/**
 * Loads what is new at a source into a table of the raw layer (D4). Rows and the state of the loads (files, watermark, position) are one
 * commit: a load that is killed anywhere and run again leaves what one load leaves. A load that changes no row makes no snapshot.
 *
 * <p>The watermark is a maximum of values of the data; the clock only bounds how far ahead a row may be dated. Thread-safe for different
 * tables; of two loads of one table at once, one is refused.
 */
public final class Loading {
    static final String LAYER = "raw";
    private static final long OLD_MILLIS = 24L * 3_600_000;

    private final Lake lake;
    private final Path cache;
    private final Clock clock;

    /** @param cache directory for temporary files */
    public Loading(Lake lake, Path cache, Clock clock) {
        this.lake = lake;
        this.cache = cache.toAbsolutePath().normalize();
        this.clock = clock;
    }

    /** How far a topic or the like was read by the loads of a table; empty if none was, or if it is to be read anew. */
    public Optional<String> position(LoadRequest request) {
        Optional<LoadState> before = before(request);
        Optional<Mode> mode = request.mode().or(() -> before.map(LoadState::mode));
        boolean whole = request.fromStart() || mode.equals(Optional.of(Mode.REPLACE));
        return whole ? Optional.empty() : before.flatMap(LoadState::position);
    }

    private Optional<TableRef> current(LoadRequest request) {
        return request.branch().equals(Target.MAIN)
                ? lake.current(LAYER, request.table())
                : lake.history().at(LAYER, request.table(), request.branch());
    }

    private Optional<LoadState> before(LoadRequest request) {
        Ledger ledger = new Ledger(lake, request.table());
        return current(request).flatMap(ledger::state);
    }

    /** How the rows of a table are taken; empty if no load wrote it. */
    Optional<LoadState> state(LoadRequest request) {
        return before(request);
    }

    /** The stored type of a column; empty if the table has none of that name. */
    Optional<TableColumn.Type> type(LoadRequest request, String column) {
        return current(request).flatMap(table -> lake.types(table).stream()
                .filter(one -> one.name().equals(column))
                .findFirst()
                .map(TableColumn::type));
    }

    /**
     * Loads the files of a source that are not loaded yet.
     *
     * @throws TataraException with a {@link LoadErrorCode}, or as sources and the lake do; nothing is stored then
     */
    public LoadResult load(LoadRequest request, SourceTable source) {
        return load(request, new Supplied(source, Optional.empty(), true, Optional.empty()));
    }

    /**
     * What a source gave.
     *
     * @param position where the source ends, of one that tells what came since
     * @param whole whether these are the source's own files, which are known again; else rows that were selected for this load
     * @param again if the rows are not those of a source
     */
    record Supplied(SourceTable source, Optional<String> position, boolean whole, Optional<Again> again) {
        static Supplied part(SourceTable source, Optional<String> position) {
            return new Supplied(source, position, false, Optional.empty());
        }
    }

    /** Loads rows that were set aside; where the source was read up to stays as it is. */
    LoadResult load(LoadRequest request, Again again) {
        return load(
                request,
                new Supplied(again.source(), before(request).flatMap(LoadState::position), false, Optional.of(again)));
    }

    Lake lake() {
        return lake;
    }

    LoadResult load(LoadRequest request, Supplied supplied) {
        Choice.check(request);
        Optional<TableRef> table = current(request);
        Ledger ledger = new Ledger(lake, request.table());
        Optional<LoadState> before = table.flatMap(ledger::state);
        Path directory = directory();
        try {
            Load load = new Load(lake, cache, directory, request, table, before, supplied, ledger);
            return load.run(clock.instant());
        } finally {
            delete(directory);
        }
    }

    private Path directory() {
        Path loads = cache.resolve("load");
        try {
            Files.createDirectories(loads);
            sweep(loads);
            return Files.createTempDirectory(loads, "batch-");
        } catch (IOException e) {
            throw StorageFailure.of(e, loads);
        }
    }

    /** Removes what loads that were killed have left. */
    private void sweep(Path loads) throws IOException {
        List<Path> old = new ArrayList<>();
        try (Stream<Path> children = Files.list(loads)) {
            for (Path child : children.toList()) {
                if (clock.millis() - Files.getLastModifiedTime(child).toMillis() > OLD_MILLIS) {
                    old.add(child);
                }
            }
        }
        old.forEach(Loading::delete);
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, directory);
        }
    }

    /** Nothing came: the table is as it was. */
    public LoadResult nothing(LoadRequest request) {
        Optional<LoadState> before = before(request);
        return new LoadResult(
                current(request),
                before.map(LoadState::mode).orElse(Mode.APPEND),
                false,
                0,
                before.map(state -> state.files().size()).orElse(0),
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
                "",
                before.map(LoadState::why).orElse(List.of()),
                List.of());
    }

    /** A fault that tells what to do about a table that loads do not know. */
    static TataraException foreign(String table) {
        return new TataraException(
                LoadErrorCode.TABLE_FOREIGN,
                Fault.of(
                                "the table " + table
                                        + " was written by something else than loads, so that it is not known which rows it has")
                        .expecting("a table of loads, or a way to tell rows apart")
                        .todo("Add --key COLUMN or --watermark COLUMN, or begin anew with --mode replace"));
    }
}
