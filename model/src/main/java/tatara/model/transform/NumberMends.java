package tatara.model.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.Mend;
import tatara.core.evidence.Mending;

/**
 * Steps from a text that is no number in its column's form, prefix and suffix dropped, to one that perhaps is: a sign, digits without
 * groups, and a point.
 */
public final class NumberMends {
    private static final String EXPONENT = "((?:[eE][+-]?[0-9]+)?)";
    private static final String STRAY_LETTER = "[acdfghijnpqrsuvwyzACDFGHJNPQRSUVWYZ]";
    private static final String STRAY_MARKS = "[*#'\"`~_^!]+";

    private NumberMends() {}

    /** The steps that a format allows, in order; none if it mends no numbers. */
    public static List<Substitution> of(CellFormat format) {
        List<Mend> mends = format.mending().orElse(Mending.none()).numbers();
        List<Substitution> steps = new ArrayList<>();
        if (mends.contains(Mend.SIGNS)) {
            steps.add(Substitution.first("^[\u2212\u2013\u2014]", "-"));
            steps.add(Substitution.first("^\\++", "+"));
            steps.add(Substitution.first("^-+", "-"));
        }
        if (mends.contains(Mend.STRAY)) {
            steps.add(Substitution.first("^" + STRAY_MARKS + " *", ""));
            steps.add(Substitution.first(" *" + STRAY_MARKS + "$", ""));
            steps.add(Substitution.first("([0-9][.,]?)" + STRAY_LETTER + "$", "\\1"));
        }
        if (mends.contains(Mend.LETTERS)) {
            letters("oO", "0", steps);
            letters("lI|", "1", steps);
        }
        if (mends.contains(Mend.SEPARATORS)) {
            separators(format.decimal().equals(",") ? "," : ".", steps);
        }
        if (!steps.isEmpty()) {
            plain(format, steps);
        }
        return List.copyOf(steps);
    }

    /** Leaves out the column's own groups, and writes its decimal sign as a point; what has another point is no number. */
    private static void plain(CellFormat format, List<Substitution> steps) {
        String gap = Pattern.quote(format.grouping());
        if (!format.grouping().isEmpty()) {
            String more = "(?:" + gap + "([0-9]{3}))?";
            steps.add(Substitution.first(
                    "^([+-]?[0-9]{1,3})" + gap + "([0-9]{3})" + more + more + more + "([^0-9].*)?$",
                    "\\1\\2\\3\\4\\5\\6"));
        }
        if (format.decimal().equals(",")) {
            steps.add(Substitution.first("[.]", "x"));
            steps.add(Substitution.first(",", "."));
        }
    }

    private static void letters(String alike, String digit, List<Substitution> steps) {
        Substitution step =
                Substitution.all("([0-9][.,']?)[" + alike + "]([.,']?[0-9" + alike + "])", "\\1" + digit + "\\2");
        steps.add(step);
        steps.add(step);
    }

    private static void separators(String decimal, List<Substitution> steps) {
        String other = decimal.equals(".") ? "," : ".";
        String point = "[" + decimal + "]";
        String comma = "[" + other + "]";
        steps.add(Substitution.first("([0-9])[.,:;]{2,}([0-9])", "\\1" + decimal + "\\2"));
        steps.add(Substitution.first("([0-9])[.,:;]+" + EXPONENT + "$", "\\1\\2"));
        steps.add(Substitution.first("^([+-]?[0-9]+)[:;]([0-9]+)" + EXPONENT + "$", "\\1" + decimal + "\\2\\3"));
        String head = "^([+-]?[0-9]{1,3})";
        String group = "([0-9]{3})";
        for (String gap : List.of(comma, "[ ]", "[']")) {
            String more = "(?:" + gap + group + ")?";
            String tail = "((?:" + point + "[0-9]*)?)$";
            steps.add(Substitution.first(head + gap + group + gap + group + more + more + tail, "\\1\\2\\3\\4\\5\\6"));
        }
        String more = "(?:" + point + group + ")?";
        steps.add(Substitution.first(head + point + group + point + group + more + more + "$", "\\1\\2\\3\\4\\5"));
        steps.add(Substitution.first(head + point + group + comma + "([0-9]+)$", "\\1\\2" + decimal + "\\3"));
        steps.add(Substitution.first(
                head + point + group + point + group + comma + "([0-9]+)$", "\\1\\2\\3" + decimal + "\\4"));
        steps.add(Substitution.first(
                "^([+-]?[0-9]*)" + comma + "([0-9]{1,2}|[0-9]{4,})" + EXPONENT + "$", "\\1" + decimal + "\\2\\3"));
    }
}
