package tatara.data.layout;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can go wrong when a table is written anew. */
public enum LayoutErrorCode implements ErrorCode {
    /** The rows are not those from before; the version from before is the newest again. */
    ROWS_CHANGED(ErrorType.INTERNAL);

    private final ErrorType type;

    LayoutErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
