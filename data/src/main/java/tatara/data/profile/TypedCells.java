package tatara.data.profile;

import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.frame.Kind;
import tatara.data.lake.TableColumn;

/** SQL expressions for the text and the value of stored cells, read as {@link tatara.model.transform.CellParser} reads them. */
public final class TypedCells {
    private TypedCells() {}

    /** The cell's text, trimmed, NULL if the cell is missing. */
    public static String text(TableColumn.Type stored, String cell, ColumnType type, CellFormat format) {
        String text = CellSql.text(stored, cell);
        String trimmed = stored == TableColumn.Type.VARCHAR ? CellSql.trimmed(text) : text;
        String present = CellSql.present(trimmed, reading(type, format));
        return type.kind() == Kind.NUMBER && stored == TableColumn.Type.VARCHAR
                ? "CASE WHEN lower(" + trimmed + ") = 'nan' THEN NULL ELSE " + present + " END"
                : present;
    }

    /**
     * The value as a double: a number, microseconds since 1970, or 1 and 0 for truth values; NULL if missing or invalid.
     *
     * @param text the expression of {@link #text}, or a column that holds it
     */
    public static String value(TableColumn.Type stored, String text, ColumnType type, CellFormat format) {
        return CellSql.value(new RawColumn(0, 0, "", stored), text, reading(type, format));
    }

    /** Whether cells of this type have a value beside their text. */
    public static boolean isValued(ColumnType type) {
        return type.kind() != Kind.TEXT || type == ColumnType.BOOLEAN;
    }

    /** The time pattern of a format in the letters of {@code strptime}; the names of the others stay as they are. */
    public static String timePattern(CellFormat format) {
        String pattern = format.timePattern().orElse("");
        return pattern.isEmpty() || pattern.startsWith("epoch-") ? pattern : TimePattern.strptime(pattern);
    }

    private static Reading reading(ColumnType type, CellFormat format) {
        Reading.Kind kind =
                switch (type) {
                    case NUMBER, INTEGER -> Reading.Kind.NUMBER;
                    case TIME -> Reading.Kind.TIME;
                    case BOOLEAN -> Reading.Kind.BOOLEAN;
                    case EMPTY, CATEGORY, TEXT, IDENTIFIER -> Reading.Kind.TEXT;
                };
        return Reading.of(kind, format, "");
    }
}
