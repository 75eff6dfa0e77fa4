package tatara.data.source;

import java.util.List;

/**
 * Where a table lies in a sheet of a workbook.
 *
 * @param sheet name of the sheet
 * @param only whether no other sheet of the workbook holds a table
 * @param firstRow 0-based row of the sheet with the table's first row of data
 * @param columns 0-based columns of the sheet, one for each column of the table
 */
public record SheetArea(String sheet, boolean only, int firstRow, List<Integer> columns) {
    static final SheetArea NONE = new SheetArea("", true, 0, List.of());

    public SheetArea {
        columns = List.copyOf(columns);
    }
}
