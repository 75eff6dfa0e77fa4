package tatara.serve.journal;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** Failures of the journals. */
public enum JournalErrorCode implements ErrorCode {
    /** A label that can't be stored: no id, no value. */
    INVALID_LABEL(ErrorType.USER),
    /** The journal's files can't be opened, read or written. */
    JOURNAL_UNAVAILABLE(ErrorType.EXTERNAL);

    private final ErrorType type;

    JournalErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
