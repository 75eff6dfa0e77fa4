package tatara.data.files;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can go wrong with versions of files. */
public enum FileErrorCode implements ErrorCode {
    /** No such file or folder, or nothing in it. */
    FILES_NOT_FOUND(ErrorType.USER),
    /** A file, link or folder that cannot be read. */
    FILES_NOT_READABLE(ErrorType.USER),
    /** A file that was changed while it was read. */
    FILES_CHANGING(ErrorType.DATA),
    /** A table that does not list files. */
    NO_FILE_LIST(ErrorType.USER),
    /** Something else stands where a file is to be written. */
    FILE_IN_THE_WAY(ErrorType.DATA),
    /** Content that the store does not hold, or not whole. */
    CONTENT_LOST(ErrorType.DATA);

    private final ErrorType type;

    FileErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
