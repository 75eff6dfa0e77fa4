package tatara.data.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.Connector;
import tatara.core.port.RemoteObject;
import tatara.core.remote.InlineSecrets;
import tatara.core.run.EventSink;
import tatara.core.run.RunEvent;
import tatara.core.spec.DataArgument;
import tatara.data.lake.DataErrorCode;
import tatara.data.lake.StorageFailure;
import tatara.data.lake.TableColumn;
import tatara.data.source.SourceTable;
import tatara.data.source.Sources;
import tatara.data.source.remote.RemoteAccess;
import tatara.data.source.remote.RemoteCopies;

/**
 * Loads from a place: a file or folder, or anything with a connector. Of a topic only the records after the stored position are copied, of
 * a database's table with a time or number as watermark and a lateness only the rows that can be new. Thread-safe as {@link Loading}.
 */
public final class Intake {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Loading loading;
    private final RemoteAccess access;
    private final Sources sources;
    private final Path cache;
    private final EventSink events;

    /**
     * @param cache directory for copies and temporary files
     * @param events hears of copying
     */
    public Intake(Loading loading, RemoteAccess access, Sources sources, Path cache, EventSink events) {
        this.loading = loading;
        this.access = access;
        this.sources = sources;
        this.cache = cache.toAbsolutePath().normalize();
        this.events = events;
    }

    /**
     * Loads what is new at a place.
     *
     * @param location path or URI; credentials in it are references
     */
    public LoadResult load(LoadRequest request, String location) {
        if (!RemoteCopies.isRemote(location)) {
            return loading.load(request, only(location, location));
        }
        InlineSecrets.refuse(location);
        Optional<Connector> connector = access.connectors().find(scheme(location));
        if (connector.isPresent() && !access.offline()) {
            Optional<String> newer =
                    connector.get().after(location, loading.position(request).orElse(""));
            if (newer.isPresent()) {
                return records(request, connector.get(), newer.get());
            }
            Optional<String> selected = selected(request, connector.get(), location);
            if (selected.isPresent()) {
                return rows(request, connector.get(), selected.get());
            }
        }
        return loading.load(request, only(location, RemoteCopies.shown(location)));
    }

    private static String scheme(String location) {
        return location.substring(0, location.indexOf(':')).toLowerCase(Locale.ROOT);
    }

    /** The one table of a place. */
    private SourceTable only(String location, String shown) {
        List<SourceTable> tables = sources.discover(List.of(new DataArgument("", location)));
        if (tables.size() > 1) {
            throw new TataraException(
                    DataErrorCode.SOURCE_UNCLEAR,
                    Fault.of("there are " + tables.size() + " tables: "
                                    + tables.stream()
                                            .map(SourceTable::name)
                                            .limit(10)
                                            .collect(Collectors.joining(", ")))
                            .at(shown)
                            .expecting("one table for each load")
                            .todo("Give the file, folder or table of each"));
        }
        return tables.get(0);
    }

    /** Records after the stored position; the copy is gone when they are in the table. */
    private LoadResult records(LoadRequest request, Connector connector, String location) {
        RemoteObject object = single(connector, location);
        if (Optional.of(object.version()).equals(loading.position(request))) {
            return loading.nothing(request);
        }
        return copied(connector, object, table -> table.map(
                        source -> loading.load(request, Loading.Supplied.part(source, Optional.of(object.version()))))
                .orElseGet(() -> loading.nothing(request)));
    }

    /** Rows that were selected by the watermark. */
    private LoadResult rows(LoadRequest request, Connector connector, String location) {
        return copied(connector, single(connector, location), table -> table.map(
                        source -> loading.load(request, Loading.Supplied.part(source, Optional.empty())))
                .orElseGet(() -> loading.nothing(request)));
    }

    private RemoteObject single(Connector connector, String location) {
        List<RemoteObject> objects = connector.list(location, access.secrets());
        if (objects.size() != 1) {
            throw new TataraException(
                    DataErrorCode.SOURCE_UNCLEAR,
                    Fault.of("there are " + objects.size() + " tables")
                            .at(RemoteCopies.shown(location))
                            .expecting("one table for each load")
                            .todo("Name the table or topic in the location"));
        }
        return objects.get(0);
    }

    /** Does something with the table that an object is, or with nothing if it has no rows. */
    private interface Use {
        LoadResult of(Optional<SourceTable> table);
    }

    private LoadResult copied(Connector connector, RemoteObject object, Use use) {
        Path folder = cache.resolve("load").resolve("copy-" + Ledger.hash(object.uri() + object.version()));
        Path file = folder.resolve(object.name().replaceFirst(".*/", ""));
        String shown = RemoteCopies.shown(object.uri());
        events.emit(new RunEvent.StepStarted("copy", 1, "copy " + shown));
        long start = System.nanoTime();
        try {
            Files.createDirectories(folder);
            connector.fetch(
                    object,
                    file,
                    access.secrets(),
                    bytes -> events.emit(new RunEvent.Progress("copy", bytes, 0, "bytes")));
            long bytes = Files.size(file);
            events.emit(
                    new RunEvent.StepFinished("copy", 1, (System.nanoTime() - start) / 1e9, false, bytes + " bytes"));
            return use.of(bytes == 0 ? Optional.empty() : table(file, shown));
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        } finally {
            Loading.delete(folder);
        }
    }

    private Optional<SourceTable> table(Path file, String shown) {
        try {
            return Optional.of(only(file.toString(), shown));
        } catch (TataraException e) {
            if (e.code() == DataErrorCode.SOURCE_EMPTY) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The location of the rows that can be new, if the table's watermark and the place allow to ask for them. */
    private Optional<String> selected(LoadRequest request, Connector connector, String location) {
        Optional<LoadState> state = request.fromStart() ? Optional.empty() : loading.state(request);
        boolean same = request.mode().isEmpty()
                && request.key().isEmpty()
                && request.watermark().isEmpty();
        if (state.isEmpty() || !same || request.byAbsence() || state.get().byAbsence()) {
            return Optional.empty();
        }
        Optional<Watermark> watermark =
                state.get().watermark().filter(one -> !one.high().isEmpty());
        Optional<String> lateness = request.lateness().or(state.get()::lateness);
        if (watermark.isEmpty() || lateness.isEmpty()) {
            return Optional.empty();
        }
        Optional<TableColumn.Type> type = loading.type(request, watermark.get().column());
        TableColumn.Type wanted = watermark.get().isTime() ? TableColumn.Type.TIMESTAMP : TableColumn.Type.BIGINT;
        if (!type.equals(Optional.of(wanted))) {
            return Optional.empty();
        }
        String floor = watermark.get().below(lateness.get());
        String value = watermark.get().isTime()
                ? TIME.format(Instant.EPOCH.plus(Long.parseLong(floor), ChronoUnit.MICROS))
                : floor;
        return connector.since(location, watermark.get().column(), value);
    }
}
