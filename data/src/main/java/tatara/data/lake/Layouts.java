package tatara.data.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.UnboundTerm;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Layouts as Iceberg's partition specs and sort orders. */
final class Layouts {
    private static final Pattern TRANSFORM = Pattern.compile("(day|month|year)\\((.*)\\)", Pattern.DOTALL);

    private Layouts() {}

    /** A partition field: a column, and what of it. */
    private record Part(String transform, String column) {
        static Part of(String text, Schema schema) {
            Matcher matcher = TRANSFORM.matcher(text);
            boolean isColumn = schema.findField(text) != null;
            return !isColumn && matcher.matches()
                    ? new Part(matcher.group(1), matcher.group(2))
                    : new Part("identity", text);
        }

        String text() {
            return transform.equals("identity") ? column : transform + "(" + column + ")";
        }

        UnboundTerm<?> term() {
            return switch (transform) {
                case "day" -> Expressions.day(column);
                case "month" -> Expressions.month(column);
                case "year" -> Expressions.year(column);
                default -> Expressions.ref(column);
            };
        }

        /** SQL of Iceberg's value of the partition. */
        String sql(Type type) {
            String quoted = Engine.quote(column);
            return switch (transform) {
                case "day" -> "CAST(date_diff('day', DATE '1970-01-01', CAST(" + quoted + " AS DATE)) AS INTEGER)";
                case "month" -> "CAST((year(" + quoted + ") - 1970) * 12 + month(" + quoted + ") - 1 AS INTEGER)";
                case "year" -> "CAST(year(" + quoted + ") - 1970 AS INTEGER)";
                default -> type.typeId() == Type.TypeID.TIMESTAMP ? "epoch_us(" + quoted + ")" : quoted;
            };
        }
    }

    /** How a table's new files are laid out. */
    static Layout of(TableMetadata table) {
        List<String> partitions = new ArrayList<>();
        for (PartitionField field : table.spec().fields()) {
            Types.NestedField column = table.schema().findField(field.sourceId());
            if (column != null && !field.transform().isVoid()) {
                partitions.add(new Part(field.transform().toString(), column.name()).text());
            }
        }
        List<String> sorted = new ArrayList<>();
        table.sortOrder().fields().forEach(field -> {
            Types.NestedField column = table.schema().findField(field.sourceId());
            if (column != null) {
                sorted.add(column.name());
            }
        });
        return new Layout(partitions, sorted);
    }

    /** What of a layout columns allow. */
    static Layout within(Layout layout, Schema schema) {
        return new Layout(
                layout.partitionBy().stream()
                        .filter(text -> fits(Part.of(text, schema), schema))
                        .toList(),
                layout.sortBy().stream()
                        .filter(column -> schema.findField(column) != null)
                        .toList());
    }

    /** @throws TataraException if a column is missing, or cannot be partitioned by */
    static void check(Layout layout, Schema schema) {
        if (!within(layout, schema).equals(layout)) {
            throw new TataraException(
                    DataErrorCode.LAYOUT_REFUSED,
                    Fault.of("the table cannot be laid out by " + layout.partitionBy() + ", sorted by "
                                    + layout.sortBy())
                            .expecting(
                                    "columns of the table; partitions by integers, texts, booleans or times, and day(…),"
                                            + " month(…), year(…) of times"));
        }
    }

    private static boolean fits(Part part, Schema schema) {
        Types.NestedField field = schema.findField(part.column());
        if (field == null) {
            return false;
        }
        Type.TypeID type = field.type().typeId();
        return part.transform().equals("identity") ? type != Type.TypeID.DOUBLE : type == Type.TypeID.TIMESTAMP;
    }

    /** Takes the layout away, so that its columns may go. */
    static void clear(BaseTable table) {
        if (table.spec().isPartitioned()) {
            UpdatePartitionSpec update = table.updateSpec();
            table.spec().fields().forEach(field -> update.removeField(field.name()));
            update.commit();
        }
        if (table.sortOrder().isSorted()) {
            table.replaceSortOrder().commit();
        }
    }

    static void set(BaseTable table, Layout layout) {
        if (!layout.partitionBy().isEmpty()) {
            UpdatePartitionSpec update = table.updateSpec();
            layout.partitionBy()
                    .forEach(text ->
                            update.addField(Part.of(text, table.schema()).term()));
            update.commit();
        }
        if (!layout.sortBy().isEmpty()) {
            ReplaceSortOrder order = table.replaceSortOrder();
            layout.sortBy().forEach(column -> order.asc(Expressions.ref(column)));
            order.commit();
        }
    }

    /** SQL of the partition values, in the order of the spec's fields. */
    static List<String> expressions(PartitionSpec spec) {
        List<String> expressions = new ArrayList<>();
        for (PartitionField field : spec.fields()) {
            Types.NestedField column = spec.schema().findField(field.sourceId());
            expressions.add(
                    new Part(field.transform().toString().toLowerCase(Locale.ROOT), column.name()).sql(column.type()));
        }
        return expressions;
    }

    /** ORDER BY of the rows of a file. */
    static String order(SortOrder order) {
        StringBuilder sql = new StringBuilder(" ORDER BY ");
        order.fields().forEach(field -> sql.append(Engine.quote(order.schema().findColumnName(field.sourceId())))
                .append(" NULLS FIRST, "));
        return sql.append(Engine.quote(Lake.ROW)).toString();
    }
}
