package tatara.data.version.dvc;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can go wrong with DVC's files. */
public enum DvcErrorCode implements ErrorCode {
    /** A file that is not a {@code .dvc} file of DVC 3 with one output. */
    POINTER_UNUSABLE(ErrorType.DATA),
    /** Data that is neither in its place nor in the cache or a remote on this machine. */
    DATA_ABSENT(ErrorType.EXTERNAL),
    /** Data with another content than the {@code .dvc} file says. */
    DATA_DIFFERS(ErrorType.DATA),
    /** Something that the export would have to overwrite and that is not an unchanged earlier export. */
    IN_THE_WAY(ErrorType.DATA),
    /** A file whose name DVC does not track. */
    NAME_REFUSED(ErrorType.DATA);

    private final ErrorType type;

    DvcErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
