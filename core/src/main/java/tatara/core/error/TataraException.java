package tatara.core.error;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The program's one exception: a code and a {@link Fault}. Never carries credentials or a person's data. */
public class TataraException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final transient Fault fault;

    public TataraException(ErrorCode code, Fault fault) {
        this(code, fault, null);
    }

    public TataraException(ErrorCode code, Fault fault, @Nullable Throwable cause) {
        super(fault.toString(), cause);
        this.code = requireNonNull(code, "code");
        this.fault = requireNonNull(fault, "fault");
    }

    public ErrorCode code() {
        return code;
    }

    public Fault fault() {
        return fault;
    }
}
