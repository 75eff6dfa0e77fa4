package tatara.data.source.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tatara.core.frame.Kind;
import tatara.core.frame.TimeColumn;
import tatara.data.lake.TableColumn;

/** How cells of one SQL type are copied: nothing that a double or a microsecond cannot hold is rounded. */
enum CellReading {
    /** Whole numbers of at most 15 digits. */
    WHOLE(Kind.NUMBER, TableColumn.Type.BIGINT),
    /** Whole numbers of 64 bits, carried as text so that all digits stay. */
    LONG(Kind.TEXT, TableColumn.Type.BIGINT),
    /** Floating point, and decimals that doubles hold exactly enough (15 digits). */
    DOUBLE(Kind.NUMBER, TableColumn.Type.DOUBLE),
    /** Decimals with more digits, as their text. */
    DECIMAL_TEXT(Kind.TEXT, TableColumn.Type.VARCHAR),
    BOOLEAN(Kind.TEXT, TableColumn.Type.BOOLEAN),
    DATE(Kind.TIME, TableColumn.Type.TIMESTAMP),
    /** Date and time without a zone, taken as UTC. */
    LOCAL_TIME(Kind.TIME, TableColumn.Type.TIMESTAMP),
    /** A moment, in UTC. */
    MOMENT(Kind.TIME, TableColumn.Type.TIMESTAMP),
    /** Everything else that has a text: JSON, arrays, enums, UUIDs, addresses, times of the day. */
    TEXT(Kind.TEXT, TableColumn.Type.VARCHAR),
    /** Binary content. */
    NOT_COPIED(Kind.TEXT, TableColumn.Type.VARCHAR);

    private static final int EXACT_DIGITS = 15;
    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
    private static final Set<String> BINARY =
            Set.of("bytea", "blob", "tinyblob", "mediumblob", "longblob", "raw", "image");
    private static final Set<String> BITS = Set.of("bit", "varbit", "bit varying");

    private final Kind kind;
    private final TableColumn.Type type;

    CellReading(Kind kind, TableColumn.Type type) {
        this.kind = kind;
        this.type = type;
    }

    Kind kind() {
        return kind;
    }

    TableColumn.Type type() {
        return type;
    }

    /** @param column 1-based */
    static CellReading of(ResultSetMetaData metadata, int column, SqlDialect dialect) throws SQLException {
        String name = Optional.ofNullable(metadata.getColumnTypeName(column))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        if (BINARY.contains(name)) {
            return NOT_COPIED;
        }
        if (name.equals("timestamptz") || name.equals("timestamp with time zone")) {
            return MOMENT;
        }
        if (BITS.contains(name) && (dialect == SqlDialect.POSTGRESQL || metadata.getPrecision(column) > 1)) {
            return TEXT;
        }
        return switch (metadata.getColumnType(column)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> WHOLE;
            case Types.BIGINT -> name.contains("unsigned") || !metadata.isSigned(column) ? DECIMAL_TEXT : LONG;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> name.equals("money") ? TEXT : DOUBLE;
            case Types.NUMERIC, Types.DECIMAL -> decimal(metadata.getPrecision(column), metadata.getScale(column));
            case Types.BIT, Types.BOOLEAN -> BOOLEAN;
            case Types.DATE -> DATE;
            case Types.TIMESTAMP -> LOCAL_TIME;
            case Types.TIMESTAMP_WITH_TIMEZONE -> MOMENT;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> NOT_COPIED;
            default -> TEXT;
        };
    }

    private static CellReading decimal(int precision, int scale) {
        if (precision < 1 || precision > EXACT_DIGITS || scale < 0) {
            return DECIMAL_TEXT;
        }
        return scale == 0 ? WHOLE : DOUBLE;
    }

    /** NaN if missing; infinities stay. */
    double number(ResultSet row, int column) throws SQLException {
        if (this == WHOLE) {
            long value = row.getLong(column);
            return row.wasNull() ? Double.NaN : value;
        }
        String text = row.getString(column);
        return text == null ? Double.NaN : Double.parseDouble(text.strip());
    }

    /** Microseconds since the epoch; missing if there is none, or if it is infinite or beyond what can be counted. */
    long micros(ResultSet row, int column) throws SQLException {
        LocalDateTime time = time(row, column);
        if (time == null) {
            return TimeColumn.MISSING;
        }
        try {
            return ChronoUnit.MICROS.between(EPOCH, time);
        } catch (ArithmeticException beyond) {
            return TimeColumn.MISSING;
        }
    }

    private @Nullable LocalDateTime time(ResultSet row, int column) throws SQLException {
        if (this == DATE) {
            LocalDate date = row.getObject(column, LocalDate.class);
            return date == null ? null : date.atStartOfDay();
        }
        if (this == MOMENT) {
            OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
            boolean infinite = OffsetDateTime.MAX.equals(moment) || OffsetDateTime.MIN.equals(moment);
            return moment == null || infinite
                    ? null
                    : moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        }
        return row.getObject(column, LocalDateTime.class);
    }

    /** Null if missing. */
    @Nullable
    String text(ResultSet row, int column) throws SQLException {
        if (this == BOOLEAN) {
            boolean value = row.getBoolean(column);
            return row.wasNull() ? null : Boolean.toString(value);
        }
        String text = row.getString(column);
        if (text == null || this != DECIMAL_TEXT) {
            return text;
        }
        return text.equalsIgnoreCase("NaN") ? null : plain(text);
    }

    /** Without an exponent. */
    private static String plain(String text) {
        return text.indexOf('e') < 0 && text.indexOf('E') < 0 ? text : exponent(text);
    }

    private static String exponent(String text) {
        try {
            return new BigDecimal(text.strip()).toPlainString();
        } catch (NumberFormatException notFinite) {
            return text;
        }
    }
}
