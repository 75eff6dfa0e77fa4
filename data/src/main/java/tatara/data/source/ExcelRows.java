package tatara.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import tatara.core.frame.Frame;
import tatara.core.frame.Schema;
import tatara.data.lake.TableColumn;

/** The rows of sheets, without those that are blank. A first pass finds the types; cells are handed over as texts. */
final class ExcelRows implements RowSource {
    private final List<SourcePart> parts;
    private final List<String> names;
    private final List<TableColumn> columns;
    private final Schema schema;

    ExcelRows(List<SourcePart> parts, List<String> names) {
        this.parts = parts;
        this.names = names;
        this.schema = TextRows.schema(names);
        FlatJson.Type[] types = new FlatJson.Type[names.size()];
        Arrays.fill(types, FlatJson.Type.NOTHING);
        each(cells -> {
            for (int i = 0; i < types.length; i++) {
                types[i] = types[i].or(cells[i].type());
            }
        });
        List<TableColumn> typed = new ArrayList<>(types.length);
        for (int i = 0; i < types.length; i++) {
            typed.add(new TableColumn(
                    names.get(i),
                    switch (types[i]) {
                        case BOOLEAN -> TableColumn.Type.BOOLEAN;
                        case BIGINT -> TableColumn.Type.BIGINT;
                        case DOUBLE -> TableColumn.Type.DOUBLE;
                        case NOTHING, VARCHAR -> TableColumn.Type.VARCHAR;
                    }));
        }
        this.columns = List.copyOf(typed);
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
        each(cells -> {
            for (int i = 0; i < cells.length; i++) {
                gathered.add(i, cells[i].isMissing() ? null : cells[i].text());
            }
            gathered.endRow();
        });
        gathered.flush();
        return gathered.total();
    }

    private void each(Consumer<ExcelCell[]> consumer) {
        for (SourcePart part : parts) {
            SheetArea area = part.dialect().sheet();
            int[] positions = names.stream()
                    .mapToInt(name -> area.columns().get(part.columns().indexOf(name)))
                    .toArray();
            try (ExcelBook book = ExcelBook.open(Path.of(part.file().path()))) {
                boolean from1904 = book.from1904();
                ExcelCell[] cells = new ExcelCell[positions.length];
                book.rows(area.sheet(), row -> {
                    if (row.getRowNum() - 1 < area.firstRow()) {
                        return true;
                    }
                    boolean blank = true;
                    for (int i = 0; i < cells.length; i++) {
                        cells[i] =
                                ExcelCell.of(row.getOptionalCell(positions[i]).orElse(null), from1904);
                        blank &= cells[i].isMissing();
                    }
                    if (!blank) {
                        consumer.accept(cells);
                    }
                    return true;
                });
            }
        }
    }
}
