package tatara.data.export;

/**
 * A regular expression in the syntax that RE2, Java and Python share, rewritten so that JavaScript and all of these agree: classes of characters
 * are ASCII, a dot is anything but a line feed. Immutable.
 */
final class PortableRegex {
    private static final String SPACES = "\\t\\n\\f\\r ";
    private static final String SPECIAL = ".^$*+?()[]{}|\\/-\"'#&~<>=:;,!@%`_ ";

    private final String source;
    private final StringBuilder result = new StringBuilder();
    private int at;
    private boolean inside;
    private boolean negated;

    private PortableRegex(String source) {
        this.source = source;
    }

    /** @throws IllegalArgumentException naming what the dialects do not share */
    static String of(String source) {
        try {
            java.util.regex.Pattern.compile(source);
        } catch (java.util.regex.PatternSyntaxException e) {
            throw new IllegalArgumentException("not a regular expression: " + e.getDescription(), e);
        }
        PortableRegex regex = new PortableRegex(source);
        while (regex.at < source.length()) {
            regex.step(source.charAt(regex.at));
        }
        return regex.result.toString();
    }

    private void step(char c) {
        if (c == '\\') {
            escape();
        } else if (inside) {
            inClass(c);
        } else if (c == '[') {
            inside = true;
            at++;
            negated = source.startsWith("^", at);
            result.append(negated ? "[^" : "[");
            at += negated ? 1 : 0;
            if (source.startsWith("]", at)) {
                throw unshared("a class that begins with ]");
            }
        } else if (c == '.') {
            put("[^\\n]", 1);
        } else if (c == '(') {
            group();
        } else if (c == '{' && !source.substring(at).matches("(?s)\\{[0-9]{1,4}(,[0-9]{0,4})?\\}.*")) {
            put("\\{", 1);
        } else if ("*+?}".indexOf(c) >= 0 && source.startsWith("+", at + 1)) {
            throw unshared("possessive repetition");
        } else {
            put(String.valueOf(c), 1);
        }
    }

    private void inClass(char c) {
        if (c == ']') {
            inside = false;
        } else if (c == '[' || source.startsWith("&&", at)) {
            throw unshared("a class in a class");
        }
        put(String.valueOf(c), 1);
    }

    private void group() {
        if (source.startsWith("(?", at) && !source.startsWith("(?:", at)) {
            throw unshared(source.substring(at, Math.min(source.length(), at + 3)));
        }
        put(source.startsWith("(?:", at) ? "(?:" : "(", source.startsWith("(?:", at) ? 3 : 1);
    }

    private void escape() {
        char next = source.charAt(at + 1);
        switch (next) {
            case 'd' -> put(inside ? "0-9" : "[0-9]", 2);
            case 'w' -> put(inside ? "0-9A-Za-z_" : "[0-9A-Za-z_]", 2);
            case 's' -> put(inside ? SPACES : "[" + SPACES + "]", 2);
            case 'D' -> outside("[^0-9]");
            case 'W' -> outside("[^0-9A-Za-z_]");
            case 'S' -> outside("[^" + SPACES + "]");
            case 't', 'n', 'r', 'f' -> put("\\" + next, 2);
            default -> {
                if (SPECIAL.indexOf(next) < 0) {
                    throw unshared("\\" + next);
                }
                boolean needed = ".^$*+?()[]{}|\\/".indexOf(next) >= 0 || (inside && next == '-');
                put(needed && next != '/' ? "\\" + next : String.valueOf(next), 2);
            }
        }
    }

    private void outside(String text) {
        if (inside) {
            throw unshared("\\" + source.charAt(at + 1) + " in a class");
        }
        put(text, 2);
    }

    private void put(String text, int read) {
        result.append(text);
        at += read;
    }

    private static IllegalArgumentException unshared(String what) {
        return new IllegalArgumentException("the dialects of regular expressions do not share " + what);
    }
}
