package tatara.data.schema;

import java.util.List;
import tatara.core.design.DataDesign;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableProfile;

/**
 * How the cells of a column are read.
 *
 * @param column name
 */
public record CellReading(String column, ColumnType type, CellFormat format) {
    /** As a design says. */
    public static List<CellReading> of(DataDesign.Table table) {
        return table.columns().stream()
                .map(column -> new CellReading(column.name(), column.type(), column.format()))
                .toList();
    }

    /** As a profile found. */
    public static List<CellReading> of(TableProfile profile) {
        return profile.columns().stream()
                .map(column -> new CellReading(column.name(), column.type(), column.format()))
                .toList();
    }

    /** For a processed table, whose cells are values already. */
    public CellReading processed() {
        return new CellReading(column, type, CellFormat.plain());
    }
}
