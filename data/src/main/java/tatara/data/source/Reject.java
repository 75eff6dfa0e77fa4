package tatara.data.source;

/**
 * A row that could not be read.
 *
 * @param line physical line, from 1, on which it starts
 * @param text as it stands in the file, cut to {@link #LONGEST_TEXT} characters
 */
record Reject(String file, long line, String reason, String text) {
    static final int LONGEST_TEXT = 1_000;
}
