package tatara.data.source;

import java.util.regex.Pattern;

/** A first guess at what a cell holds, for telling dialects and headers apart; the profile infers types with more care. */
enum CellKind {
    EMPTY,
    NUMBER,
    TIME,
    WORDS,
    /** Text that a cell of a wrongly split line would have. */
    OTHER;

    private static final Pattern NUMBER_PATTERN = Pattern.compile(
            "[$€£¥]?\\s?[(+-]?\\s?[$€£¥]?(\\d{1,3}([., ]\\d{3})+|\\d+)?([.,]\\d*)?([eE][+-]?\\d{1,3})?\\)?\\s?[%$€£¥]?");
    private static final Pattern TIME_PATTERN = Pattern.compile(
            "(\\d{4}[-/.]\\d{1,2}([-/.]\\d{1,2})?|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4})([T ]\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?)?"
                    + "\\s?([aApP][mM])?(Z|[+-]\\d{2}:?\\d{2})?|\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?");
    private static final Pattern WORDS_PATTERN = Pattern.compile("[\\p{L}\\p{M}\\p{N}\\s'’._()/&%$#@!?:+*=<>\\[\\]-]+");
    private static final int LONGEST = 200;

    static CellKind of(String cell) {
        String text = cell.strip();
        if (text.isEmpty()) {
            return EMPTY;
        }
        if (text.length() <= LONGEST) {
            if (text.chars().anyMatch(Character::isDigit)) {
                if (NUMBER_PATTERN.matcher(text).matches()) {
                    return NUMBER;
                }
                if (TIME_PATTERN.matcher(text).matches()) {
                    return TIME;
                }
            }
            if (WORDS_PATTERN.matcher(text).matches()) {
                return WORDS;
            }
        }
        return OTHER;
    }

    /** Whether the cell is a missing-value word or nothing. */
    static boolean missing(String cell) {
        String text = cell.strip();
        return text.isEmpty()
                || text.equals("?")
                || text.equals("-")
                || text.equalsIgnoreCase("na")
                || text.equalsIgnoreCase("n/a")
                || text.equalsIgnoreCase("nan")
                || text.equalsIgnoreCase("null")
                || text.equalsIgnoreCase("none");
    }
}
