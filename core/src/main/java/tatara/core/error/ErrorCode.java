package tatara.core.error;

/** One kind of failure. Each package with failures owns an enum that implements this. */
public interface ErrorCode {
    /** The constant's name, such as {@code FILE_NOT_FOUND}. */
    String name();

    ErrorType type();
}
