package tatara.core.remote;

import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** What can go wrong with places outside this machine. */
public enum RemoteErrorCode implements ErrorCode {
    /** A location that no place can have: a missing name, an unknown option. */
    LOCATION_MALFORMED(ErrorType.USER),
    /** A scheme that nothing here reads. */
    SCHEME_UNKNOWN(ErrorType.USER),
    /** A credential written into a location instead of a reference to it. */
    SECRET_IN_LOCATION(ErrorType.USER),
    /** A text that is no reference to a credential, or one behind which there is nothing. */
    REFERENCE_UNRESOLVED(ErrorType.USER),
    /** The place answers, and has no such object. */
    OBJECT_NOT_FOUND(ErrorType.USER),
    /** The place refuses the credentials, or what they may do. */
    ACCESS_REFUSED(ErrorType.EXTERNAL),
    /** The place does not answer, or answers that it cannot. */
    PLACE_UNAVAILABLE(ErrorType.EXTERNAL),
    /** The place answers what its protocol does not allow, or refuses the request itself. */
    ANSWER_UNEXPECTED(ErrorType.EXTERNAL),
    /** An object became another one while it was copied. */
    OBJECT_CHANGED(ErrorType.EXTERNAL),
    /** Nothing outside may be asked, and there is no whole copy. */
    OFFLINE(ErrorType.EXTERNAL);

    private final ErrorType type;

    RemoteErrorCode(ErrorType type) {
        this.type = type;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
