package tatara.core.evidence;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;

/** Columns of a table in their order, found by name at once. Immutable. */
final class NamedColumns extends AbstractList<ColumnProfile> implements RandomAccess {
    private final List<ColumnProfile> columns;
    private final Map<String, ColumnProfile> byName;

    private NamedColumns(List<ColumnProfile> columns) {
        this.columns = List.copyOf(columns);
        this.byName = new HashMap<>();
        this.columns.forEach(column -> byName.putIfAbsent(column.name(), column));
    }

    static NamedColumns of(List<ColumnProfile> columns) {
        return columns instanceof NamedColumns named ? named : new NamedColumns(columns);
    }

    Optional<ColumnProfile> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public ColumnProfile get(int index) {
        return columns.get(index);
    }

    @Override
    public int size() {
        return columns.size();
    }
}
