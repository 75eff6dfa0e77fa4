package tatara.serve.rest;

/**
 * Something for a browser.
 *
 * @param contentType such as {@code text/html; charset=utf-8}
 */
public record Page(String contentType, String body) {
    public static Page html(String body) {
        return new Page("text/html; charset=utf-8", body);
    }
}
