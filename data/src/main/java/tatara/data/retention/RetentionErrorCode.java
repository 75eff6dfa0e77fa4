package tatara.data.retention;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can go wrong when data are to go. */
public enum RetentionErrorCode implements ErrorCode {
    /** No table has a column of the condition. */
    SUBJECT_UNCLEAR(ErrorType.USER),
    /** The person is in tables that were not named. */
    ELSEWHERE(ErrorType.USER),
    /** A legal hold covers what is to go. */
    HELD(ErrorType.DATA),
    /** After everything was done, something of the person was still found. */
    STILL_FOUND(ErrorType.DATA),
    /** Another process is forgetting somebody. */
    UNFINISHED(ErrorType.DATA),
    /** A receipt whose signature does not fit, or that is none. */
    RECEIPT_INVALID(ErrorType.DATA);

    private final ErrorType type;

    RetentionErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
