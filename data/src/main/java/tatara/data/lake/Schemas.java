package tatara.data.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Columns of the lake as Iceberg's schemas. A column keeps its field id as long as it keeps its name and its type. */
final class Schemas {
    private Schemas() {}

    /** @param lastColumnId greatest field id that the table has ever given */
    static Schema evolve(@Nullable Schema before, List<TableColumn> columns, int lastColumnId) {
        Map<String, Types.NestedField> known = before == null
                ? Map.of()
                : before.columns().stream().collect(Collectors.toMap(Types.NestedField::name, Function.identity()));
        int next = lastColumnId;
        List<Types.NestedField> fields = new ArrayList<>(columns.size());
        for (TableColumn column : columns) {
            Types.NestedField field = known.get(column.name());
            boolean kept = field != null && field.type().equals(icebergType(column.type()));
            fields.add(kept ? field : Types.NestedField.optional(++next, column.name(), icebergType(column.type())));
        }
        return new Schema(fields);
    }

    static List<Integer> fieldIds(Schema schema) {
        return schema.columns().stream().map(Types.NestedField::fieldId).toList();
    }

    static List<TableColumn> columns(Schema schema) {
        return schema.columns().stream()
                .map(field -> new TableColumn(field.name(), columnType(field.type())))
                .toList();
    }

    /**
     * The columns that hold both: those of before in their order, widened where they must be, then the new ones; a {@code _row} at the end
     * stays there. Names that differ only in case are the same column.
     */
    static List<TableColumn> union(List<TableColumn> before, List<TableColumn> given) {
        Map<String, TableColumn> added = given.stream().collect(Collectors.toMap(Schemas::key, Function.identity()));
        List<TableColumn> all = new ArrayList<>();
        for (TableColumn column : before) {
            TableColumn other = added.remove(key(column));
            all.add(other == null ? column : new TableColumn(column.name(), widest(column.type(), other.type())));
        }
        List<TableColumn> fresh =
                given.stream().filter(column -> added.containsKey(key(column))).toList();
        int last = all.size() - 1;
        all.addAll(last >= 0 && all.get(last).name().equals(Lake.ROW) ? last : last + 1, fresh);
        return all;
    }

    static String key(TableColumn column) {
        return column.name().toLowerCase(Locale.ROOT);
    }

    private static TableColumn.Type widest(TableColumn.Type stored, TableColumn.Type given) {
        if (stored == given) {
            return stored;
        }
        boolean numbers = stored.kind() == tatara.core.frame.Kind.NUMBER && given.kind() == stored.kind();
        return numbers ? TableColumn.Type.DOUBLE : TableColumn.Type.VARCHAR;
    }

    private static Type icebergType(TableColumn.Type type) {
        return switch (type) {
            case BIGINT -> Types.LongType.get();
            case DOUBLE -> Types.DoubleType.get();
            case BOOLEAN -> Types.BooleanType.get();
            case VARCHAR -> Types.StringType.get();
            case TIMESTAMP -> Types.TimestampType.withoutZone();
        };
    }

    private static TableColumn.Type columnType(Type type) {
        return switch (type.typeId()) {
            case INTEGER, LONG -> TableColumn.Type.BIGINT;
            case FLOAT, DOUBLE, DECIMAL -> TableColumn.Type.DOUBLE;
            case BOOLEAN -> TableColumn.Type.BOOLEAN;
            case DATE, TIMESTAMP, TIMESTAMP_NANO -> TableColumn.Type.TIMESTAMP;
            default -> TableColumn.Type.VARCHAR;
        };
    }
}
