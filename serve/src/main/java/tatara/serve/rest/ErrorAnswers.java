package tatara.serve.rest;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tatara.core.error.TataraException;

/** Turns every failure, also the library's own, into {@code {"error": "…"}} with the right status. */
final class ErrorAnswers implements ServerErrorHandler {
    static final String NOTHING_HERE = "there is nothing at this path. /docs has the paths";

    private static final Logger LOGGER = LoggerFactory.getLogger(ErrorAnswers.class);

    private final ServerSettings settings;

    ErrorAnswers(ServerSettings settings) {
        this.settings = settings;
    }

    @Override
    public HttpResponse onServiceException(ServiceRequestContext ctx, Throwable thrown) {
        Throwable cause = Exceptions.peel(thrown);
        if (cause instanceof TataraException known) {
            HttpStatus status = status(known);
            if (status.isServerError() && known.code() != RestErrorCode.OVERLOADED) {
                LOGGER.warn("{} {}: {}", ctx.method(), ctx.path(), known.getMessage());
            }
            return Answers.error(status, known.fault().toString()).toHttpResponse();
        }
        if (cause instanceof ContentTooLargeException) {
            return tooLarge().toHttpResponse();
        }
        if (cause instanceof RequestTimeoutException) {
            return Answers.error(
                            HttpStatus.GATEWAY_TIMEOUT,
                            "the request took longer than " + settings.deadlineMillis() + " ms. Send fewer rows")
                    .toHttpResponse();
        }
        if (cause instanceof HttpStatusException known) {
            return answer(known.httpStatus()).toHttpResponse();
        }
        LOGGER.error("{} {} failed", ctx.method(), ctx.path(), cause);
        return Answers.error(HttpStatus.INTERNAL_SERVER_ERROR, "a fault of the server: its log tells more")
                .toHttpResponse();
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext ctx,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return answer(status);
    }

    @Override
    public AggregatedHttpResponse onProtocolViolation(
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return renderStatus(null, config, headers, status, description, cause);
    }

    private AggregatedHttpResponse answer(HttpStatus status) {
        return status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE) ? tooLarge() : Answers.error(status, phrase(status));
    }

    private AggregatedHttpResponse tooLarge() {
        return Answers.error(
                HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                "the body is too large (expected: at most " + settings.maxBodyBytes()
                        + " bytes). Send it in several requests, or use `tatara predict`");
    }

    private static HttpStatus status(TataraException known) {
        return known.code() instanceof RestErrorCode code
                ? code.status()
                : HttpStatus.valueOf(known.code().type().httpStatus());
    }

    private static String phrase(HttpStatus status) {
        return switch (status.code()) {
            case 400 -> "the request is not valid HTTP";
            case 404 -> NOTHING_HERE;
            case 405 -> "this path does not take this method. /docs has the paths and their methods";
            case 408 -> "the request did not come in time";
            case 414 -> "the path is too long";
            case 431 -> "the headers are too long";
            default -> status.reasonPhrase().toLowerCase(java.util.Locale.ROOT);
        };
    }
}
