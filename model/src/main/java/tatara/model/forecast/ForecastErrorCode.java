package tatara.model.forecast;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What a forecasting model can refuse. */
public enum ForecastErrorCode implements ErrorCode {
    /** A row names a series that the model was not fitted on. */
    UNKNOWN_SERIES(ErrorType.USER),
    /** A row asks for a step that is not ahead, or too far ahead. */
    STEP_OUT_OF_REACH(ErrorType.USER),
    /** A column that tells series or time is missing, or a cell of it. */
    MISSING_INPUT(ErrorType.USER),
    /** The stored model can't be read. */
    UNREADABLE_MODEL(ErrorType.DATA);

    private final ErrorType type;

    ForecastErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
