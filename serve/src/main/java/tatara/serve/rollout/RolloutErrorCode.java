package tatara.serve.rollout;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** Failures of a rollout. */
public enum RolloutErrorCode implements ErrorCode {
    /** The server can't be reached, or refuses. */
    SERVER_UNAVAILABLE(ErrorType.EXTERNAL);

    private final ErrorType type;

    RolloutErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
