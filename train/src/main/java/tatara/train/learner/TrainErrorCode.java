package tatara.train.learner;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** Failures of training. */
public enum TrainErrorCode implements ErrorCode {
    /** The native library of a learner does not load on this machine. */
    NATIVE_LIBRARY(ErrorType.EXTERNAL),
    /** A native call failed. */
    NATIVE_CALL(ErrorType.INTERNAL),
    /** There are too few rows, or classes, to learn from. */
    TOO_FEW_ROWS(ErrorType.DATA),
    /** A candidate names a learner or parameter that does not exist. */
    UNKNOWN_PARAMETER(ErrorType.USER),
    /** A stored candidate can't be read back. */
    DAMAGED_CANDIDATE(ErrorType.INTERNAL),
    /** Training was interrupted. */
    INTERRUPTED(ErrorType.USER);

    private final ErrorType type;

    TrainErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
