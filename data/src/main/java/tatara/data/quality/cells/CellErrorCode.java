package tatara.data.quality.cells;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can be wrong with what is asked of {@link CellErrors}. */
public enum CellErrorCode implements ErrorCode {
    /** A labelled row that the table does not have, or with another number of cells. */
    LABEL_MISMATCH(ErrorType.USER);

    private final ErrorType type;

    CellErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
