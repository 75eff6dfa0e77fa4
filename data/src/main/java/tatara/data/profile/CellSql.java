package tatara.data.profile;

import java.util.List;
import java.util.stream.Collectors;
import tatara.core.evidence.CellFormat;
import tatara.data.lake.Engine;
import tatara.data.lake.TableColumn;

/** Cells in SQL, read as {@link tatara.model.transform.CellParser} reads them. */
final class CellSql {
    /** White space that is dropped around a cell. */
    private static final String SPACE = " \t\n\u000B\f\r\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
            + "\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";

    private CellSql() {}

    /** The stored cell as text; numbers in shortest decimals, NaN as NULL. */
    static String text(TableColumn.Type stored, String cell) {
        return switch (stored) {
            case VARCHAR -> cell;
            case DOUBLE -> shortest(cell);
            case BIGINT, BOOLEAN, TIMESTAMP -> "CAST(" + cell + " AS VARCHAR)";
        };
    }

    /** The text without white space around it. Texts that begin and end with a visible ASCII character, nearly all, are not searched. */
    static String trimmed(String text) {
        return "CASE WHEN " + visible(text) + " AND " + visible("right(" + text + ", 1)") + " THEN " + text
                + " ELSE trim(" + text + ", " + Engine.literal(SPACE) + ") END";
    }

    private static String visible(String text) {
        return "ascii(" + text + ") BETWEEN 33 AND 126";
    }

    private static String shortest(String cell) {
        return "CASE WHEN isnan(" + cell + ") THEN NULL WHEN abs(" + cell + ") < 1e15 AND " + cell + " = trunc(" + cell
                + ") THEN CAST(CAST(" + cell + " AS BIGINT) AS VARCHAR) ELSE CAST(" + cell + " AS VARCHAR) END";
    }

    /** The trimmed text, NULL if it means missing. */
    static String present(String cell, Reading reading) {
        String text = MendedSql.repaired(cell, reading.format());
        List<String> tokens = reading.format().missing();
        return tokens.isEmpty()
                ? "nullif(" + text + ", '')"
                : "CASE WHEN " + text + " IN ('', "
                        + tokens.stream().map(Engine::literal).collect(Collectors.joining(", ")) + ") THEN NULL ELSE "
                        + text + " END";
    }

    /** The value as a double (times in microseconds since 1970), NULL if missing or invalid. */
    static String value(RawColumn column, String text, Reading reading) {
        return switch (reading.kind()) {
            case NUMBER -> MendedSql.number(text, reading.format());
            case TIME -> time(column, text, reading.format());
            case BOOLEAN -> bool(text, reading.format());
            case TEXT, EMPTY -> "CAST(NULL AS DOUBLE)";
        };
    }

    private static String bool(String text, CellFormat format) {
        if (format.trueTokens().isEmpty() && format.falseTokens().isEmpty()) {
            return "CASE lower(" + text + ") WHEN 'true' THEN 1.0::DOUBLE WHEN 'false' THEN 0.0::DOUBLE END";
        }
        return "CASE WHEN lower(" + text + ") IN (" + folded(format.trueTokens(), "true")
                + ") THEN 1.0::DOUBLE WHEN lower(" + text + ") IN (" + folded(format.falseTokens(), "false")
                + ") THEN 0.0::DOUBLE END";
    }

    private static String folded(List<String> tokens, String always) {
        return tokens.stream()
                        .map(token -> "lower(" + Engine.literal(token) + "), ")
                        .collect(Collectors.joining())
                + Engine.literal(always);
    }

    static String number(String text, CellFormat format) {
        String plain = "coalesce(" + plainNumber(body(text, format)) + ", " + spaced(text, format) + ")";
        boolean bare = isBare(format) || format.timePattern().isPresent();
        if (bare) {
            return plain;
        }
        String inside = plainNumber(body("trim(substring(" + text + ", 2, length(" + text + ") - 2))", format));
        return "CASE WHEN starts_with(" + text + ", '(') THEN CASE WHEN ends_with(" + text + ", ')') THEN -(" + inside
                + ") END ELSE " + plain + " END";
    }

    /** A sign with space behind it. */
    private static String spaced(String text, CellFormat format) {
        String closed = "left(" + text + ", 1) || ltrim(substring(" + text + ", 2))";
        return "CASE WHEN starts_with(" + text + ", '- ') OR starts_with(" + text + ", '+ ') THEN "
                + plainNumber(body(closed, format)) + " END";
    }

    private static boolean isBare(CellFormat format) {
        CellFormat plain = CellFormat.plain();
        return format.prefix().isEmpty()
                && format.suffix().isEmpty()
                && format.grouping().isEmpty()
                && format.decimal().equals(plain.decimal())
                && format.trueTokens().isEmpty()
                && format.falseTokens().isEmpty();
    }

    private static String body(String text, CellFormat format) {
        String body = bare(text, format);
        if (!format.grouping().isEmpty()) {
            String gap = Engine.literal(format.grouping());
            body = "CASE WHEN NOT contains(" + body + ", " + gap + ") THEN " + body + " WHEN regexp_matches(" + body
                    + ", " + Engine.literal(grouped(format)) + ") THEN replace(" + body + ", " + gap + ", '') END";
        }
        if (!format.decimal().equals(".")) {
            body = "CASE WHEN contains(" + body + ", '.') THEN NULL ELSE replace(" + body + ", "
                    + Engine.literal(format.decimal()) + ", '.') END";
        }
        return body;
    }

    private static String grouped(CellFormat format) {
        String gap = escaped(format.grouping());
        return "^[+-]?\\s*[0-9]{1,3}(?:" + gap + "[0-9]{2,3})*" + gap + "[0-9]{3}(?:[^0-9" + gap + "][^" + gap
                + "]*)?$";
    }

    /** The text without prefix and suffix. */
    static String bare(String text, CellFormat format) {
        String body = text;
        if (!format.prefix().isEmpty()) {
            body = "regexp_replace(" + body + ", " + Engine.literal("^([+-]?)\\s*" + escaped(format.prefix()) + "\\s*")
                    + ", '\\1')";
        }
        if (!format.suffix().isEmpty()) {
            body = "regexp_replace(" + body + ", " + Engine.literal("\\s*" + escaped(format.suffix()) + "$") + ", '')";
        }
        return body;
    }

    static String plainNumber(String text) {
        String parsed = "TRY_CAST(" + text + " AS DOUBLE)";
        return "CASE WHEN isfinite(" + parsed + ") AND NOT contains(" + text + ", '_') THEN " + parsed + " END";
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128 && !Character.isLetterOrDigit(c)) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    private static String time(RawColumn column, String text, CellFormat format) {
        if (column.stored() == TableColumn.Type.TIMESTAMP) {
            return "CAST(epoch_us(TRY_CAST(" + text + " AS TIMESTAMP)) AS DOUBLE)";
        }
        String pattern = format.timePattern().orElse("");
        String own =
                switch (pattern) {
                    case "" ->
                        "CASE WHEN strpos(" + text + ", '-') = 5 AND length(" + text
                                + ") >= 7 THEN CAST(coalesce(epoch_us(TRY_CAST(" + text
                                + " AS TIMESTAMPTZ)), epoch_us(try_strptime(" + text + ", '%Y-%m'))) AS DOUBLE) END";
                    case "epoch-s" -> "(" + MendedSql.number(text, format) + ") * 1e6";
                    case "epoch-ms" -> "(" + MendedSql.number(text, format) + ") * 1e3";
                    default -> MendedSql.patternTime(text, List.of(pattern), format);
                };
        return MendedSql.time(own, text, format);
    }
}
