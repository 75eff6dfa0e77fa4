package tatara.registry.models;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** Failures of the registry. */
public enum RegistryErrorCode implements ErrorCode {
    /** A name, stage or key that the registry does not take. */
    INVALID_ENTRY(ErrorType.USER),
    /** No such version of the model. */
    VERSION_NOT_FOUND(ErrorType.USER),
    /** The database can't be opened, read or written. */
    DATABASE_UNAVAILABLE(ErrorType.EXTERNAL),
    /** The file is not a database, or parts of it are damaged. */
    DATABASE_CORRUPT(ErrorType.EXTERNAL),
    /** A newer program wrote the database. */
    DATABASE_TOO_NEW(ErrorType.EXTERNAL),
    /** The registry was closed. */
    CLOSED(ErrorType.INTERNAL);

    private final ErrorType type;

    RegistryErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
