package tatara.serve.rest;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/** A request's body as JSON: content type, packing, character set and syntax are checked here. */
final class RequestBody {
    private RequestBody() {}

    /**
     * Refuses, before the body is read, what is not JSON; a body without a type is taken as JSON.
     *
     * @throws TataraException {@link RestErrorCode#UNSUPPORTED_CONTENT}
     */
    static void checkType(RequestHeaders headers) {
        String text = headers.get(HttpHeaderNames.CONTENT_TYPE, "application/json");
        MediaType type;
        try {
            type = MediaType.parse(text);
        } catch (IllegalArgumentException e) {
            throw unsupported("content type: " + text, "application/json");
        }
        boolean json = type.isJson() || type.is(MediaType.parse("text/json"));
        if (!json) {
            throw unsupported("content type: " + text, "application/json");
        }
        Charset charset;
        try {
            charset = type.charset(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unsupported("content type: " + text, "the character set UTF-8");
        }
        if (!charset.equals(StandardCharsets.UTF_8) && !charset.equals(StandardCharsets.US_ASCII)) {
            throw unsupported("content type: " + text, "the character set UTF-8");
        }
        String packing = packing(headers);
        if (!packing.matches("identity|gzip|x-gzip|deflate")) {
            throw unsupported("content encoding: " + packing, "gzip, deflate or none");
        }
    }

    /**
     * Unpacks and parses.
     *
     * @param limit bytes at most, also after unpacking
     * @throws TataraException {@link RestErrorCode#TOO_LARGE} or {@link RestErrorCode#BAD_REQUEST}
     */
    static Json json(AggregatedHttpRequest request, long limit) {
        String text = text(unpacked(request, limit));
        if (text.isBlank()) {
            throw Refusals.bad("the body is empty", "JSON");
        }
        try {
            return JsonText.read("body", text);
        } catch (TataraException e) {
            throw new TataraException(RestErrorCode.BAD_REQUEST, e.fault(), e);
        }
    }

    private static byte[] unpacked(AggregatedHttpRequest request, long limit) {
        byte[] bytes = request.content().array();
        String packing = packing(request.headers());
        if (packing.equals("identity")) {
            return bytes;
        }
        try (InputStream plain = packing.equals("deflate")
                ? new InflaterInputStream(new ByteArrayInputStream(bytes))
                : new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] unpacked = plain.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
            if (unpacked.length > limit) {
                throw Refusals.tooLarge("the unpacked body is too large", "at most " + limit + " bytes");
            }
            return unpacked;
        } catch (IOException e) {
            throw Refusals.bad("the body can't be unpacked: " + e.getMessage(), packing);
        }
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusals.bad("the body is not valid UTF-8", "UTF-8");
        }
    }

    private static String packing(RequestHeaders headers) {
        return headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity").strip().toLowerCase(Locale.ROOT);
    }

    private static TataraException unsupported(String what, String expected) {
        return new TataraException(
                RestErrorCode.UNSUPPORTED_CONTENT, Fault.of(what).expecting(expected));
    }
}
