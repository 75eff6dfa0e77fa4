package tatara.testkit.fault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tatara.core.evidence.ColumnType;

/**
 * A small table in memory, its cells as the texts that a file would have.
 *
 * @param columns names
 * @param types what the cells mean, one for each column
 * @param rows cells by row; null for none
 */
public record TextTable(List<String> columns, List<ColumnType> types, List<@Nullable String[]> rows) {
    public TextTable {
        columns = List.copyOf(columns);
        types = List.copyOf(types);
    }

    TextTable copy() {
        List<@Nullable String[]> copies = new ArrayList<>(rows.size());
        rows.forEach(row -> copies.add(row.clone()));
        return new TextTable(columns, types, copies);
    }

    TextTable withRows(List<@Nullable String[]> others) {
        return new TextTable(columns, types, others);
    }

    /** Values that are there, of a column. */
    List<String> values(int column) {
        List<String> values = new ArrayList<>();
        for (@Nullable String[] row : rows) {
            String cell = row[column];
            if (cell != null && !cell.isBlank()) {
                values.add(cell);
            }
        }
        return values;
    }

    /** The cells that are plain numbers, NaN for others. */
    double[] numbers(int column) {
        double[] numbers = new double[rows.size()];
        Arrays.setAll(numbers, row -> number(rows.get(row)[column]));
        return numbers;
    }

    static double number(@Nullable String cell) {
        if (cell == null) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(cell.strip());
            return Double.isFinite(value) ? value : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
