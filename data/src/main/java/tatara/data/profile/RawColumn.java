package tatara.data.profile;

import tatara.data.lake.TableColumn;

/**
 * A column of a raw table.
 *
 * @param index 0-based position among the user's columns
 * @param position 0-based position in the stored table
 * @param name the user's name
 * @param stored stored type
 */
record RawColumn(int index, int position, String name, TableColumn.Type stored) {
    /** The column in SQL; free of the user's text, so that names that differ in case only stay apart. */
    String sql() {
        return "c" + position;
    }
}
