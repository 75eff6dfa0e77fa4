package tatara.web;

import java.util.List;

/**
 * A table of a page.
 *
 * @param caption what it shows, read aloud and shown above it
 * @param header one text a column
 * @param rows cells, as many as the header has
 */
public record Grid(String caption, List<String> header, List<List<Cell>> rows) {
    public Grid {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * A cell.
     *
     * @param style {@code text}, {@code number}, {@code code}, {@code good}, {@code bad} or {@code warn}
     */
    public record Cell(String text, String style) {}

    public static Cell text(String text) {
        return new Cell(text, "text");
    }

    public static Cell number(String text) {
        return new Cell(text, "number");
    }

    public static Cell code(String text) {
        return new Cell(text, "code");
    }

    public static Cell styled(String text, String style) {
        return new Cell(text, style);
    }
}
