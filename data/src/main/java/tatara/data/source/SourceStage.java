package tatara.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.core.error.TataraException;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Schema;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;

/** Copies single files of a source to Parquet files beside the lake, to be looked at before their rows are taken. Thread-safe. */
public final class SourceStage {
    private final Lake lake;
    private final Path cache;

    /** @param cache directory for temporary files */
    public SourceStage(Lake lake, Path cache) {
        this.lake = lake;
        this.cache = cache.toAbsolutePath().normalize();
    }

    /** Names the columns of the copy. */
    public interface Naming {
        /** A name of its own for each column of the file, in order. */
        List<String> names(List<TableColumn> columns);
    }

    /** A row that could not be read: in which line it starts, why, and what it is, cut if long. */
    public record Unread(String file, long line, String reason, String text) {}

    /**
     * Copies the rows of a file in their order. Numbers of JSON are copied as their texts, so that none is rounded: {@link Staged#columns}
     * tells what they are.
     *
     * @param part one of the table's
     * @param target file to write, below the lake's home; its directory exists
     * @param unread hears of rows that cannot be read
     */
    public Staged stage(SourceTable table, SourcePart part, Path target, Naming naming, Consumer<Unread> unread) {
        SourceTable single = new SourceTable(
                table.name(), table.format(), List.of(part), table.columns(), table.layout(), List.of());
        RowSource rows = Sources.rows(single, cache, new ArrayList<>(), false);
        List<String> names = naming.names(rows.columns());
        if (rows instanceof ParquetRows parquet) {
            copy(parquet, names, target);
            return new Staged(rows.columns(), names);
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(new Field(names.get(i), rows.schema().field(i).kind()));
        }
        Schema schema = new Schema(fields);
        lake.engine()
                .copy(
                        target,
                        schema,
                        sink -> rows.read(
                                frame -> sink.accept(new Frame(schema, frame.columns(), frame.rows())),
                                reject -> unread.accept(
                                        new Unread(reject.file(), reject.line(), reject.reason(), reject.text()))));
        return new Staged(rows.columns(), names);
    }

    /**
     * A file's rows as they were copied.
     *
     * @param columns the file's columns with the types they are to be stored in
     * @param names their names in the copy
     */
    public record Staged(List<TableColumn> columns, List<String> names) {}

    private void copy(ParquetRows rows, List<String> names, Path target) {
        List<TableColumn> columns = rows.columns();
        String select = IntStream.range(0, names.size())
                .mapToObj(i -> "CAST(c" + i + " AS " + columns.get(i).type() + ") AS " + Engine.quote(names.get(i)))
                .collect(Collectors.joining(", "));
        String positions =
                IntStream.range(0, names.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        try (Engine reader = lake.importing(rows.directories())) {
            reader.execute("COPY (SELECT " + select + " FROM (" + rows.sql() + ") AS source(" + positions + ")) TO "
                    + Engine.literal(target.toString()) + " (FORMAT parquet)");
        } catch (TataraException e) {
            throw ParquetRows.malformed(e, rows.directories().get(0).toString());
        }
    }
}
