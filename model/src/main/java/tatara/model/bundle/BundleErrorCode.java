package tatara.model.bundle;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can go wrong with a bundle, or with rows for it. */
public enum BundleErrorCode implements ErrorCode {
    /** A required column is not there. */
    MISSING_COLUMN(ErrorType.USER),
    /** A value of a request is of no use for its column. */
    WRONG_VALUE(ErrorType.USER),
    /** The model can't do what was asked of it. */
    NOT_SUPPORTED(ErrorType.USER),
    /** The directory holds no bundle, or one of a newer program. */
    NOT_A_BUNDLE(ErrorType.USER),
    /** A file of the bundle is damaged or gone. */
    CORRUPT_BUNDLE(ErrorType.DATA),
    /** The bundle can't be written. */
    NOT_WRITABLE(ErrorType.EXTERNAL),
    /** A prediction is not finite. */
    NOT_FINITE(ErrorType.INTERNAL);

    private final ErrorType type;

    BundleErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
