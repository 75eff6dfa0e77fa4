package tatara.data.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.Mending;
import tatara.data.lake.Engine;
import tatara.model.transform.DateMends;
import tatara.model.transform.NumberMends;
import tatara.model.transform.Substitution;

/** Cells in SQL that are not written as their column's others are, read as {@link tatara.model.transform.CellParser} reads them. */
final class MendedSql {
    private static final int CENTURY = 2000;
    private static final int LEAST_YEAR = 1000;

    private MendedSql() {}

    private static Mending mending(CellFormat format) {
        return format.mending().orElse(Mending.none());
    }

    /** The text that a trimmed text stands for. */
    static String repaired(String text, CellFormat format) {
        Map<String, String> repairs = mending(format).repairs();
        if (repairs.isEmpty()) {
            return text;
        }
        return "CASE " + text
                + repairs.entrySet().stream()
                        .map(repair -> " WHEN " + Engine.literal(repair.getKey()) + " THEN "
                                + Engine.literal(repair.getValue()))
                        .collect(Collectors.joining())
                + " ELSE " + text + " END";
    }

    static String number(String text, CellFormat format) {
        List<String> ways = new ArrayList<>();
        ways.add(CellSql.number(text, format));
        Mending mending = mending(format);
        if (!mending.units().isEmpty()) {
            ways.add(mending.units().entrySet().stream()
                    .sorted(Comparator.comparingInt((Map.Entry<String, Double> unit) ->
                                    -unit.getKey().length())
                            .thenComparing(Map.Entry::getKey))
                    .map(unit -> unit(text, unit.getKey(), unit.getValue(), format))
                    .collect(Collectors.joining(" ", "CASE ", " END")));
        }
        List<Substitution> steps = NumberMends.of(format);
        if (!steps.isEmpty()) {
            ways.add(CellSql.plainNumber(substituted(CellSql.bare(text, format), steps)));
        }
        return ways.size() == 1 ? ways.get(0) : "coalesce(" + String.join(", ", ways) + ")";
    }

    private static String unit(String text, String unit, double factor, CellFormat format) {
        String ending = Engine.literal(unit);
        String body = "trim(left(" + text + ", length(" + text + ") - length(" + ending + ")))";
        return "WHEN ends_with(" + text + ", " + ending + ") AND (" + CellSql.number(body, format)
                + ") IS NOT NULL THEN (" + CellSql.number(body, format) + ") * CAST(" + factor + " AS DOUBLE)";
    }

    private static String substituted(String text, List<Substitution> steps) {
        String result = text;
        for (Substitution step : steps) {
            result = "regexp_replace(" + result + ", "
                    + Engine.literal(step.pattern().pattern()) + ", " + Engine.literal(step.replacement())
                    + (step.all() ? ", 'g')" : ")");
        }
        return result;
    }

    /** @param own the column's own reading */
    static String time(String own, String text, CellFormat format) {
        List<String> patterns = mending(format).timePatterns();
        if (patterns.isEmpty()) {
            return own;
        }
        String normal = substituted("lower(" + text + ")", DateMends.all());
        List<String> ways = new ArrayList<>();
        ways.add(own);
        for (boolean brief : new boolean[] {false, true}) {
            List<String> some = patterns.stream()
                    .filter(pattern -> TimePattern.isTwoDigitYear(pattern) == brief)
                    .toList();
            if (!some.isEmpty()) {
                ways.add(patternTime(normal, some, format));
            }
        }
        return "coalesce(" + String.join(", ", ways) + ")";
    }

    /** @param patterns all with years of two digits, or all with others */
    static String patternTime(String text, List<String> patterns, CellFormat format) {
        String letters = patterns.stream()
                .map(pattern -> Engine.literal(TimePattern.strptime(pattern)))
                .collect(Collectors.joining(", "));
        String parsed = "try_strptime(" + text + ", " + (patterns.size() == 1 ? letters : "[" + letters + "]") + ")";
        if (!TimePattern.isTwoDigitYear(patterns.get(0))) {
            return "CAST(CASE WHEN year(" + parsed + ") >= " + LEAST_YEAR + " THEN epoch_us(" + parsed
                    + ") END AS DOUBLE)";
        }
        int first = mending(format).firstYear().orElse(CENTURY);
        String shift = "(" + first + " + (year(" + parsed + ") - " + first + " + 10000) % 100 - year(" + parsed + "))";
        String moved = parsed + " + to_years(CAST(" + shift + " AS INTEGER))";
        return "CAST(CASE WHEN day(" + moved + ") = day(" + parsed + ") THEN epoch_us(" + moved + ") END AS DOUBLE)";
    }
}
