/**
 * Tables of relational databases, copied into typed Parquet files with bounded memory (D1). Starts with
 * {@link tatara.data.source.jdbc.JdbcConnector}; what a database says of its tables is told by
 * {@link tatara.data.source.jdbc.JdbcCatalog}.
 */
@NullMarked
package tatara.data.source.jdbc;

import org.jspecify.annotations.NullMarked;
