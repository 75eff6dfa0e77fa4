package tatara.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import tatara.core.frame.Frame;
import tatara.core.frame.Schema;
import tatara.data.lake.TableColumn;

/**
 * The rows of delimited files, every cell as the text it is. A row with another number of cells than the header is rejected, unless the
 * dialect is ragged: then cells that a row lacks at its end are missing.
 */
final class CsvRows implements RowSource {
    private final List<SourcePart> parts;
    private final List<String> names;
    private final Schema schema;
    private final List<String> notes;
    private final boolean everyRow;

    /**
     * @param notes receives what a person should know when all rows are read
     * @param everyRow whether rows that hold no value are rows
     */
    CsvRows(List<SourcePart> parts, List<String> names, List<String> notes, boolean everyRow) {
        this.notes = notes;
        this.everyRow = everyRow;
        this.parts = parts;
        this.names = names;
        this.schema = TextRows.schema(names);
    }

    @Override
    public List<TableColumn> columns() {
        return names.stream()
                .map(name -> new TableColumn(name, TableColumn.Type.VARCHAR))
                .toList();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public long read(Consumer<Frame> rows, Consumer<Reject> rejects) {
        TextRows gathered = new TextRows(schema, rows);
        for (SourcePart part : parts) {
            int[] positions = names.stream().mapToInt(part.columns()::indexOf).toArray();
            Path file = Path.of(part.file().path());
            try (CsvRecords records = CsvRecords.open(file, part, rejects)) {
                if (!everyRow) {
                    records.withoutHollow();
                }
                while (records.next()) {
                    CsvReader record = records.record();
                    for (int i = 0; i < positions.length; i++) {
                        if (records.blank()) {
                            gathered.addMissing(i);
                        } else {
                            copy(record, positions[i], gathered, i);
                        }
                    }
                    gathered.endRow();
                }
                note(records, part);
            } catch (IOException e) {
                throw SourceBytes.failure(e, file);
            }
        }
        gathered.flush();
        return gathered.total();
    }

    private void note(CsvRecords records, SourcePart part) {
        String where = parts.size() > 1 ? " in " + part.file().path() : "";
        if (records.hollow() > 0) {
            notes.add(records.hollow()
                    + (records.hollow() == 1 ? " row holds no value and is" : " rows hold no value and are")
                    + " left out" + where);
        }
        if (records.shorter() > 0) {
            notes.add("cells at the end of " + records.shorter() + (records.shorter() == 1 ? " row are" : " rows are")
                    + " not there; they are taken for missing" + where);
        }
    }

    private static void copy(CsvReader record, int cell, TextRows gathered, int column) {
        if (cell >= record.size() || (record.empty(cell) && !record.quoted(cell))) {
            gathered.addMissing(column);
        } else {
            gathered.add(column, record.characters(cell), record.start(cell), record.end(cell));
        }
    }
}
