package tatara.core.error;

/** Who has to act. Maps once, here, to the process's exit code and to the HTTP status. */
public enum ErrorType {
    /** The command or the request is wrong. */
    USER(2, 400),
    /** The data, or a gate on it, said no. */
    DATA(3, 422),
    /** Something outside the program is unavailable. */
    EXTERNAL(4, 503),
    /** Two readings are about equally good: the user has to answer. */
    QUESTION(5, 409),
    /** A fault of the program itself. */
    INTERNAL(1, 500);

    private final int exitCode;
    private final int httpStatus;

    ErrorType(int exitCode, int httpStatus) {
        this.exitCode = exitCode;
        this.httpStatus = httpStatus;
    }

    public int exitCode() {
        return exitCode;
    }

    public int httpStatus() {
        return httpStatus;
    }
}
