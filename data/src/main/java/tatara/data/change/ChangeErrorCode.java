package tatara.data.change;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can go wrong when a table is kept equal to its source. */
enum ChangeErrorCode implements ErrorCode {
    /** Another process follows into the same table. */
    FOLLOWED_ALREADY(ErrorType.EXTERNAL),
    /** Something else wrote into the table while it was followed. */
    TABLE_TAKEN(ErrorType.EXTERNAL),
    /** The key of the source is not one. */
    KEY_CHANGED(ErrorType.DATA);

    private final ErrorType type;

    ChangeErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
