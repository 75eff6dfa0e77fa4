package tatara.model.transform;

import java.math.BigDecimal;
import tatara.core.evidence.CellFormat;

/** Numbers as text: {@code [+-]?digits[.digits][e[+-]digits]} within prefix, suffix, grouping and accounting brackets. */
final class NumberText {
    private static final double GREATEST_PLAIN = 1e15;

    private final CellFormat format;
    private final char decimal;

    NumberText(CellFormat format) {
        this.format = format;
        this.decimal = format.decimal().isEmpty() ? '.' : format.decimal().charAt(0);
    }

    /**
     * @param text trimmed
     * @return NaN if it is no finite number
     */
    double parse(String text) {
        String rest = text;
        boolean negative = false;
        boolean signed = false;
        if (rest.length() > 2 && rest.charAt(0) == '(' && rest.charAt(rest.length() - 1) == ')') {
            rest = Space.trim(rest.substring(1, rest.length() - 1));
            negative = true;
            signed = true;
        }
        if (!signed && startsWithSign(rest)) {
            negative = rest.charAt(0) == '-';
            signed = true;
            rest = Space.trim(rest.substring(1));
        }
        if (!format.prefix().isEmpty() && rest.startsWith(format.prefix())) {
            rest = Space.trim(rest.substring(format.prefix().length()));
        }
        if (!format.suffix().isEmpty() && rest.endsWith(format.suffix())) {
            rest = Space.trim(rest.substring(0, rest.length() - format.suffix().length()));
        }
        if (!signed && startsWithSign(rest)) {
            negative = rest.charAt(0) == '-';
            rest = rest.substring(1);
        }
        if (!format.grouping().isEmpty()) {
            rest = rest.replace(format.grouping(), "");
        }
        if (decimal != '.') {
            rest = rest.indexOf('.') >= 0 ? "" : rest.replace(decimal, '.');
        }
        if (!isPlain(rest)) {
            return Double.NaN;
        }
        double value = Double.parseDouble(rest);
        return Double.isInfinite(value) ? Double.NaN : negative ? -value : value;
    }

    private static boolean startsWithSign(String text) {
        return !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+');
    }

    /** Whether a text is {@code digits[.digits][e[+-]digits]}, with a digit on one side of the point at least. */
    private static boolean isPlain(String text) {
        int at = digits(text, 0);
        int count = at;
        if (at < text.length() && text.charAt(at) == '.') {
            int end = digits(text, at + 1);
            count += end - at - 1;
            at = end;
        }
        if (count == 0) {
            return false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int start = at + 1;
            if (start < text.length() && (text.charAt(start) == '-' || text.charAt(start) == '+')) {
                start++;
            }
            at = digits(text, start);
            if (at == start) {
                return false;
            }
        }
        return at == text.length();
    }

    private static int digits(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** The shortest decimal of a finite number, without exponent where that is short: {@code 3}, {@code 0.1}, {@code 1.0E300}. */
    static String shortest(double value) {
        if (value == Math.rint(value) && Math.abs(value) < GREATEST_PLAIN) {
            return Long.toString((long) value);
        }
        double size = Math.abs(value);
        if (size < 1e-9 || size > 1e21) {
            return Double.toString(value);
        }
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
