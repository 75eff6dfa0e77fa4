package tatara.data.source.jdbc;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can go wrong with a database. */
public enum JdbcErrorCode implements ErrorCode {
    /** A location that cannot be read as one. */
    LOCATION_MALFORMED(ErrorType.USER),
    /** A secret in the location itself, where a reference is wanted. */
    SECRET_IN_LOCATION(ErrorType.USER),
    /** No driver on the class path knows the location. */
    DRIVER_MISSING(ErrorType.USER),
    /** The database has no such table, or several. */
    TABLE_UNCLEAR(ErrorType.USER),
    /** The database does not understand the query. */
    QUERY_REFUSED(ErrorType.USER),
    /** A table or query without a column that can be copied. */
    NOTHING_TO_COPY(ErrorType.DATA),
    /** Nothing answers, or the connection ended. */
    DATABASE_UNREACHABLE(ErrorType.EXTERNAL),
    /** Wrong user or password. */
    CREDENTIALS_REFUSED(ErrorType.EXTERNAL),
    /** The server has no such database. */
    DATABASE_UNKNOWN(ErrorType.EXTERNAL),
    /** The user may not read this. */
    PERMISSION_DENIED(ErrorType.EXTERNAL),
    /** The server gave up: too slow, locked, too many connections. */
    DATABASE_BUSY(ErrorType.EXTERNAL),
    /** Anything else that the database or its driver says. */
    DATABASE_FAILED(ErrorType.EXTERNAL);

    private final ErrorType type;

    JdbcErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
