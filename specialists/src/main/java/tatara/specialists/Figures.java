package tatara.specialists;

import java.util.List;
import java.util.Locale;
import tatara.core.design.Evidence;

/** How the experts write figures and evidence, so that the same measurement reads the same everywhere. */
public final class Figures {
    private Figures() {}

    /** A share as a percentage: {@code 0.1234} is {@code 12.3 %}; very small shares keep two significant digits. */
    public static String percent(double share) {
        double percent = 100 * share;
        String form = percent != 0 && Math.abs(percent) < 0.1 ? "%.2g" : "%.1f";
        return plain(String.format(Locale.ROOT, form, percent)) + " %";
    }

    /** A number with at most four significant digits, whole numbers in full. */
    public static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return plain(String.format(Locale.ROOT, "%.4g", value));
    }

    /** A constant in words: {@code BIRTH_DATE} is {@code birth date}. */
    public static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public static String count(long value, String one, String many) {
        return value + " " + (value == 1 ? one : many);
    }

    /** A name in a message: one line, at most 60 characters. */
    public static String name(String name) {
        String line = name.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > 60 ? line.substring(0, 57) + "..." : line;
    }

    /** A list of names, cut after the first few. */
    public static String names(List<String> names) {
        int shown = Math.min(names.size(), 8);
        String list = String.join(
                ", ", names.subList(0, shown).stream().map(Figures::name).toList());
        return names.size() > shown ? list + " and " + (names.size() - shown) + " more" : list;
    }

    public static Evidence evidence(String measure, String value, String source) {
        return new Evidence(measure, value, source);
    }

    public static Evidence evidence(String measure, long value, String source) {
        return new Evidence(measure, Long.toString(value), source);
    }

    public static Evidence evidence(String measure, double value, String source) {
        return new Evidence(measure, number(value), source);
    }

    private static String plain(String formatted) {
        if (formatted.contains("e") || !formatted.contains(".")) {
            return formatted;
        }
        String trimmed = formatted.replaceAll("0+$", "");
        return trimmed.endsWith(".") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
    }
}
