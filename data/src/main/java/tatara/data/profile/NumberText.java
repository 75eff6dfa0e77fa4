package tatara.data.profile;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text taken apart as a number: what stands before and after the digits.
 *
 * @param prefix what stands before, without sign and space
 * @param body digits with their separators
 * @param suffix what stands after
 * @param spaced whether space separates the suffix
 * @param signed whether it has a sign or accounting brackets
 */
record NumberText(String prefix, String body, String suffix, boolean spaced, boolean signed) {
    private static final int LONGEST = 60;
    private static final Pattern PARTS = Pattern.compile(
            "([+-]?)\\s*([^\\d.,()+\\-\\s][^\\d.,()+\\-]{0,7}?)?\\s*([+-]?)"
                    + "([.,]?\\d[\\d.,'\u2019 \u00A0\u202F]*?(?:[eE][+-]?\\d+)?)(\\s*)([^\\d\\s.,'\u2019][^\\d]{0,15})?");
    private static final Pattern CURRENCY =
            Pattern.compile("(?:[A-Z]{0,3}\\p{Sc}|Rs\\.?|kr\\.?|Fr\\.?|z\u0142|K\u010D)");
    private static final Set<String> CURRENCY_CODES = Set.of(
            "USD", "EUR", "GBP", "JPY", "CHF", "AUD", "CAD", "INR", "CNY", "SEK", "NOK", "DKK", "PLN", "BRL", "MXN",
            "ZAR", "KRW", "SGD", "HKD", "NZD", "TRY", "RUB");
    private static final Set<String> UNITS = Set.of(
            "%",
            "\u2030", "\u00B0", "\u00B0C", "\u00B0F", "oz", "oz.", "lb", "lbs", "lb.", "lbs.", "kg", "g", "mg", "t",
            "km", "m", "cm", "mm", "mi", "ft", "in", "in.", "yd", "l", "L", "ml", "mL", "cl", "gal", "h", "hr", "hrs",
            "min", "mins", "min.", "s", "sec", "ms", "km/h", "mph", "kW", "kWh", "W", "V", "A", "Hz", "GHz", "MHz",
            "GB", "MB", "KB", "TB", "sqft", "m2", "px", "cc", "hp", "bhp", "kmpl", "CC", "Nm", "rpm", "x");

    static Optional<NumberText> of(String text) {
        return isPlain(text) ? Optional.of(new NumberText("", text, "", false, false)) : parted(text);
    }

    /** Unsigned digits with at most one point: by far the most frequent form. */
    private static boolean isPlain(String text) {
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            points += c == '.' ? 1 : 0;
            if ((c < '0' || c > '9') && c != '.') {
                return false;
            }
        }
        return points <= 1 && text.length() > points && text.length() <= LONGEST;
    }

    private static Optional<NumberText> parted(String text) {
        String inner = text;
        boolean brackets = text.length() > 2 && text.startsWith("(") && text.endsWith(")");
        if (brackets) {
            inner = text.substring(1, text.length() - 1).strip();
        }
        if (inner.length() > LONGEST || inner.chars().noneMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        Matcher parts = PARTS.matcher(inner);
        if (!parts.matches()) {
            return Optional.empty();
        }
        boolean signed = !parts.group(1).isEmpty() || !parts.group(3).isEmpty();
        boolean twice = !parts.group(1).isEmpty() && !parts.group(3).isEmpty();
        if (twice || (brackets && signed)) {
            return Optional.empty();
        }
        return Optional.of(new NumberText(
                orEmpty(parts.group(2)).strip(),
                parts.group(4),
                orEmpty(parts.group(6)).strip(),
                !parts.group(5).isEmpty(),
                signed || brackets));
    }

    private static String orEmpty(@Nullable String group) {
        return group == null ? "" : group;
    }

    static boolean isCurrency(String affix) {
        return CURRENCY.matcher(affix).matches() || CURRENCY_CODES.contains(affix);
    }

    static boolean isUnit(String suffix) {
        return UNITS.contains(suffix) || isCurrency(suffix);
    }
}
