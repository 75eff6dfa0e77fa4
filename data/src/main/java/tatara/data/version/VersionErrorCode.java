package tatara.data.version;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can go wrong with versions. */
public enum VersionErrorCode implements ErrorCode {
    /** A key that names no column of both versions, or no key where one is needed. */
    KEY_UNUSABLE(ErrorType.USER),
    /** Branches that share no version to start from. */
    NO_COMMON_VERSION(ErrorType.USER);

    private final ErrorType type;

    VersionErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
