package tatara.train.anomaly;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can go wrong when an anomaly detector is trained. */
public enum AnomalyErrorCode implements ErrorCode {
    /** There are too few rows, or no feature varies. */
    NOTHING_TO_ISOLATE(ErrorType.DATA),
    /** A candidate is not an isolation forest. */
    UNKNOWN_LEARNER(ErrorType.USER);

    private final ErrorType type;

    AnomalyErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
