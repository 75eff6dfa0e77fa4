package tatara.data.source;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Schema;
import tatara.data.lake.DataErrorCode;
import tatara.data.lake.Engine;
import tatara.data.lake.TableColumn;

/** The rows of Parquet files, read by an engine of their own that may read their directories. */
final class ParquetRows implements RowSource {
    private static final int MEMORY_MEGABYTES = 512;

    private final List<SourcePart> parts;
    private final Path cache;
    private final List<TableColumn> columns;

    ParquetRows(List<SourcePart> parts, List<String> names, Path cache) {
        this.parts = parts;
        this.cache = cache;
        List<TableColumn.Type> types = with(engine -> describe(engine, from())).stream()
                .map(TableColumn::type)
                .toList();
        this.columns = IntStream.range(0, names.size())
                .mapToObj(i -> new TableColumn(names.get(i), types.get(i)))
                .toList();
    }

    /** Column names of one file, as the engine sees them. */
    static List<String> names(Path file, Path cache) {
        checkComplete(file);
        try (Engine engine = engine(List.of(parent(file)), cache, 1)) {
            return describe(engine, "read_parquet(" + Engine.literal(file.toString()) + ", hive_partitioning = false)")
                    .stream()
                    .map(TableColumn::name)
                    .toList();
        } catch (TataraException e) {
            throw malformed(e, file.toString());
        }
    }

    private static List<TableColumn> describe(Engine engine, String from) {
        return engine.query(
                "DESCRIBE SELECT * FROM " + from,
                row -> new TableColumn(row.getString(1), TableColumn.Type.of(row.getString(2))));
    }

    /** A query for all rows, with the names the table gets. */
    String sql() {
        String positions =
                IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String select = IntStream.range(0, columns.size())
                .mapToObj(i -> "c" + i + " AS " + Engine.quote(columns.get(i).name()))
                .collect(Collectors.joining(", "));
        return "SELECT " + select + " FROM (SELECT * FROM " + from() + ") AS source(" + positions + ")";
    }

    /** A table function that gives all rows. */
    String from() {
        return from("");
    }

    /** The same with the position of each row in its file as the last column. */
    String numbered() {
        return from(", file_row_number = true");
    }

    private String from(String options) {
        String files =
                parts.stream().map(part -> Engine.literal(part.file().path())).collect(Collectors.joining(", "));
        return "read_parquet([" + files + "], union_by_name = true, hive_partitioning = false" + options + ")";
    }

    /** Directories that reading needs. */
    List<Path> directories() {
        return parts.stream()
                .map(part -> parent(Path.of(part.file().path())))
                .distinct()
                .toList();
    }

    @Override
    public List<TableColumn> columns() {
        return columns;
    }

    @Override
    public Schema schema() {
        return new Schema(columns.stream()
                .map(column -> new Field(column.name(), column.type().kind()))
                .toList());
    }

    @Override
    public long read(Consumer<Frame> rows, Consumer<Reject> rejects) {
        long[] total = {0};
        with(engine -> {
            engine.stream(sql(), schema(), frame -> {
                total[0] += frame.rows();
                rows.accept(frame);
            });
            return true;
        });
        return total[0];
    }

    private <T> T with(Function<Engine, T> work) {
        parts.forEach(part -> checkComplete(Path.of(part.file().path())));
        try (Engine engine = engine(directories(), cache, 2)) {
            return work.apply(engine);
        } catch (TataraException e) {
            throw malformed(e, parts.get(0).file().path());
        }
    }

    private static Engine engine(List<Path> directories, Path cache, int threads) {
        return new Engine(new Engine.Settings(cache.resolve("spill"), MEMORY_MEGABYTES, threads, directories));
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    /** A refused query on the user's file is the file's fault. */
    static TataraException malformed(TataraException e, String file) {
        if (e.code() != DataErrorCode.QUERY_FAILED) {
            return e;
        }
        return new TataraException(
                DataErrorCode.SOURCE_MALFORMED,
                Fault.of("not a readable Parquet file: "
                                + e.fault().what().lines().findFirst().orElse(""))
                        .at(file)
                        .todo("Write or copy it again"),
                e);
    }

    private static void checkComplete(Path file) {
        try {
            long size = Files.size(file);
            byte[] end = new byte[4];
            try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
                access.seek(Math.max(0, size - 4));
                access.readFully(end);
            }
            if (size < 12 || !Signatures.isParquet(end)) {
                throw new TataraException(
                        DataErrorCode.SOURCE_MALFORMED,
                        Fault.of("the Parquet file is cut off: its footer is missing")
                                .at(file.toString())
                                .todo("Wait until it is written, or write or copy it again"));
            }
        } catch (IOException e) {
            throw SourceBytes.failure(e, file);
        }
    }
}
