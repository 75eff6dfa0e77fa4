package tatara.testkit.web;

import java.util.Map;

/**
 * What a client asked for.
 *
 * @param path as it came, not decoded
 * @param query as it came, empty if there was none
 * @param headers names in lower case
 */
public record Asked(String method, String path, String query, Map<String, String> headers) {
    /** A header's value, empty if it was not sent. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Where a range begins, or 0. */
    public int rangeStart() {
        String range = header("range");
        return range.isEmpty() ? 0 : Integer.parseInt(range.replaceFirst("bytes=(\\d+)-.*", "$1"));
    }
}
