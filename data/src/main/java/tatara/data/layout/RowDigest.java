package tatara.data.layout;

import java.math.BigInteger;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;

/**
 * What the rows of a version add up to, whatever their order and files: all cells and {@code _row}, by DuckDB's 64-bit hash of each row. It
 * tells accidents, not forgeries.
 *
 * @param sum of the hashes
 * @param mixed exclusive or of the hashes
 */
public record RowDigest(long rows, BigInteger sum, BigInteger mixed) {
    public static RowDigest of(Lake lake, TableRef table) {
        String sql = "SELECT count(*), CAST(coalesce(sum(CAST(hash(t) AS HUGEINT)), 0) AS VARCHAR),"
                + " CAST(coalesce(bit_xor(hash(t)), 0) AS VARCHAR) FROM " + lake.from(table) + " t";
        return lake.engine()
                .first(
                        sql,
                        row -> new RowDigest(
                                row.getLong(1), new BigInteger(row.getString(2)), new BigInteger(row.getString(3))))
                .orElseThrow();
    }
}
