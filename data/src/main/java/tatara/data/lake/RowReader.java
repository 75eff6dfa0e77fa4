package tatara.data.lake;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the current row of a result into a value; never null. */
@FunctionalInterface
public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
}
