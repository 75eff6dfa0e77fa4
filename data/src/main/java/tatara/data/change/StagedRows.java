package tatara.data.change;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.json.Json;
import tatara.data.lake.Engine;
import tatara.data.lake.StorageFailure;

/**
 * Rows that wait for their commit, as Parquet files of texts. Each column of the source has a fixed name here, {@code c0}, {@code c1} …,
 * whatever its own holds; {@code k0} … tell that a column keeps its stored value, which lies under the key {@code o0} …. Used by one thread.
 */
final class StagedRows {
    private final Engine engine;
    private final Path directory;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final List<Path> parts = new ArrayList<>();
    private int written;

    /** @param directory of its own; what an earlier process left there is removed */
    StagedRows(Engine engine, Path directory) {
        this.engine = engine;
        this.directory = directory;
        clear();
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** @param keys number of columns of the key */
    void write(List<String> columns, int keys, List<Gathered.Row> rows) {
        columns.forEach(column -> places.computeIfAbsent(column, fresh -> places.size()));
        List<Field> fields = new ArrayList<>();
        for (String column : columns) {
            fields.add(new Field(cell(column), Kind.TEXT));
            fields.add(new Field(kept(column), Kind.TEXT));
        }
        for (int i = 0; i < keys; i++) {
            fields.add(new Field(origin(i), Kind.TEXT));
        }
        fields.add(new Field("deleted", Kind.TEXT));
        Schema schema = new Schema(fields);
        Path file = directory.resolve("part-" + written++ + ".parquet");
        engine.copy(file, schema, sink -> {
            for (int from = 0; from < rows.size(); from += Frame.BATCH_ROWS) {
                sink.accept(frame(
                        schema, columns, keys, rows.subList(from, Math.min(rows.size(), from + Frame.BATCH_ROWS))));
            }
        });
        parts.add(file);
    }

    private static Frame frame(Schema schema, List<String> columns, int keys, List<Gathered.Row> rows) {
        List<Column> cells = new ArrayList<>();
        for (String column : columns) {
            cells.add(text(rows, row -> {
                Json value = rows.get(row).values().get(column);
                return value == null ? null : CellForm.text(value);
            }));
            cells.add(text(rows, row -> {
                Gathered.Row state = rows.get(row);
                return state.whole() || state.deleted() || state.values().containsKey(column) ? null : "kept";
            }));
        }
        for (int i = 0; i < keys; i++) {
            int place = i;
            cells.add(text(rows, row -> CellForm.text(rows.get(row).origin().get(place))));
        }
        cells.add(text(rows, row -> rows.get(row).deleted() ? "deleted" : null));
        return new Frame(schema, cells, rows.size());
    }

    private static TextColumn text(List<Gathered.Row> rows, IntFunction<@Nullable String> value) {
        return TextColumn.of(rows.size(), value);
    }

    /** SQL name of a column's values. */
    String cell(String column) {
        return "c" + places.get(column);
    }

    /** SQL name of what says that a column keeps its stored value. */
    String kept(String column) {
        return "k" + places.get(column);
    }

    /** SQL name of a part of the key under which kept values lie. */
    static String origin(int part) {
        return "o" + part;
    }

    boolean has(String column) {
        return places.containsKey(column);
    }

    /** What a FROM clause reads; {@code deleted} is there too. */
    String from() {
        String files =
                parts.stream().map(part -> Engine.literal(part.toString())).collect(Collectors.joining(", "));
        return "read_parquet([" + files + "], union_by_name = true, hive_partitioning = false)";
    }

    /** Removes all files. */
    void clear() {
        places.clear();
        parts.clear();
        try {
            Files.createDirectories(directory);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.parquet")) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, directory);
        }
    }
}
