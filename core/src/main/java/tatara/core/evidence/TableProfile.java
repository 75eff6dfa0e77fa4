package tatara.core.evidence;

import java.util.List;
import java.util.Optional;

/**
 * What a table holds (D5).
 *
 * @param name table name as the user knows it
 * @param raw where its raw rows lie
 * @param source where they came from
 * @param columns in source order
 * @param duplicateRows rows equal to an earlier row in every column
 * @param keys columns that alone tell rows apart (unique, nothing missing)
 */
public record TableProfile(
        String name,
        TableRef raw,
        SourceAudit source,
        List<ColumnProfile> columns,
        long duplicateRows,
        List<String> keys) {
    public TableProfile {
        columns = NamedColumns.of(columns);
    }

    public Optional<ColumnProfile> find(String column) {
        return NamedColumns.of(columns).find(column);
    }

    public long rows() {
        return raw.rows();
    }
}
