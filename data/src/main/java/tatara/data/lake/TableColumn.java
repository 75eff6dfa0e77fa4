package tatara.data.lake;

import java.util.Locale;
import tatara.core.frame.Kind;

/**
 * A column of a lake table.
 *
 * @param name as the user knows it, or {@code _row}
 * @param type SQL type as it is stored
 */
public record TableColumn(String name, Type type) {
    /** The types that lake tables store. */
    public enum Type {
        BIGINT(Kind.NUMBER),
        DOUBLE(Kind.NUMBER),
        BOOLEAN(Kind.TEXT),
        VARCHAR(Kind.TEXT),
        TIMESTAMP(Kind.TIME);

        private final Kind kind;

        Type(Kind kind) {
            this.kind = kind;
        }

        /** The kind of the column in frames; booleans are the texts {@code true} and {@code false}. */
        public Kind kind() {
            return kind;
        }

        /** The stored type that holds the values of any SQL type; types without a like are stored as their text. */
        public static Type of(String sqlType) {
            String upper = sqlType.toUpperCase(Locale.ROOT);
            if (upper.startsWith("DECIMAL")) {
                return DOUBLE;
            }
            return switch (upper) {
                case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" -> BIGINT;
                case "FLOAT", "DOUBLE" -> DOUBLE;
                case "BOOLEAN" -> BOOLEAN;
                case "DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE" ->
                    TIMESTAMP;
                default -> VARCHAR;
            };
        }

        static Type of(Kind kind) {
            return switch (kind) {
                case NUMBER -> DOUBLE;
                case TEXT -> VARCHAR;
                case TIME -> TIMESTAMP;
            };
        }
    }
}
