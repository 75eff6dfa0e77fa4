package tatara.serve.rest;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/** Responses: JSON, pages, and the one form of errors. */
final class Answers {
    private static final int LONGEST_MESSAGE = 2_000;
    private static final String PAGE_POLICY =
            "default-src 'self' 'unsafe-inline' data:; frame-ancestors 'none'; base-uri 'none'";

    private Answers() {}

    static AggregatedHttpResponse json(HttpStatus status, Json body) {
        return AggregatedHttpResponse.of(
                headers(status, MediaType.JSON_UTF_8).build(), HttpData.ofUtf8(JsonText.write(body)));
    }

    static AggregatedHttpResponse ok(Json body) {
        return json(HttpStatus.OK, body);
    }

    /** {@code {"error": "…"}}; 503 and 429 ask to come back in a second, 401 says how to sign in. */
    static AggregatedHttpResponse error(HttpStatus status, String message) {
        String shown = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + " …" : message;
        ResponseHeadersBuilder headers = headers(status, MediaType.JSON_UTF_8);
        if (status.equals(HttpStatus.SERVICE_UNAVAILABLE) || status.equals(HttpStatus.TOO_MANY_REQUESTS)) {
            headers.set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        if (status.equals(HttpStatus.UNAUTHORIZED)) {
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"tatara\"");
        }
        return AggregatedHttpResponse.of(
                headers.build(), HttpData.ofUtf8(JsonText.write(Json.object().with("error", shown))));
    }

    static AggregatedHttpResponse page(Page page) {
        ResponseHeadersBuilder headers = headers(HttpStatus.OK, MediaType.parse(page.contentType()))
                .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, PAGE_POLICY)
                .set(HttpHeaderNames.REFERRER_POLICY, "same-origin");
        return AggregatedHttpResponse.of(headers.build(), HttpData.ofUtf8(page.body()));
    }

    static AggregatedHttpResponse text(MediaType type, String body) {
        return AggregatedHttpResponse.of(headers(HttpStatus.OK, type).build(), HttpData.ofUtf8(body));
    }

    private static ResponseHeadersBuilder headers(HttpStatus status, MediaType type) {
        return ResponseHeaders.builder(status)
                .contentType(type)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    }
}
