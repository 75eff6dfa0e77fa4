package tatara.data.source;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;

/**
 * What a cell of a workbook holds: its value, not what Excel shows of it. Formulas give the value that was last computed; errors and
 * empty texts are missing. Numbers with the format of a date or time are ISO-8601 texts.
 *
 * @param type {@link FlatJson.Type#NOTHING} if it is missing
 */
record ExcelCell(FlatJson.Type type, String text) {
    static final ExcelCell MISSING = new ExcelCell(FlatJson.Type.NOTHING, "");

    private static final Set<String> ERRORS = Set.of(
            "#N/A", "#DIV/0!", "#REF!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!");
    private static final Pattern NO_DATE =
            Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.|\\[(?!h+\\]|m+\\]|s+\\])[^\\]]*\\]");
    private static final Pattern DATE_LETTERS = Pattern.compile("[ymdhs年月日時分秒]", Pattern.CASE_INSENSITIVE);
    private static final Pattern DAY_LETTERS = Pattern.compile("[yd年日]", Pattern.CASE_INSENSITIVE);
    private static final Pattern CLOCK_LETTERS = Pattern.compile("[hs時秒]", Pattern.CASE_INSENSITIVE);
    private static final long DAY_MILLIS = 86_400_000L;
    private static final double LAST_DAY = 2_958_466;

    static ExcelCell of(@Nullable Cell cell, boolean from1904) {
        if (cell == null || cell.getType() == CellType.EMPTY || cell.getType() == CellType.ERROR) {
            return MISSING;
        }
        Object value = cell.getValue();
        if (value instanceof BigDecimal number) {
            return number(number, cell, from1904);
        }
        if (value instanceof Boolean bool) {
            return new ExcelCell(FlatJson.Type.BOOLEAN, bool.toString());
        }
        String text = value == null ? "" : value.toString();
        boolean error = cell.getType() == CellType.FORMULA && ERRORS.contains(text);
        return text.isBlank() || error ? MISSING : new ExcelCell(FlatJson.Type.VARCHAR, text);
    }

    boolean isMissing() {
        return type == FlatJson.Type.NOTHING;
    }

    private static ExcelCell number(BigDecimal number, Cell cell, boolean from1904) {
        double value = number.doubleValue();
        Integer id = cell.getDataFormatId();
        String format = Objects.requireNonNullElse(cell.getDataFormatString(), "");
        if (isDate(id == null ? 0 : id, format) && value >= 0 && value < LAST_DAY) {
            boolean timeOnly = value < 1 && !hasDay(id == null ? 0 : id, format);
            return new ExcelCell(FlatJson.Type.VARCHAR, timeOnly ? time(value) : moment(value, from1904));
        }
        BigDecimal plain = number.stripTrailingZeros();
        boolean whole = plain.scale() <= 0 && plain.precision() - plain.scale() <= 18;
        return new ExcelCell(
                whole ? FlatJson.Type.BIGINT : FlatJson.Type.DOUBLE, whole ? plain.toPlainString() : number.toString());
    }

    /** Built-in formats 14 to 22, 27 to 36, 45 to 47 and 50 to 58 are dates and times; others say it by their letters. */
    private static boolean isDate(int id, String format) {
        boolean builtIn =
                (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
        if (builtIn) {
            return true;
        }
        String bare = NO_DATE.matcher(firstSection(format)).replaceAll("");
        return id >= 164
                && !bare.equalsIgnoreCase("General")
                && !isScientific(bare)
                && DATE_LETTERS.matcher(bare).find();
    }

    private static boolean hasDay(int id, String format) {
        if (id < 164) {
            return !(id >= 18 && id <= 21) && !(id >= 45 && id <= 47);
        }
        String bare = NO_DATE.matcher(firstSection(format)).replaceAll("");
        return DAY_LETTERS.matcher(bare).find() || !CLOCK_LETTERS.matcher(bare).find();
    }

    private static String firstSection(String format) {
        int end = format.indexOf(';');
        return end < 0 ? format : format.substring(0, end);
    }

    private static boolean isScientific(String format) {
        return format.contains("0") || format.contains("#");
    }

    private static String time(double value) {
        long seconds = Math.min(86_399, Math.round(value * 86_400));
        return LocalTime.ofSecondOfDay(seconds).format(DateTimeFormatter.ISO_LOCAL_TIME);
    }

    /** In the system of 1900 there is a day 60 that never was, the 29th of February 1900: earlier days are one later. */
    private static String moment(double value, boolean from1904) {
        long millis = Math.round(value * DAY_MILLIS);
        long day = Math.floorDiv(millis, DAY_MILLIS);
        LocalDate first = from1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, day < 60 ? 31 : 30);
        LocalDateTime moment =
                first.plusDays(day).atStartOfDay().plusNanos(Math.floorMod(millis, DAY_MILLIS) * 1_000_000L);
        return moment.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? moment.toLocalDate().toString()
                : moment.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }
}
