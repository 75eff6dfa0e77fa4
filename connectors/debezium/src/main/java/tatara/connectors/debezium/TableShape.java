package tatara.connectors.debezium;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tatara.core.port.ChangeColumn;

/**
 * A table as the catalogue of the server describes it.
 *
 * @param oid identity of the table; another one after it was dropped and made again
 * @param file identity of its storage, which changes when the table is rewritten; 0 if it is not known or has none
 * @param key columns that identify a row; empty if there are none
 * @param columns in order, without generated ones
 */
record TableShape(long oid, long file, List<String> key, List<Column> columns) {
    TableShape {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    /**
     * @param number stays the same when the column is renamed, and is never used again
     * @param type as PostgreSQL writes it
     * @param filled whether rows that were there before the column have a value of it: it has, or had, a default
     */
    record Column(String name, int number, String type, boolean filled) {
        /** What Debezium makes of the type. */
        ChangeColumn toChangeColumn() {
            String plain = type.replaceAll("\\([0-9, ]*\\)", "");
            ChangeColumn.Type kind =
                    switch (plain) {
                        case "smallint", "integer", "bigint", "oid" -> ChangeColumn.Type.INTEGER;
                        case "real", "double precision" -> ChangeColumn.Type.NUMBER;
                        case "boolean" -> ChangeColumn.Type.BOOLEAN;
                        case "date", "timestamp without time zone", "timestamp with time zone" ->
                            ChangeColumn.Type.TIME;
                        default -> type.equals("bit(1)") ? ChangeColumn.Type.BOOLEAN : ChangeColumn.Type.TEXT;
                    };
            return new ChangeColumn(name, kind);
        }
    }

    List<ChangeColumn> changeColumns() {
        return columns.stream().map(Column::toChangeColumn).toList();
    }

    TableShape withFile(long changed) {
        return new TableShape(oid, changed, key, columns);
    }

    boolean sameColumns(TableShape other) {
        return signature().equals(other.signature()) && key.equals(other.key);
    }

    private List<String> signature() {
        return columns.stream()
                .map(column -> column.number() + " " + column.type() + " " + column.name())
                .toList();
    }

    /**
     * Why rows that were stored under this shape may be others under a later one without any change in the log; empty if dropping and
     * adding columns is all that happened.
     */
    Optional<String> rewrittenBy(TableShape later) {
        if (oid != later.oid) {
            return Optional.of("the table was made anew");
        }
        if (file != 0 && later.file != 0 && file != later.file) {
            return Optional.of("the table was rewritten");
        }
        if (!key.equals(later.key)) {
            return Optional.of("the key is another");
        }
        var before = columns.stream().collect(Collectors.toMap(Column::number, Function.identity()));
        for (Column column : later.columns) {
            Column old = before.get(column.number());
            if (old == null && column.filled()) {
                return Optional.of("column " + column.name() + " was added with a default");
            }
            if (old != null && !old.name().equals(column.name())) {
                return Optional.of("column " + old.name() + " was renamed to " + column.name());
            }
            if (old != null && !old.type().equals(column.type())) {
                return Optional.of("column " + column.name() + " became " + column.type());
            }
        }
        return Optional.empty();
    }
}
