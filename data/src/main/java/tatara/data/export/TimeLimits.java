package tatara.data.export;

/** Regular expressions for texts of one width that are not below, or not above, a text: where they differ first, the digit is greater, or less. */
final class TimeLimits {
    private TimeLimits() {}

    static String least(String limit) {
        return pattern(limit, true);
    }

    static String most(String limit) {
        return pattern(limit, false);
    }

    private static String pattern(String limit, boolean above) {
        StringBuilder pattern = new StringBuilder("^(?:");
        for (int i = 0; i < limit.length(); i++) {
            char c = limit.charAt(i);
            boolean differs = c >= '0' && c <= '9' && c != (above ? '9' : '0');
            if (differs) {
                pattern.append(quoted(limit.substring(0, i)));
                pattern.append(above ? "[" + (char) (c + 1) + "-9]" : "[0-" + (char) (c - 1) + "]");
                pattern.append(".*|");
            }
        }
        return pattern.append(quoted(limit)).append(")$").toString();
    }

    private static String quoted(String text) {
        return text.replace(".", "\\.");
    }
}
