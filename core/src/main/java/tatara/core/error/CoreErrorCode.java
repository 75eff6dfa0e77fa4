package tatara.core.error;

/** Failures that belong to no single stage. */
public enum CoreErrorCode implements ErrorCode {
    MALFORMED_DOCUMENT(ErrorType.USER),
    INVALID_ARGUMENT(ErrorType.USER),
    AMBIGUOUS_REQUEST(ErrorType.QUESTION),
    CANCELLED(ErrorType.USER),
    DISK_FULL(ErrorType.EXTERNAL),
    NOT_WRITABLE(ErrorType.EXTERNAL),
    BROKEN_INVARIANT(ErrorType.INTERNAL);

    private final ErrorType type;

    CoreErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
