/**
 * The lake (D3, D9): tables as Parquet files under Iceberg metadata, and the SQL engine that reads and writes them. Starting points:
 * {@link tatara.data.lake.Lake}, {@link tatara.data.lake.Engine}.
 */
@NullMarked
package tatara.data.lake;

import org.jspecify.annotations.NullMarked;
