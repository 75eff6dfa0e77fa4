package tatara.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.core.error.TataraException;
import tatara.core.evidence.SourceAudit;
import tatara.data.lake.Engine;
import tatara.data.lake.TableColumn;

/**
 * Parquet files where they lie, as a table that SQL can read: nothing is copied. Thread-safe; to be closed.
 *
 * @param engine that may read their directories
 * @param from item of a FROM clause with the columns c0, c1 … in the stored types, and {@link #ROW}
 * @param columns with the user's names
 * @param rows number of rows
 * @param source where they lie
 */
public record InPlace(Engine engine, String from, List<TableColumn> columns, long rows, SourceAudit source)
        implements AutoCloseable {
    /** The column of row positions, from 0 in each file. */
    public static final String ROW = "position";

    /**
     * Opens a table if its format has types and can be read in place.
     *
     * @param cache directory for what does not fit in memory
     * @param memoryMegabytes most memory that queries may hold
     * @param threads most threads that a query uses
     * @throws TataraException if a file is cut off or unreadable
     */
    public static Optional<InPlace> open(SourceTable table, Path cache, int memoryMegabytes, int threads) {
        if (table.format() != Format.PARQUET) {
            return Optional.empty();
        }
        ParquetRows rows = new ParquetRows(table.parts(), table.columns(), cache);
        Engine engine = new Engine(new Engine.Settings(
                cache.toAbsolutePath().normalize().resolve("spill"), memoryMegabytes, threads, rows.directories()));
        try {
            return Optional.of(open(table, rows, engine));
        } catch (TataraException e) {
            engine.close();
            throw ParquetRows.malformed(e, table.files().get(0).path());
        }
    }

    private static InPlace open(SourceTable table, ParquetRows rows, Engine engine) {
        List<TableColumn> columns = rows.columns();
        List<String> given = engine.query("DESCRIBE SELECT * FROM " + rows.from(), row -> row.getString(2));
        String names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String casts = IntStream.range(0, columns.size())
                .mapToObj(i -> stored("c" + i, given.get(i), columns.get(i).type()))
                .collect(Collectors.joining(", "));
        String from = "(SELECT " + casts + ", " + ROW + " FROM " + rows.numbered() + " AS source(" + names + ", " + ROW
                + "))";
        long count = engine.first("SELECT count(*) FROM " + rows.from(), row -> row.getLong(1))
                .orElse(0L);
        SourceAudit source = new SourceAudit(
                table.name(), table.format().label(), table.files(), table.dialect(), count, 0, "", table.notes());
        return new InPlace(engine, from, columns, count, source);
    }

    private static String stored(String column, String given, TableColumn.Type type) {
        return given.equals(type.name()) ? column : "CAST(" + column + " AS " + type + ") AS " + column;
    }

    @Override
    public void close() {
        engine.close();
    }
}
