package tatara.data.load;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can go wrong with a load. Nothing is stored then. */
public enum LoadErrorCode implements ErrorCode {
    /** Settings that contradict each other, or a column that is not there. */
    SETTINGS_WRONG(ErrorType.USER),
    /** The table is loaded in another way than is asked for now. */
    SETTINGS_CHANGED(ErrorType.USER),
    /** The watermark column holds no times or numbers that can be read. */
    WATERMARK_UNREADABLE(ErrorType.DATA),
    /** Most rows are dated after this machine's clock. */
    CLOCK_DOUBTFUL(ErrorType.DATA),
    /** A file whose rows are loaded holds others now, and nothing tells which rows of the table were its. */
    FILE_CHANGED(ErrorType.DATA),
    /** An extract without rows would delete everything. */
    EXTRACT_EMPTY(ErrorType.DATA),
    /** The table was written by something else than loads. */
    TABLE_FOREIGN(ErrorType.DATA),
    /** Rows that were set aside cannot be understood, or not be tried again. */
    SET_ASIDE_UNCLEAR(ErrorType.DATA);

    private final ErrorType type;

    LoadErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
