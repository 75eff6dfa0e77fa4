package tatara.data.source.jdbc;

/**
 * A column of a table or query.
 *
 * @param name as the database knows it
 * @param reading how its cells are copied
 */
record SourceColumn(String name, CellReading reading) {}
