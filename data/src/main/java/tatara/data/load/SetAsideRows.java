package tatara.data.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.data.lake.Engine;
import tatara.data.lake.StorageFailure;
import tatara.data.lake.TableColumn;

/** Rows that the loads of a table have set aside, read from their files. Used by one thread. */
final class SetAsideRows {
    private final List<Path> files;
    private final List<TableColumn> columns;
    private final Map<String, Integer> positions = new HashMap<>();
    private final BitSet present = new BitSet();
    private final List<Row> rows = new ArrayList<>();

    /** @param columns of the table */
    SetAsideRows(List<Path> files, List<TableColumn> columns) {
        this.files = files;
        this.columns = columns;
        for (int i = 0; i < columns.size(); i++) {
            positions.put(columns.get(i).name(), i);
        }
    }

    /** Where a row came from, and its number among the staged ones. */
    private record Row(Batch.Place place, long number) {}

    /**
     * Copies the rows that have cells to a Parquet file, in the types of the table. All others go to {@code aside}.
     *
     * @return where the copied rows came from, in their order
     */
    List<Batch.Place> stage(Engine engine, Columns coming, Path copy, SetAside aside) {
        Path texts = copy.resolveSibling("texts-" + copy.getFileName());
        Schema schema = new Schema(IntStream.range(0, columns.size())
                .mapToObj(i -> new Field("t" + i, Kind.TEXT))
                .toList());
        engine.copy(texts, schema, sink -> read(schema, sink, aside));
        Set<Long> unreadable = unreadable(engine, texts, aside);
        List<TableColumn> came = present.stream().mapToObj(columns::get).toList();
        List<String> names = coming.come(came);
        int[] at = present.stream().toArray();
        String select = IntStream.range(0, at.length)
                .mapToObj(i -> cast(at[i]) + " AS " + names.get(i))
                .collect(Collectors.joining(", "));
        engine.execute("COPY (SELECT " + (select.isEmpty() ? "NULL AS nothing" : select) + " FROM "
                + source(texts) + " WHERE NOT (" + wrong() + ") ORDER BY file_row_number) TO "
                + Engine.literal(copy.toString()) + " (FORMAT parquet)");
        return rows.stream()
                .filter(row -> !unreadable.contains(row.number()))
                .map(Row::place)
                .toList();
    }

    private String cast(int column) {
        return "TRY_CAST(t" + column + " AS " + columns.get(column).type() + ")";
    }

    private static String source(Path texts) {
        return "read_parquet(" + Engine.literal(texts.toString()) + ", file_row_number = true)";
    }

    private String wrong() {
        String any = present.stream()
                .mapToObj(i -> "(t" + i + " IS NOT NULL AND " + cast(i) + " IS NULL)")
                .collect(Collectors.joining(" OR "));
        return any.isEmpty() ? "false" : any;
    }

    /** Rows with a cell that its column's type cannot hold. */
    private Set<Long> unreadable(Engine engine, Path texts, SetAside aside) {
        String cells =
                IntStream.range(0, columns.size()).mapToObj(i -> ", t" + i).collect(Collectors.joining());
        String first = present.stream()
                .mapToObj(i -> "WHEN t" + i + " IS NOT NULL AND " + cast(i) + " IS NULL THEN " + i)
                .collect(Collectors.joining(" "));
        Set<Long> numbers = new HashSet<>();
        if (first.isEmpty()) {
            return numbers;
        }
        String sql = "SELECT file_row_number, CASE " + first + " END" + cells + " FROM " + source(texts) + " WHERE "
                + wrong() + " ORDER BY file_row_number";
        engine.query(sql, row -> {
            numbers.add(row.getLong(1));
            TableColumn column = columns.get((int) row.getLong(2));
            Map<String, Json> values = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                String value = row.getString(3 + i);
                values.put(columns.get(i).name(), value == null ? Json.NULL : Json.string(value));
            }
            Batch.Place place = rows.get((int) row.getLong(1)).place();
            String reason = column.name() + " cannot be read as " + column.type();
            aside.cells(place.file(), place.line(), reason, values);
            return true;
        });
        return numbers;
    }

    /** A row that stands in several files, as a load that was repeated leaves it, comes once. */
    private void read(Schema schema, Consumer<Frame> sink, SetAside aside) {
        Set<String> seen = new HashSet<>();
        List<@Nullable String[]> waiting = new ArrayList<>();
        for (Path file : files) {
            try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                long number = 0;
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    number++;
                    if (!line.isBlank()) {
                        Json.Obj row = row(file + ":" + number, line);
                        if (seen.add(Ledger.hash(row.with("reason", "").toString()))) {
                            take(file + ":" + number, row, waiting, aside);
                        }
                    }
                    if (waiting.size() == Frame.BATCH_ROWS) {
                        give(schema, waiting, sink);
                    }
                }
            } catch (IOException e) {
                throw StorageFailure.of(e, file);
            }
        }
        give(schema, waiting, sink);
    }

    private void give(Schema schema, List<@Nullable String[]> waiting, Consumer<Frame> sink) {
        if (!waiting.isEmpty()) {
            List<@Nullable String[]> batch = List.copyOf(waiting);
            sink.accept(new Frame(
                    schema,
                    IntStream.range(0, columns.size())
                            .<tatara.core.frame.Column>mapToObj(
                                    i -> TextColumn.of(batch.size(), row -> batch.get(row)[i]))
                            .toList(),
                    batch.size()));
            waiting.clear();
        }
    }

    private static Json.Obj row(String name, String line) {
        if (JsonText.read(name, line) instanceof Json.Obj row
                && row.find("file").orElse(Json.NULL) instanceof Json.Str
                && row.find("line").orElse(Json.NULL) instanceof Json.Num) {
            return row;
        }
        throw unclear(
                "a line of the rows that were set aside cannot be understood",
                name,
                "{\"file\":\"…\",\"line\":1,\"reason\":\"…\",\"cells\":{\"COLUMN\":\"VALUE\"}}");
    }

    private void take(String name, Json.Obj row, List<@Nullable String[]> waiting, SetAside aside) {
        Json.Num number = (Json.Num) row.find("line").orElseThrow();
        String file = ((Json.Str) row.find("file").orElseThrow()).value();
        Batch.Place place = new Batch.Place(file.intern(), number.value().longValue());
        if (row.find("cells").orElse(Json.NULL) instanceof Json.Obj cells
                && !cells.members().isEmpty()) {
            waiting.add(texts(name, cells));
            rows.add(new Row(place, rows.size()));
        } else {
            String reason = text(row.find("reason").orElse(Json.NULL));
            String whole = text(row.find("text").orElse(Json.NULL));
            aside.text(
                    place.file(),
                    place.line(),
                    Objects.requireNonNullElse(reason, ""),
                    Objects.requireNonNullElse(whole, ""));
        }
    }

    private @Nullable String[] texts(String name, Json.Obj cells) {
        @Nullable String[] texts = new String[columns.size()];
        cells.members().forEach((column, value) -> {
            Integer position = positions.get(column);
            if (position == null) {
                throw unclear(
                        "a row that was set aside has a cell of a column that the table lacks: " + column,
                        name,
                        "columns of the table: "
                                + columns.stream()
                                        .map(TableColumn::name)
                                        .limit(30)
                                        .collect(Collectors.joining(", ")));
            }
            texts[position] = text(value);
            present.set(position);
        });
        return texts;
    }

    /** People write numbers as numbers; empty is missing. */
    private static @Nullable String text(Json value) {
        if (value instanceof Json.Str string) {
            return string.value().isEmpty() ? null : string.value();
        }
        return value == Json.NULL ? null : JsonText.write(value);
    }

    private static TataraException unclear(String what, String where, String expected) {
        return new TataraException(
                LoadErrorCode.SET_ASIDE_UNCLEAR,
                Fault.of(what).at(where).expecting(expected).todo("Correct the line, or delete it"));
    }
}
