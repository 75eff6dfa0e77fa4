package tatara.pipeline.compose.sentence;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** Why a sentence cannot become a Spec. */
public enum SentenceErrorCode implements ErrorCode {
    UNKNOWN_TABLE(ErrorType.USER),
    UNKNOWN_COLUMN(ErrorType.USER),
    NOTHING_ASKED(ErrorType.DATA),
    BAD_NAME(ErrorType.USER),
    BAD_HORIZON(ErrorType.USER),
    UNKNOWN_OPTION(ErrorType.USER),
    UNSUITABLE_GOAL(ErrorType.USER),
    NO_DATA(ErrorType.DATA),
    UNSUITABLE_TARGET(ErrorType.DATA),
    UNSUITABLE_TIME(ErrorType.DATA);

    private final ErrorType type;

    SentenceErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
