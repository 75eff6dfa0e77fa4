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
import tatara.core.spec.DataArgument;
import tatara.data.lake.DataErrorCode;

/**
 * What the user's files and folders hold (D1): formats by content, dialects, headers, encodings, tables. Reads from each file its start
 * and, unless it is known unchanged, every byte once for its fingerprint. Thread-safe.
 */
public final class Sources {
    private final Path cache;
    private final Inspection inspection;

    /** @param cache directory for fingerprints and temporary files; made when needed */
    public Sources(Path cache) {
        this.cache = cache.toAbsolutePath().normalize();
        this.inspection = new Inspection(this.cache);
    }

    /**
     * The tables of all locations, in the order given.
     *
     * @throws TataraException with what is missing, unreadable or unclear, and what to do
     */
    public List<SourceTable> discover(List<DataArgument> arguments) {
        Folders folders = new Folders(inspection);
        List<SourceTable> tables = new ArrayList<>();
        for (DataArgument argument : arguments) {
            tables.addAll(folders.tables(Places.resolve(argument.location()), argument.name()));
        }
        Map<String, SourceTable> byName = new LinkedHashMap<>();
        for (SourceTable table : tables) {
            SourceTable other = byName.putIfAbsent(table.name().toLowerCase(Locale.ROOT), table);
            if (other != null) {
                throw new TataraException(
                        DataErrorCode.SOURCE_UNCLEAR,
                        Fault.of("two sources become the table " + table.name() + ": "
                                        + other.files().get(0).path() + " and "
                                        + table.files().get(0).path())
                                .expecting("a name of its own for each table")
                                .todo("Name them: --data NAME=PATH"));
            }
        }
        return tables;
    }

    /**
     * The rows of one file, or of a folder with one table, as frames in file order: cells of delimited files as texts, numbers and
     * times of Parquet and numbers of JSON as such. A row that cannot be read is an error with file and line.
     *
     * @param location path or {@code file:} URI
     */
    public FrameSource frames(String location) {
        List<SourceTable> tables = new Folders(inspection).tables(Places.resolve(location), "");
        if (tables.size() > 1) {
            throw new TataraException(
                    DataErrorCode.SOURCE_UNCLEAR,
                    Fault.of("the folder holds " + tables.size() + " tables")
                            .at(location)
                            .expecting("one table")
                            .todo("Give one file"));
        }
        return new SourceFrames(rows(tables.get(0), cache, new ArrayList<>()));
    }

    /** @param notes receives what is found out about columns when all rows are seen */
    static RowSource rows(SourceTable table, Path cache, List<String> notes) {
        return switch (table.format()) {
            case PARQUET -> new ParquetRows(table.parts(), table.columns(), cache);
            case JSONL -> new JsonRows(table.parts(), notes);
            case CSV ->
                table.layout().kind() == Layout.Kind.WIDE_SERIES
                        ? new SeriesRows(table.parts(), table.layout())
                        : new CsvRows(table.parts(), table.columns());
        };
    }
}
