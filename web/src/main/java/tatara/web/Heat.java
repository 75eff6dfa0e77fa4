package tatara.web;

import java.util.List;

/**
 * A table of shaded cells, read like a picture and like a table.
 *
 * @param caption what it shows
 * @param note how to read it
 * @param columns names of the columns
 * @param rows cells by row, as many as columns
 */
public record Heat(String caption, String note, List<String> columns, List<Row> rows) {
    public boolean isEmpty() {
        return rows.isEmpty() || columns.isEmpty();
    }

    /**
     * A row.
     *
     * @param figure a number that belongs to the row, empty for none
     */
    public record Row(String name, String figure, List<Cell> cells) {}

    /**
     * A cell.
     *
     * @param text what stands in it, may be empty
     * @param shade how dark, in [0, 1]
     * @param below whether the value is below zero: another colour
     * @param title what it says in words
     */
    public record Cell(String text, double shade, boolean below, String title) {
        /** For a style attribute. */
        public String opacity() {
            return String.format(java.util.Locale.ROOT, "%.2f", 0.6 * Math.max(0, Math.min(1, shade)));
        }
    }
}
