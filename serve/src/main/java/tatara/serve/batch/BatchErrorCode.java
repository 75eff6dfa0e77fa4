package tatara.serve.batch;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** Failures of batch prediction. */
public enum BatchErrorCode implements ErrorCode {
    /** Two columns of the output would have the same name. */
    COLUMN_CLASH(ErrorType.DATA),
    /** The model can't be explained column by column. */
    NOT_EXPLAINABLE(ErrorType.USER),
    /** More rows for a forecast than one request of all series can be. */
    TOO_MANY_ROWS(ErrorType.DATA);

    private final ErrorType type;

    BatchErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
