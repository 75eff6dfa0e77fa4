package tatara.model.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.Mend;
import tatara.core.evidence.Mending;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;

class MendingTest {
    private static final Mending ALL = Mending.none().withNumbers(List.of(Mend.values()));

    private static CellFormat numbers(String decimal, String grouping, String prefix) {
        return new CellFormat(List.of(), decimal, grouping, prefix, "", Optional.empty(), List.of(), List.of());
    }

    private static double mended(CellFormat format, String cell) {
        return CellParser.of(ColumnType.NUMBER, format.withMending(ALL)).number(cell);
    }

    private static CellParser times(Integer firstYear, String... patterns) {
        return CellParser.of(
                ColumnType.TIME,
                CellFormat.plain()
                        .withMending(Mending.none().withTimes(List.of(patterns), Optional.ofNullable(firstYear))));
    }

    private static long micros(LocalDate date) {
        return date.toEpochDay() * 86_400_000_000L;
    }

    @ParameterizedTest
    @CsvSource({
        "4o8, 408",
        "1OO5, 1005",
        "2.l5, 2.15",
        "8..8, 8.8",
        "'9,.0', 9",
        "8:8, 8.8",
        "8.7., 8.7",
        "'8,7e-0', 8.7",
        "'8,6', 8.6",
        "++8.7, 8.7",
        "--3, -3",
        "\u22125, -5",
        "178c, 178",
        "'8,9f', 8.9",
        "\"'12\", 12",
        "12*, 12",
        "'4o8,035,783', 408035783",
        "2.278.845, 2278845",
        "1 234 567.5, 1234567.5",
        "'1,234,567.5', 1234567.5"
    })
    void numbersThatAreWrittenWronglyAreRead(String cell, double expected) {
        assertThat(CellParser.of(ColumnType.NUMBER, CellFormat.plain()).number(cell))
                .isNaN();
        assertThat(mended(CellFormat.plain(), cell)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "12 apples",
                "1/2",
                "12-13",
                "4x5",
                "1e",
                "o",
                "..",
                "+",
                "1,234",
                "12:30:15",
                "5k",
                "7M",
                "3%",
                "0x10",
                "1_000",
                "\uFF11",
                "NaNa",
                "1..2..3..4",
                "(",
                "()",
                "e5",
                "--"
            })
    void whatMayMeanSomethingElseStaysInvalid(String cell) {
        assertThat(mended(CellFormat.plain(), cell)).isNaN();
    }

    @Test
    void theColumnsOwnSeparatorsDecide() {
        CellFormat european = numbers(",", ".", "\u20AC");
        assertThat(mended(european, "\u20AC 1.234,5")).isEqualTo(1234.5);
        assertThat(mended(european, "\u20AC 8,,5")).isEqualTo(8.5);
        assertThat(mended(european, "\u20AC 8.5")).isEqualTo(8.5);
        assertThat(mended(numbers(".", ",", "$"), "$ 4o8,035,783")).isEqualTo(408_035_783);
        assertThat(mended(numbers(".", ",", ""), "8,6")).isEqualTo(8.6);
    }

    @Test
    void separatorsThatSetOffNoThousandsAreNoGrouping() {
        CellParser parser = CellParser.of(ColumnType.NUMBER, numbers(".", ",", ""));
        assertThat(parser.number("1,234,567")).isEqualTo(1_234_567);
        assertThat(parser.number("12,34,567")).isEqualTo(1_234_567);
        assertThat(parser.number("8,6")).isNaN();
        assertThat(parser.number("1,2345")).isNaN();
        assertThat(parser.number(",234")).isNaN();
        assertThat(parser.number("1,,234")).isNaN();
    }

    @Test
    void unitsMultiply() {
        CellFormat format = new CellFormat(List.of(), ".", "", "", "g", Optional.empty(), List.of(), List.of())
                .withMending(Mending.none().withUnits(Map.of("kg", 1000.0, "oz. Can", 28.35, "k", 1000.0)));
        CellParser parser = CellParser.of(ColumnType.NUMBER, format);
        assertThat(parser.number("12 g")).isEqualTo(12);
        assertThat(parser.number("1.5kg")).isEqualTo(1500);
        assertThat(parser.number("2 oz. Can")).isCloseTo(56.7, within(1e-9));
        assertThat(parser.number("5k")).isEqualTo(5000);
        assertThat(parser.number("kg")).isNaN();
        assertThat(parser.number("1e308 kg")).isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "09 21 1972, 1972-09-21",
        "' 23 -07-2008', 2008-07-23",
        "22 Feb 04, 2004-02-22",
        "10-29-99, 1999-10-29",
        "23rd December of 1966, 1966-12-23",
        "01/16-03, 2003-01-16",
        "18/11/1976, 1976-11-18",
        "21-11-46, 1946-11-21",
        "'The 6th of marzo, year 1951', 1951-03-06",
        "'1. August 2001', 2001-08-01",
        "'le 1er f\u00E9vrier 1999', 1999-02-01",
        "22FEB2004, 2004-02-22"
    })
    void datesOfManyForms(String cell, LocalDate date) {
        CellParser parser = times(1929, "d-M-yyyy", "d-MMM-yyyy", "M-d-yyyy", "d-M-yy", "d-MMM-yy", "M-d-yy");
        assertThat(parser.time(cell)).isEqualTo(micros(date));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1984-02-34",
                "1976-13-24",
                "31-02-1999",
                "29-02-1900",
                "December",
                "of the year",
                "99",
                "--",
                "\u0660"
            })
    void datesThatDoNotExistAreInvalid(String cell) {
        CellParser parser = times(1900, "d-M-yyyy", "d-MMM-yyyy", "d-M-yy");
        assertThat(parser.time(cell)).isEqualTo(TimeColumn.MISSING);
        assertThat(parser.isMissing(cell)).isFalse();
    }

    @Test
    void everyDateIsReadBackInEveryForm() {
        SplittableRandom random = new SplittableRandom(5);
        String[][] forms = {
            {"d.M.yyyy", "d-M-yyyy"},
            {"MM/dd/yyyy", "M-d-yyyy"},
            {"d MMMM yyyy", "d-MMM-yyyy"},
            {"MMM d, yyyy", "MMM-d-yyyy"},
            {"EEEE d MMMM yyyy", "d-MMM-yyyy"},
            {"dd-MM-yy", "d-M-yy"},
            {"yyyy/M/d", "yyyy-M-d"}
        };
        for (int i = 0; i < 2_000; i++) {
            LocalDate date = LocalDate.of(1950, 1, 1).plusDays(random.nextInt(36_000));
            String[] form = forms[random.nextInt(forms.length)];
            String text = DateTimeFormatter.ofPattern(form[0], Locale.ENGLISH).format(date);
            assertThat(times(1950, form[1]).time(text)).as(text).isEqualTo(micros(date));
        }
    }

    @Test
    void whatIsReadWithoutMendingIsReadTheSameWithIt() {
        SplittableRandom random = new SplittableRandom(7);
        CellFormat format = numbers(".", ",", "$");
        CellParser usual = CellParser.of(ColumnType.NUMBER, format);
        CellParser mending = CellParser.of(ColumnType.NUMBER, format.withMending(ALL));
        for (int i = 0; i < 5_000; i++) {
            double number = random.nextInt(-99_999_999, 99_999_999) / Math.pow(10, random.nextInt(4));
            String text = String.format(Locale.ROOT, "%s%,.3f", random.nextBoolean() ? "$" : "", number);
            assertThat(usual.number(text)).isCloseTo(number, within(1e-6));
            assertThat(mending.number(text)).isEqualTo(usual.number(text));
        }
    }

    @Test
    void garbageIsReadWithoutFailing() {
        SplittableRandom random = new SplittableRandom(11);
        CellParser number =
                CellParser.of(ColumnType.NUMBER, numbers(",", ".", "$").withMending(ALL));
        CellParser time = times(1950, "d-M-yyyy", "d-M-yy", "M-d-yy-H:mm");
        String alphabet = "0123456789..,,::--++oOlIeE$ /th\u00A0\u0130\uD83D\uDE00()'\"\\";
        for (int i = 0; i < 20_000; i++) {
            char[] cell = new char[random.nextInt(12)];
            for (int j = 0; j < cell.length; j++) {
                cell[j] = alphabet.charAt(random.nextInt(alphabet.length()));
            }
            double value = number.number(new String(cell));
            assertThat(Double.isInfinite(value)).isFalse();
            time.time(new String(cell));
        }
        assertThat(number.number("8,".repeat(100_000))).isNaN();
        assertThat(time.time("1-".repeat(100_000))).isEqualTo(TimeColumn.MISSING);
    }

    @Test
    void repairsHoldForTextsNumbersAndMissing() {
        Mending mending = Mending.none().withRepairs(Map.of("Italy1", "Italy", "x", "", "12 (!)", "12"));
        CellFormat format = CellFormat.plain().withMending(mending);
        CellParser text = CellParser.of(ColumnType.CATEGORY, format);
        assertThat(text.text(" Italy1 ")).isEqualTo("Italy");
        assertThat(text.isMissing("x")).isTrue();
        assertThat(text.text("x")).isNull();
        assertThat(CellParser.of(ColumnType.NUMBER, format).number("12 (!)")).isEqualTo(12);
        TextColumn column = (TextColumn) text.parse(
                TextColumn.of(3, row -> List.of("Italy", "Italy1", "x").get(row)));
        assertThat(column.dictionary()).containsExactly("Italy");
        assertThat(column.codes()).containsExactly(0, 0, TextColumn.MISSING);
    }

    @Test
    void aColumnIsReadAsItsCellsAre() {
        CellParser parser = CellParser.of(ColumnType.NUMBER, CellFormat.plain().withMending(ALL));
        String[] cells = {"8..8", "7", "8..8", "x"};
        double[] values = ((NumberColumn) parser.parse(TextColumn.of(cells.length, row -> cells[row]))).values();
        assertThat(values)
                .isEqualTo(Arrays.stream(cells).mapToDouble(parser::number).toArray());
    }

    @Test
    void formatsOfOldDocumentsAndNewOnesAreRead() {
        String old = "{\"missing\":[],\"decimal\":\".\",\"grouping\":\"\",\"prefix\":\"\",\"suffix\":\"\"}";
        assertThat(RecordCodec.read(CellFormat.class, "old", JsonText.read("old", old)))
                .isEqualTo(CellFormat.plain());
        CellFormat format = CellFormat.plain()
                .withMending(ALL.withUnits(Map.of("k", 1000.0))
                        .withTimes(List.of("d-M-yy"), Optional.of(1931))
                        .withRepairs(Map.of("a", "b")));
        String text = JsonText.write(RecordCodec.write(format));
        assertThat(RecordCodec.read(CellFormat.class, "new", JsonText.read("new", text)))
                .isEqualTo(format);
        assertThat(JsonText.write(RecordCodec.write(CellFormat.plain()))).doesNotContain("mending");
    }
}
