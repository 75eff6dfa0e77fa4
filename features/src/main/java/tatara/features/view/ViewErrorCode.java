package tatara.features.view;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** Why a view can't be built. */
public enum ViewErrorCode implements ErrorCode {
    /** A view names a table or column that is not in the data design. */
    UNKNOWN_NAME(ErrorType.USER),
    /** A view's name is taken. */
    NAME_TAKEN(ErrorType.USER),
    /** A view lacks what its aggregate needs. */
    INCOMPLETE(ErrorType.USER);

    private final ErrorType type;

    ViewErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
