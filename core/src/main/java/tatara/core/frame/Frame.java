package tatara.core.frame;

import java.util.List;

/** A batch of rows: one column per field, all of the same size. Immutable, thread-safe. */
public record Frame(Schema schema, List<Column> columns, int rows) {
    /** The usual number of rows of a streamed batch. */
    public static final int BATCH_ROWS = 65_536;

    public Frame {
        columns = List.copyOf(columns);
        if (columns.size() != schema.size()) {
            throw new IllegalArgumentException("columns: " + columns.size() + " (expected: " + schema.size() + ")");
        }
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (column.size() != rows || column.kind() != schema.field(i).kind()) {
                throw new IllegalArgumentException("column " + schema.field(i).name() + ": " + column.size()
                        + " rows of " + column.kind() + " (expected: " + rows + " of "
                        + schema.field(i).kind() + ")");
            }
        }
    }

    public Column column(int index) {
        return columns.get(index);
    }

    /** @throws IllegalArgumentException if there is no such column */
    public Column column(String name) {
        return columns.get(schema.indexOf(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "column: " + name + " (expected: one of " + schema.names() + ")")));
    }
}
