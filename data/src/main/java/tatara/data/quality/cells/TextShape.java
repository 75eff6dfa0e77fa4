package tatara.data.quality.cells;

/** Shapes of texts: letters and digits replaced by their class. */
final class TextShape {
    private static final int LONGEST = 400;

    private TextShape() {}

    /** The class of a character: {@code 9}, {@code A}, {@code a}, a blank, or the character itself. */
    static char kind(char c) {
        if (c >= '0' && c <= '9') {
            return '9';
        }
        if (Character.isLetter(c)) {
            return Character.isUpperCase(c) ? 'A' : 'a';
        }
        return Character.isWhitespace(c) ? ' ' : c;
    }

    /** One class for each character: {@code (555) 12} is {@code (999) 99}. */
    static String exact(String text) {
        int length = Math.min(text.length(), LONGEST);
        char[] shape = new char[length];
        for (int i = 0; i < length; i++) {
            shape[i] = kind(text.charAt(i));
        }
        return new String(shape);
    }

    /** Runs of a class become one: {@code (555) 12} is {@code (9) 9}. */
    static String runs(String text) {
        int length = Math.min(text.length(), LONGEST);
        StringBuilder shape = new StringBuilder();
        for (int i = 0; i < length; i++) {
            char kind = kind(text.charAt(i));
            if (shape.length() == 0 || shape.charAt(shape.length() - 1) != kind || !isRun(kind)) {
                shape.append(kind);
            }
        }
        return shape.toString();
    }

    /** Runs, and words of the same class one after the other become one: {@code New York 12} is {@code Aa 9}. */
    static String words(String text) {
        StringBuilder shape = new StringBuilder();
        String last = "";
        for (String word : runs(text).split(" ", -1)) {
            if (!word.equals(last) || shape.length() == 0) {
                shape.append(shape.length() == 0 ? "" : " ").append(word);
            }
            last = word;
        }
        return shape.toString();
    }

    /** Whether a text has the replacement character, control characters, or UTF-8 that was read as a one-byte encoding. */
    static boolean isGarbled(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            boolean blank = c == '\n' || c == '\r' || c == '\t';
            boolean control = (c < ' ' && !blank) || (c >= 0x7F && c < 0xA0);
            boolean twice = ((c == 'Ã' || c == 'Â') && next >= 0x80 && next <= 0xBF) || (c == 'â' && next == '€');
            if (c == '\uFFFD' || control || twice) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRun(char kind) {
        return kind == '9' || kind == 'A' || kind == 'a' || kind == ' ';
    }
}
