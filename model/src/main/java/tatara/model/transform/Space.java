package tatara.model.transform;

/** Unicode white space. */
final class Space {
    private Space() {}

    /** Drops white space (also no-break spaces and byte order marks) at both ends. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return start == 0 && end == text.length() ? text : text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        if (c <= ' ') {
            return c == ' ' || (c >= '\t' && c <= '\r');
        }
        return c >= 0x85 && (c == 0x85 || c == 0xFEFF || Character.isSpaceChar(c));
    }
}
