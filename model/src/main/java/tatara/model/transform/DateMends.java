package tatara.model.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Steps from the text of a date to its normal form, which {@link tatara.core.evidence.Mending} describes. */
public final class DateMends {
    private static final String GAP = "[ \\t\u00A0\u2009\u202F/.,_'\u2019()\u2010\u2011\u2012\u2013\u2014-]+";
    private static final String LETTER = "[a-z\u00DF-\u00F6\u00F8-\u00FF]";
    private static final String ORDINALS = "st|nd|rd|th|er|re|e|eme|\u00E8me|de|ste|\u00BA|\u00B0|\u00AA";
    private static final String FILLERS =
            "the|of|year|on|at|in|day|anno|del|de|di|do|da|den|der|du|le|la|el|il|am|um|van|het|t"
                    + "|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun"
                    + "|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
                    + "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
                    + "|lunes|martes|mi\u00E9rcoles|jueves|viernes|s\u00E1bado|domingo"
                    + "|luned\u00EC|marted\u00EC|mercoled\u00EC|gioved\u00EC|venerd\u00EC|sabato|domenica";

    /** Names of months in English, German, French, Spanish, Italian, Portuguese and Dutch. */
    private static final List<Map.Entry<String, String>> MONTHS = List.of(
            Map.entry("Jan", "jan|january|januar|j\u00E4nner|janvier|janv|enero|ene|gennaio|gen|janeiro|januari"),
            Map.entry(
                    "Feb",
                    "feb|february|februar|f\u00E9vrier|fevrier|f\u00E9vr|febrero|febbraio|febb|fevereiro|fev|februari"),
            Map.entry("Mar", "mar|march|m\u00E4rz|maerz|m\u00E4r|mrz|mars|marzo|mar\u00E7o|marco|maart|mrt"),
            Map.entry("Apr", "apr|april|avril|avr|abril|abr|aprile"),
            Map.entry("May", "may|mai|mayo|maggio|mag|maio|mei"),
            Map.entry("Jun", "jun|june|juni|juin|junio|giugno|giu|junho"),
            Map.entry("Jul", "jul|july|juli|juillet|juil|julio|luglio|lug|julho"),
            Map.entry("Aug", "aug|august|ao\u00FBt|aout|agosto|ago|augustus"),
            Map.entry("Sep", "sep|sept|september|septembre|septiembre|setiembre|settembre|sett|set|setembro"),
            Map.entry("Oct", "oct|october|oktober|okt|octobre|octubre|ottobre|ott|outubro|out"),
            Map.entry("Nov", "nov|november|novembre|noviembre|novembro"),
            Map.entry(
                    "Dec",
                    "dec|december|dezember|dez|d\u00E9cembre|decembre|d\u00E9c|diciembre|dic|dicembre|dezembro"));

    private static final List<Substitution> STEPS = steps();

    private DateMends() {}

    /** The steps, in order, for a text in lower case. */
    public static List<Substitution> all() {
        return STEPS;
    }

    private static List<Substitution> steps() {
        List<Substitution> steps = new ArrayList<>();
        steps.add(Substitution.all(GAP, "-"));
        steps.add(Substitution.all("([0-9])(?:" + ORDINALS + ")(-|$)", "\\1\\2"));
        steps.add(Substitution.all("([0-9])(" + LETTER + ")", "\\1-\\2"));
        steps.add(Substitution.all("(" + LETTER + ")([0-9])", "\\1-\\2"));
        steps.add(Substitution.all("(^|-)(?:(?:" + FILLERS + ")-)+", "\\1"));
        steps.add(Substitution.all("^-+|-+$", ""));
        for (Map.Entry<String, String> month : MONTHS) {
            steps.add(Substitution.first("(^|-)(?:" + month.getValue() + ")(-|$)", "\\1" + month.getKey() + "\\2"));
        }
        return List.copyOf(steps);
    }

    /** The normal form of a date's text. */
    public static String normal(String text) {
        return Substitution.apply(STEPS, text.toLowerCase(Locale.ROOT));
    }
}
