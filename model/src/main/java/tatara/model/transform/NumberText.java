package tatara.model.transform;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.Mending;

/** Numbers as text: {@code [+-]?digits[.digits][e[+-]digits]} within prefix, suffix, grouping and accounting brackets. */
final class NumberText {
    private static final double GREATEST_PLAIN = 1e15;

    private final CellFormat format;
    private final char decimal;
    private final List<Map.Entry<String, Double>> units;
    private final List<Substitution> mends;

    NumberText(CellFormat format) {
        this.format = format;
        this.decimal = format.decimal().isEmpty() ? '.' : format.decimal().charAt(0);
        this.units = longestFirst(format.mending().orElse(Mending.none()).units());
        this.mends = NumberMends.of(format);
    }

    /** Units in the order in which they are tried. */
    private static List<Map.Entry<String, Double>> longestFirst(Map<String, Double> units) {
        return units.entrySet().stream()
                .filter(unit -> !unit.getKey().isEmpty())
                .sorted(Comparator.comparingInt((Map.Entry<String, Double> unit) ->
                                -unit.getKey().length())
                        .thenComparing(Map.Entry::getKey))
                .toList();
    }

    /**
     * @param text trimmed
     * @return NaN if it is no finite number, by the format or mended
     */
    double parse(String text) {
        double value = strict(text);
        if (!Double.isNaN(value)) {
            return value;
        }
        for (Map.Entry<String, Double> unit : units) {
            if (text.endsWith(unit.getKey())) {
                String body = Space.trim(
                        text.substring(0, text.length() - unit.getKey().length()));
                double bare = body.isEmpty() ? Double.NaN : strict(body);
                if (!Double.isNaN(bare)) {
                    return finite(bare * unit.getValue());
                }
            }
        }
        return mends.isEmpty() ? Double.NaN : signed(Substitution.apply(mends, body(text)));
    }

    /** A number without anything but its sign. */
    private static double signed(String text) {
        boolean sign = startsWithSign(text);
        String rest = sign ? text.substring(1) : text;
        if (!isPlain(rest)) {
            return Double.NaN;
        }
        double value = finite(Double.parseDouble(rest));
        return sign && text.charAt(0) == '-' ? -value : value;
    }

    private static double finite(double value) {
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    /** What the steps of mending begin with: the text without prefix and suffix, its sign kept. */
    private String body(String text) {
        String sign = startsWithSign(text) ? text.substring(0, 1) : "";
        String rest = Space.trim(text.substring(sign.length()));
        if (!format.prefix().isEmpty() && rest.startsWith(format.prefix())) {
            rest = Space.trim(rest.substring(format.prefix().length()));
        }
        if (!format.suffix().isEmpty() && rest.endsWith(format.suffix())) {
            rest = Space.trim(rest.substring(0, rest.length() - format.suffix().length()));
        }
        return sign + rest;
    }

    private double strict(String text) {
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
        if (!format.grouping().isEmpty() && rest.contains(format.grouping())) {
            rest = isGrouped(rest) ? rest.replace(format.grouping(), "") : "";
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

    /** Whether separators stand between groups of three digits (two or three, as in India, but for the last). */
    private boolean isGrouped(String text) {
        String gap = format.grouping();
        int start = 0;
        boolean first = true;
        for (int at = text.indexOf(gap); at >= 0; at = text.indexOf(gap, start)) {
            int length = at - start;
            if (digits(text, start) != at || length > 3 || length < (first ? 1 : 2)) {
                return false;
            }
            first = false;
            start = at + gap.length();
        }
        return digits(text, start) == start + 3;
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
