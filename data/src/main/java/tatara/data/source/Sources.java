package tatara.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.FrameSource;
import tatara.core.run.EventSink;
import tatara.core.spec.DataArgument;
import tatara.data.lake.DataErrorCode;
import tatara.data.source.remote.Copied;
import tatara.data.source.remote.RemoteAccess;
import tatara.data.source.remote.RemoteCopies;
import tatara.data.version.dvc.DvcData;

/**
 * What the user's files and folders hold (D1), here or outside of this machine: formats by content, dialects, headers, encodings,
 * tables. Reads from each file its start and, unless it is known unchanged, every byte once for its fingerprint. Thread-safe.
 */
public final class Sources {
    private final Path cache;
    private final Inspection inspection;
    private final RemoteCopies copies;

    /**
     * Reads what is on this machine.
     *
     * @param cache directory for fingerprints and temporary files; made when needed
     */
    public Sources(Path cache) {
        this(cache, new RemoteCopies(cache, RemoteAccess.none(), EventSink.none(), System::nanoTime));
    }

    /** @param copies brings what is outside of this machine */
    public Sources(Path cache, RemoteCopies copies) {
        this.cache = cache.toAbsolutePath().normalize();
        this.inspection = new Inspection(this.cache);
        this.copies = copies;
    }

    /**
     * The tables of all locations, in the order given.
     *
     * @throws TataraException with what is missing, unreadable or unclear, and what to do
     */
    public List<SourceTable> discover(List<DataArgument> arguments) {
        List<SourceTable> tables = new ArrayList<>();
        for (DataArgument argument : arguments) {
            tables.addAll(tables(argument.location(), argument.name()));
        }
        Map<String, SourceTable> byName = new LinkedHashMap<>();
        for (SourceTable table : tables) {
            SourceTable other = byName.putIfAbsent(table.name().toLowerCase(Locale.ROOT), table);
            if (other != null) {
                throw new TataraException(
                        DataErrorCode.SOURCE_UNCLEAR,
                        Fault.of("two sources become the table " + table.name() + ": "
                                        + other.files().get(0).place() + " and "
                                        + table.files().get(0).place())
                                .expecting("a name of its own for each table")
                                .todo("Name them: --data NAME=PATH"));
            }
        }
        return tables;
    }

    private List<SourceTable> tables(String location, String name) {
        if (!RemoteCopies.isRemote(location)) {
            return new Folders(inspection, this::tracked).tables(Places.resolve(location), name);
        }
        Copied copied = copies.copy(location);
        return Origins.named(copied.origins(), () -> new Folders(inspection, this::tracked)
                .tables(Places.resolve(copied.place().toString()), name).stream()
                        .map(table -> Origins.of(table, copied.origins()))
                        .toList());
    }

    private Path tracked(Path pointer) {
        return Places.resolve(DvcData.resolve(pointer, cache).toString());
    }

    /**
     * The rows of one file, or of a folder with one table, as frames in file order: cells of delimited files as texts, numbers and
     * times of Parquet and numbers of JSON as such. A row that cannot be read is an error with file and line.
     *
     * @param location path or URI
     */
    public FrameSource frames(String location) {
        List<SourceTable> tables = tables(location, "");
        if (tables.size() > 1) {
            throw new TataraException(
                    DataErrorCode.SOURCE_UNCLEAR,
                    Fault.of("the folder holds " + tables.size() + " tables")
                            .at(RemoteCopies.isRemote(location) ? RemoteCopies.shown(location) : location)
                            .expecting("one table")
                            .todo("Give one file"));
        }
        return new SourceFrames(rows(tables.get(0), cache, new ArrayList<>(), true));
    }

    /**
     * @param notes receives what is found out about columns when all rows are seen
     * @param everyRow whether rows of delimited files that hold no value are rows
     */
    static RowSource rows(SourceTable table, Path cache, List<String> notes, boolean everyRow) {
        return switch (table.format()) {
            case PARQUET -> new ParquetRows(table.parts(), table.columns(), cache);
            case JSONL -> new JsonRows(table.parts(), notes);
            case EXCEL -> new ExcelRows(table.parts(), table.columns());
            case CSV ->
                table.layout().kind() == Layout.Kind.WIDE_SERIES
                        ? new SeriesRows(table.parts(), table.layout())
                        : new CsvRows(table.parts(), table.columns(), notes, everyRow);
        };
    }
}
