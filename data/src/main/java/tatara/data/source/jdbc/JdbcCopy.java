package tatara.data.source.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Schema;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.Engine;
import tatara.data.lake.StorageFailure;
import tatara.data.lake.TableColumn;
import tatara.data.source.ColumnNames;

/** Copies the rows of one table or query into a Parquet file: in the order of the primary key, in bounded memory, whole or not at all. */
final class JdbcCopy {
    private static final int MEMORY_MEGABYTES = 512;

    private final JdbcSession session;
    private final Optional<TableName> table;

    /** @param table empty for the location's query */
    JdbcCopy(JdbcSession session, Optional<TableName> table) {
        this.session = session;
        this.table = table;
    }

    /** The columns of a table, or of the location's query. */
    static List<SourceColumn> columns(JdbcSession session, Optional<TableName> table) {
        SqlDialect dialect = session.location().dialect();
        String sql = table.map(name -> "SELECT * FROM " + session.quote(name))
                .orElseGet(() -> session.location().query().orElse(""));
        List<SourceColumn> columns = session.run("looking at " + what(table), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                ResultSetMetaData metadata = statement.getMetaData();
                if (metadata == null || (table.isEmpty() && metadata.getColumnCount() == 0)) {
                    throw new SQLException("the query gives no rows", "42000");
                }
                List<SourceColumn> found = new ArrayList<>(metadata.getColumnCount());
                for (int i = 1; i <= metadata.getColumnCount(); i++) {
                    found.add(new SourceColumn(
                            Objects.requireNonNullElse(metadata.getColumnLabel(i), ""),
                            CellReading.of(metadata, i, dialect)));
                }
                return found;
            }
        });
        if (dialect != SqlDialect.SQLITE || columns.isEmpty()) {
            return columns;
        }
        String from = table.map(session::quote).orElse("(" + sql + ")");
        return SqliteColumns.of(
                session, columns.stream().map(SourceColumn::name).toList(), from);
    }

    private static String what(Optional<TableName> table) {
        return table.map(TableName::text).orElse("the query");
    }

    void to(Path target, LongConsumer progress) {
        List<SourceColumn> columns = columns(session, table).stream()
                .filter(column -> column.reading() != CellReading.NOT_COPIED)
                .toList();
        if (columns.isEmpty()) {
            throw new TataraException(
                    JdbcErrorCode.NOTHING_TO_COPY,
                    Fault.of(what(table) + " has no column that can be copied")
                            .at(session.location().place())
                            .expecting("at least one column that is not binary"));
        }
        Path partial = AtomicFile.temporary(target);
        Path spill = target.resolveSibling("." + target.getFileName() + ".spill");
        try {
            write(columns, partial, spill, progress);
            AtomicFile.move(partial, target);
            progress.accept(Files.size(target));
        } catch (IOException e) {
            throw StorageFailure.of(e, target);
        } finally {
            delete(partial);
            delete(spill);
        }
    }

    private void write(List<SourceColumn> columns, Path partial, Path spill, LongConsumer progress) {
        List<String> names =
                ColumnNames.distinct(columns.stream().map(SourceColumn::name).toList(), new ArrayList<>());
        List<CellReading> readings = columns.stream().map(SourceColumn::reading).toList();
        Schema schema = new Schema(IntStream.range(0, names.size())
                .mapToObj(i -> new Field(names.get(i), readings.get(i).kind()))
                .toList());
        List<TableColumn> stored = IntStream.range(0, names.size())
                .mapToObj(i -> new TableColumn(names.get(i), readings.get(i).type()))
                .toList();
        Path directory = Objects.requireNonNull(partial.toAbsolutePath().getParent());
        try (Engine engine = new Engine(new Engine.Settings(spill, MEMORY_MEGABYTES, 1, List.of(directory)))) {
            engine.copy(
                    partial,
                    stored,
                    schema,
                    sink -> read(columns, new FrameBuilder(schema, readings), frame -> {
                        sink.accept(frame);
                        progress.accept(size(partial));
                    }));
        }
    }

    private void read(List<SourceColumn> columns, FrameBuilder gathered, Consumer<Frame> sink) {
        session.run("reading " + what(table), connection -> {
            try (Statement statement =
                    connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
                statement.setFetchSize(session.location().dialect().fetchSize());
                statement.setQueryTimeout(session.location().timeoutSeconds());
                try (ResultSet rows = statement.executeQuery(select(columns))) {
                    while (rows.next()) {
                        gathered.add(rows);
                        if (gathered.isFull()) {
                            sink.accept(gathered.take());
                        }
                    }
                }
                if (!gathered.isEmpty()) {
                    sink.accept(gathered.take());
                }
                return true;
            }
        });
    }

    /** The query as it is, or the columns of the table in the order of its key. */
    private String select(List<SourceColumn> columns) {
        String wanted =
                columns.stream().map(column -> session.quote(column.name())).collect(Collectors.joining(", "));
        if (table.isEmpty()) {
            return session.location().query().orElse("");
        }
        List<String> key = JdbcCatalog.primaryKey(session, table.get());
        String order = key.isEmpty()
                ? ""
                : key.stream().map(session::quote).collect(Collectors.joining(", ", " ORDER BY ", ""));
        return "SELECT " + wanted + " FROM " + session.quote(table.get()) + order;
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    private static void delete(Path path) {
        try {
            if (Files.isDirectory(path)) {
                try (Stream<Path> inside = Files.list(path)) {
                    for (Path file : inside.toList()) {
                        Files.deleteIfExists(file);
                    }
                }
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw StorageFailure.of(e, path);
        }
    }
}
