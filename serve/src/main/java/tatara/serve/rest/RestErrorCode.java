package tatara.serve.rest;

import com.linecorp.armeria.common.HttpStatus;
import tatara.core.error.ErrorCode;
import tatara.core.error.ErrorType;

/** Failures of the server, with the status that a client sees. */
public enum RestErrorCode implements ErrorCode {
    /** The request is not what the route takes; the message names the column, the row or the tensor. */
    BAD_REQUEST(ErrorType.USER, HttpStatus.BAD_REQUEST),
    UNAUTHORIZED(ErrorType.USER, HttpStatus.UNAUTHORIZED),
    /** Sent by a page of somebody else's, or under a name that is not this server's. */
    FORBIDDEN(ErrorType.USER, HttpStatus.FORBIDDEN),
    NOT_FOUND(ErrorType.USER, HttpStatus.NOT_FOUND),
    TOO_LARGE(ErrorType.USER, HttpStatus.REQUEST_ENTITY_TOO_LARGE),
    UNSUPPORTED_CONTENT(ErrorType.USER, HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    /** Too many requests are waiting. */
    OVERLOADED(ErrorType.EXTERNAL, HttpStatus.SERVICE_UNAVAILABLE),
    /** The model is in production, but its bundle can't be loaded. */
    MODEL_UNAVAILABLE(ErrorType.EXTERNAL, HttpStatus.SERVICE_UNAVAILABLE),
    /** Another process listens on the port, or the address is not this machine's. */
    ADDRESS_UNAVAILABLE(ErrorType.EXTERNAL, HttpStatus.SERVICE_UNAVAILABLE),
    /** The server would be reachable by others without a token. */
    TOKEN_REQUIRED(ErrorType.USER, HttpStatus.UNAUTHORIZED);

    private final ErrorType type;
    private final HttpStatus status;

    RestErrorCode(ErrorType type, HttpStatus status) {
        this.type = type;
        this.status = status;
    }

    @Override
    public ErrorType type() {
        return type;
    }

    HttpStatus status() {
        return status;
    }
}
