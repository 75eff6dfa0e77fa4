package tatara.features.fit;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** Why no transform can be fitted. */
public enum FitErrorCode implements ErrorCode {
    /** A feature names a column that the rows lack. */
    UNKNOWN_COLUMN(ErrorType.USER),
    /** A feature does not fit its column's kind. */
    WRONG_KIND(ErrorType.USER),
    /** No feature has a value. */
    NO_FEATURES(ErrorType.DATA);

    private final ErrorType type;

    FitErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
