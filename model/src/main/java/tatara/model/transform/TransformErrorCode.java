package tatara.model.transform;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** Failures of cell formats and transforms. */
public enum TransformErrorCode implements ErrorCode {
    INVALID_TIME_PATTERN(ErrorType.USER);

    private final ErrorType type;

    TransformErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
