package tatara.connectors.debezium;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can go wrong when a table of PostgreSQL is followed. */
enum FeedErrorCode implements ErrorCode {
    /** A location that does not say what to follow, or holds a password. */
    LOCATION_WRONG(ErrorType.USER),
    /** No connection: the server is down, or not there. */
    SERVER_UNREACHABLE(ErrorType.EXTERNAL),
    /** User or password are wrong. */
    LOGIN_REFUSED(ErrorType.EXTERNAL),
    /** The server, or the user's rights, do not allow to follow changes. */
    NOT_PREPARED(ErrorType.EXTERNAL),
    /** The table is not there, or may not be read. */
    TABLE_MISSING(ErrorType.EXTERNAL),
    /** Another process reads from the replication slot. */
    SLOT_IN_USE(ErrorType.EXTERNAL),
    /** The connector failed in a way that trying again did not mend. */
    CAPTURE_FAILED(ErrorType.EXTERNAL);

    private final ErrorType type;

    FeedErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
