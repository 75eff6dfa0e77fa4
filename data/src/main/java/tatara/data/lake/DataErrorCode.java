package tatara.data.lake;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can go wrong with sources and the lake. */
public enum DataErrorCode implements ErrorCode {
    /** A path that does not exist, or a scheme that cannot be read. */
    SOURCE_NOT_FOUND(ErrorType.USER),
    /** A path that exists but may not be read. */
    SOURCE_NOT_READABLE(ErrorType.USER),
    /** Two sources that become the same table, or a folder whose files do not belong together. */
    SOURCE_UNCLEAR(ErrorType.USER),
    /** No byte, or no row and no header. */
    SOURCE_EMPTY(ErrorType.DATA),
    /** Not a table in any format that is known: binary content, a broken file. */
    SOURCE_MALFORMED(ErrorType.DATA),
    /** A record longer than any table has. */
    RECORD_TOO_LONG(ErrorType.DATA),
    /** A snapshot or table that the lake does not hold. */
    TABLE_NOT_FOUND(ErrorType.DATA),
    /** No such version, tag or branch of a table. */
    VERSION_NOT_FOUND(ErrorType.USER),
    /** A name for a version that cannot be given: taken, malformed, or needed. */
    REFERENCE_REFUSED(ErrorType.USER),
    /** A table cannot be partitioned or sorted like that. */
    LAYOUT_REFUSED(ErrorType.USER),
    /** A key that more than one row has, or that a row lacks. */
    KEY_NOT_UNIQUE(ErrorType.DATA),
    /** Two branches changed the same key in different ways. */
    MERGE_CONFLICT(ErrorType.DATA),
    /** A version whose deleted rows another program left for the reader to leave out. */
    DELETE_FILES(ErrorType.DATA),
    /** Another program changed the table at the same time. */
    CONCURRENT_WRITE(ErrorType.EXTERNAL),
    /** The SQL engine ran out of the memory it may use. */
    OUT_OF_MEMORY(ErrorType.EXTERNAL),
    /** Reading or writing failed for a reason outside the program. */
    STORAGE_FAILED(ErrorType.EXTERNAL),
    /** A query that the SQL engine refused. */
    QUERY_FAILED(ErrorType.INTERNAL);

    private final ErrorType type;

    DataErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
