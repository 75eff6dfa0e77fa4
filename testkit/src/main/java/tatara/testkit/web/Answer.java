package tatara.testkit.web;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the server answers.
 *
 * @param sent bytes of the body that are sent before the connection ends; -1 for all
 * @param length announced, -1 for none, which sends the body in chunks
 */
public record Answer(int status, Map<String, String> headers, byte[] body, int sent, long length) {
    public static Answer of(int status, byte[] body) {
        return new Answer(status, Map.of(), body, -1, body.length);
    }

    public static Answer of(int status, String body) {
        return of(status, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The part of a content that was asked for: all of it, or from the range's start. */
    public static Answer content(Asked asked, byte[] content) {
        if (asked.header("range").isEmpty()) {
            return of(200, content);
        }
        int start = asked.rangeStart();
        if (start >= content.length) {
            return of(416, "").with("Content-Range", "bytes */" + content.length);
        }
        String end = asked.header("range").replaceFirst("bytes=\\d+-", "");
        int stop = end.isEmpty() ? content.length : Math.min(content.length, Integer.parseInt(end) + 1);
        return of(206, Arrays.copyOfRange(content, start, stop))
                .with("Content-Range", "bytes " + start + "-" + (stop - 1) + "/" + content.length);
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body, sent, length);
    }

    /** The connection ends after so many bytes of the body. */
    public Answer dyingAfter(int bytes) {
        return new Answer(status, headers, body, Math.min(bytes, body.length), length);
    }

    /** No length is announced. */
    public Answer ofUnknownLength() {
        return new Answer(status, headers, body, sent, -1);
    }
}
