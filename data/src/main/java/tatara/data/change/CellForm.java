package tatara.data.change;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.port.ChangeColumn;
import tatara.data.lake.TableColumn;

/** JSON values as cells of a raw table: the text that casts to the stored type, and which type holds a value without loss. */
final class CellForm {
    private static final long EXACT = 1L << 53;
    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?");
    private static final Pattern SPECIAL = Pattern.compile("NaN|-?Infinity");

    private CellForm() {}

    /** The value as text; null for missing. */
    static @Nullable String text(Json value) {
        if (value instanceof Json.Null) {
            return null;
        }
        if (value instanceof Json.Str text) {
            return text.value();
        }
        return value instanceof Json.Num number ? number.value().toString() : JsonText.write(value);
    }

    static TableColumn.Type stored(ChangeColumn.Type type) {
        return switch (type) {
            case INTEGER -> TableColumn.Type.BIGINT;
            case NUMBER -> TableColumn.Type.DOUBLE;
            case BOOLEAN -> TableColumn.Type.BOOLEAN;
            case TEXT -> TableColumn.Type.VARCHAR;
            case TIME -> TableColumn.Type.TIMESTAMP;
        };
    }

    /** The type of a value about which nothing else is known; a text is never taken for a time. */
    static TableColumn.Type natural(Json value) {
        if (value instanceof Json.Num number) {
            return number.value() instanceof Long ? TableColumn.Type.BIGINT : TableColumn.Type.DOUBLE;
        }
        return value instanceof Json.Bool ? TableColumn.Type.BOOLEAN : TableColumn.Type.VARCHAR;
    }

    /** Whether the type holds the value without loss. */
    static boolean fits(Json value, TableColumn.Type type) {
        if (value instanceof Json.Null) {
            return true;
        }
        return switch (type) {
            case VARCHAR -> true;
            case BOOLEAN -> value instanceof Json.Bool;
            case BIGINT -> value instanceof Json.Num number && number.value() instanceof Long;
            case DOUBLE -> fitsDouble(value);
            case TIMESTAMP ->
                value instanceof Json.Str text && TIME.matcher(text.value()).matches();
        };
    }

    private static boolean fitsDouble(Json value) {
        if (value instanceof Json.Num number) {
            return !(number.value() instanceof Long whole) || (whole <= EXACT && whole >= -EXACT);
        }
        return value instanceof Json.Str text && SPECIAL.matcher(text.value()).matches();
    }

    /** The narrowest type that holds the values of both; integers and floating point meet in DOUBLE, all else in text. */
    static TableColumn.Type wider(TableColumn.Type one, TableColumn.Type other) {
        if (one == other) {
            return one;
        }
        boolean numbers = (one == TableColumn.Type.BIGINT || one == TableColumn.Type.DOUBLE)
                && (other == TableColumn.Type.BIGINT || other == TableColumn.Type.DOUBLE);
        return numbers ? TableColumn.Type.DOUBLE : TableColumn.Type.VARCHAR;
    }
}
