package tatara.cli;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** Failures of the command line itself. */
enum CliErrorCode implements ErrorCode {
    WRONG_USAGE(ErrorType.USER),
    NO_DATA(ErrorType.USER),
    NO_PIPELINE(ErrorType.USER),
    CONNECTOR_MISSING(ErrorType.EXTERNAL);

    private final ErrorType type;

    CliErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
