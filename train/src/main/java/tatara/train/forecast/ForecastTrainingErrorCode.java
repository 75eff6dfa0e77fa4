package tatara.train.forecast;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can go wrong when forecasts are trained. */
public enum ForecastTrainingErrorCode implements ErrorCode {
    /** No series is long enough. */
    TOO_FEW_OBSERVATIONS(ErrorType.DATA),
    /** A column that the design names is not there, or not of a usable kind. */
    UNUSABLE_COLUMN(ErrorType.DATA),
    /** The design is not one of a forecast. */
    NOT_A_FORECAST(ErrorType.USER),
    /** Training was interrupted. */
    CANCELLED(ErrorType.USER);

    private final ErrorType type;

    ForecastTrainingErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
