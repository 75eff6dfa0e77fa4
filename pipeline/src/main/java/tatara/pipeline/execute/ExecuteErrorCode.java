package tatara.pipeline.execute;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** Failures of running steps. */
public enum ExecuteErrorCode implements ErrorCode {
    PIPELINE_NOT_FOUND(ErrorType.USER),
    PIPELINE_BUSY(ErrorType.EXTERNAL),
    HOME_NOT_WRITABLE(ErrorType.EXTERNAL),
    STEP_FAILED(ErrorType.INTERNAL),
    OUT_OF_MEMORY(ErrorType.EXTERNAL),
    /** Rows of a quarantine that cannot be laid over the table. */
    REPLAY_UNCLEAR(ErrorType.USER),
    NO_INPUT(ErrorType.USER),
    NO_MODEL(ErrorType.USER),
    GATE_FAILED(ErrorType.DATA);

    private final ErrorType type;

    ExecuteErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
