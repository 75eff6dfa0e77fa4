package tatara.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Frame;
import tatara.core.frame.Schema;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.data.lake.DataErrorCode;
import tatara.data.lake.TableColumn;

/** The rows of JSON files. A first pass finds the columns and their types; cells are handed over as texts. */
final class JsonRows implements RowSource {
    private static final int MOST_COLUMNS = 50_000;

    private final List<SourcePart> parts;
    private final List<String> paths;
    private final List<TableColumn> columns;
    private final Schema schema;

    JsonRows(List<SourcePart> parts, List<String> notes) {
        this.parts = parts;
        Map<String, FlatJson.Type> found = new LinkedHashMap<>();
        for (SourcePart part : parts) {
            records(part, (line, cells) -> merge(found, cells, part), reject -> {});
        }
        this.paths = List.copyOf(found.keySet());
        List<String> names = ColumnNames.distinct(paths, notes);
        List<TableColumn> typed = new ArrayList<>(names.size());
        int at = 0;
        for (FlatJson.Type type : found.values()) {
            typed.add(new TableColumn(
                    names.get(at++),
                    switch (type) {
                        case BOOLEAN -> TableColumn.Type.BOOLEAN;
                        case BIGINT -> TableColumn.Type.BIGINT;
                        case DOUBLE -> TableColumn.Type.DOUBLE;
                        case NOTHING, VARCHAR -> TableColumn.Type.VARCHAR;
                    }));
        }
        this.columns = List.copyOf(typed);
        this.schema = TextRows.schema(names);
    }

    private static void merge(Map<String, FlatJson.Type> found, Map<String, FlatJson.Cell> cells, SourcePart part) {
        cells.forEach((path, cell) -> found.merge(path, cell.type(), FlatJson.Type::or));
        if (found.size() > MOST_COLUMNS) {
            throw new TataraException(
                    DataErrorCode.SOURCE_MALFORMED,
                    Fault.of("the objects have more than " + MOST_COLUMNS + " different keys")
                            .at(part.file().path())
                            .expecting("objects with the same keys, one for each row")
                            .todo("Put what varies into values, not keys"));
        }
    }

    @Override
    public List<TableColumn> columns() {
        return columns;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public long read(Consumer<Frame> rows, Consumer<Reject> rejects) {
        TextRows gathered = new TextRows(schema, rows);
        for (SourcePart part : parts) {
            records(
                    part,
                    (line, cells) -> {
                        for (int i = 0; i < paths.size(); i++) {
                            FlatJson.Cell cell = cells.get(paths.get(i));
                            gathered.add(i, cell == null || cell.type() == FlatJson.Type.NOTHING ? null : cell.text());
                        }
                        gathered.endRow();
                    },
                    rejects);
        }
        gathered.flush();
        return gathered.total();
    }

    private static void records(
            SourcePart part, BiConsumer<Long, Map<String, FlatJson.Cell>> row, Consumer<Reject> rejects) {
        Path file = Path.of(part.file().path());
        try (JsonRecords records = new JsonRecords(
                Encodings.reader(file, part.dialect()),
                file.toString(),
                part.dialect().array())) {
            for (String text = records.next(); text != null; text = records.next()) {
                Map<String, FlatJson.Cell> cells;
                try {
                    Json value = JsonText.read(file + ":" + records.line(), text);
                    if (!(value instanceof Json.Obj object)) {
                        rejects.accept(reject(file, records.line(), "not a JSON object", text));
                        continue;
                    }
                    cells = FlatJson.cells(object);
                } catch (TataraException e) {
                    rejects.accept(reject(file, records.line(), e.fault().what(), text));
                    continue;
                }
                row.accept(records.line(), cells);
            }
        } catch (IOException e) {
            throw SourceBytes.failure(e, file);
        }
    }

    private static Reject reject(Path file, long line, String reason, String text) {
        String cut = text.length() > Reject.LONGEST_TEXT ? text.substring(0, Reject.LONGEST_TEXT) : text;
        return new Reject(file.toString(), line, reason, cut);
    }
}
