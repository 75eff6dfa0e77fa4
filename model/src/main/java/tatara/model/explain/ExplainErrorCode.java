package tatara.model.explain;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can't be explained. */
public enum ExplainErrorCode implements ErrorCode {
    NOT_EXPLAINABLE(ErrorType.USER);

    private final ErrorType type;

    ExplainErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
