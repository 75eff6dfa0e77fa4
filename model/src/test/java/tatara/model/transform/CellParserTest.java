package tatara.model.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.error.TataraException;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.frame.Column;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;

class CellParserTest {
    private static final CellFormat PLAIN = CellFormat.plain();
    private static final CellFormat MONEY =
            new CellFormat(List.of("-", "?"), ".", ",", "$", "", Optional.empty(), List.of(), List.of());

    private static CellFormat times(String pattern) {
        return new CellFormat(List.of(), ".", "", "", "", Optional.of(pattern), List.of(), List.of());
    }

    private static long micros(String instant) {
        return Instant.parse(instant).toEpochMilli() * 1000;
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3",
        "+3.50, 3.5",
        "-0.25, -0.25",
        ".5, 0.5",
        "5., 5",
        "1e3, 1000",
        "2.5E-1, 0.25",
        "'  7\t', 7",
        "007, 7",
        "1e308, 1e308"
    })
    void readsPlainNumbers(String cell, double expected) {
        assertThat(CellParser.of(ColumnType.NUMBER, PLAIN).number(cell)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "NaN",
                "nan",
                "Infinity",
                "0x10",
                "1f",
                "1d",
                "1e",
                "e5",
                ".",
                "-",
                "--1",
                "1 2",
                "1,5",
                "1e999",
                "١",
                "(1",
                "()"
            })
    void whatIsNoNumberIsMissing(String cell) {
        assertThat(CellParser.of(ColumnType.NUMBER, PLAIN).number(cell)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "' $1,493,660 ', 1493660",
        "'-$5', -5",
        "'$-5', -5",
        "'(1,234)', -1234",
        "'($1,234.50)', -1234.5",
        "12, 12"
    })
    void readsMoney(String cell, double expected) {
        assertThat(CellParser.of(ColumnType.NUMBER, MONEY).number(cell)).isEqualTo(expected);
    }

    @Test
    void readsDecimalCommaAndSuffix() {
        CellFormat format = new CellFormat(List.of(), ",", ".", "", "oz", Optional.empty(), List.of(), List.of());
        CellParser parser = CellParser.of(ColumnType.NUMBER, format);
        assertThat(parser.number("1.234,5 oz")).isEqualTo(1234.5);
        assertThat(parser.number("\u00a0-0,5")).isEqualTo(-0.5);
    }

    @Test
    void tellsMissingFromInvalid() {
        CellParser parser = CellParser.of(ColumnType.NUMBER, MONEY);
        assertThat(parser.isMissing(" ? ")).isTrue();
        assertThat(parser.isMissing("")).isTrue();
        assertThat(parser.isMissing("many")).isFalse();
        assertThat(parser.number("many")).isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "2011-01-02, 2011-01-02T00:00:00Z",
        "1949-01, 1949-01-01T00:00:00Z",
        "2011-01-02 03:04, 2011-01-02T03:04:00Z",
        "2011-01-02T03:04:05, 2011-01-02T03:04:05Z",
        "2011-01-02T03:04:05.678Z, 2011-01-02T03:04:05.678Z",
        "2011-01-02 03:04:05+02:00, 2011-01-02T01:04:05Z",
        "2011-01-02 03:04:05 -0530, 2011-01-02T08:34:05Z",
        "2011-01-02 03:04:05 UTC, 2011-01-02T03:04:05Z",
        "1900-02-28, 1900-02-28T00:00:00Z"
    })
    void readsIsoTimes(String cell, String expected) {
        assertThat(CellParser.of(ColumnType.TIME, PLAIN).time(cell)).isEqualTo(micros(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2011-02-30",
                "2011-13-01",
                "2011",
                "20110101",
                "2011-01-02T25:00",
                "2011-01-02T",
                "2011-01-02x",
                "hello",
                "2011-1-2"
            })
    void whatIsNoTimeIsMissing(String cell) {
        assertThat(CellParser.of(ColumnType.TIME, PLAIN).time(cell)).isEqualTo(TimeColumn.MISSING);
    }

    @ParameterizedTest
    @CsvSource({
        "dd/MM/yyyy, 31/12/2010, 2010-12-31T00:00:00Z",
        "d-MMM-yyyy, 3-jan-2010, 2010-01-03T00:00:00Z",
        "MM/dd/yyyy hh:mm a, 01/02/2010 03:04 pm, 2010-01-02T15:04:00Z",
        "yyyyMMdd, 20100102, 2010-01-02T00:00:00Z",
        "MMM yyyy, Mar 2010, 2010-03-01T00:00:00Z",
        "M/d/yyyy H, 1/2/2010 7, 2010-01-02T07:00:00Z",
        "yyyy-MM-dd'T'HH:mmXXX, 2010-01-02T03:04+01:00, 2010-01-02T02:04:00Z",
        "epoch-s, 86400, 1970-01-02T00:00:00Z",
        "epoch-ms, 86400000, 1970-01-02T00:00:00Z"
    })
    void readsTimesByPattern(String pattern, String cell, String expected) {
        assertThat(CellParser.of(ColumnType.TIME, times(pattern)).time(cell)).isEqualTo(micros(expected));
    }

    @Test
    void aDayThatDoesNotExistIsMissing() {
        assertThat(CellParser.of(ColumnType.TIME, times("dd/MM/yyyy")).time("30/02/2010"))
                .isEqualTo(TimeColumn.MISSING);
        assertThat(CellParser.of(ColumnType.TIME, times("epoch-s")).time("1e300"))
                .isEqualTo(TimeColumn.MISSING);
    }

    @Test
    void aWrongPatternIsAFaultOfTheUser() {
        assertThatThrownBy(() -> CellParser.of(ColumnType.TIME, times("bogus{")))
                .isInstanceOf(TataraException.class)
                .hasMessageContaining("bogus{");
    }

    @Test
    void readsBooleans() {
        CellParser standard = CellParser.of(ColumnType.BOOLEAN, PLAIN);
        assertThat(standard.text(" YES ")).isEqualTo("true");
        assertThat(standard.text("0")).isEqualTo("false");
        assertThat(standard.text("maybe")).isNull();
        CellParser given = CellParser.of(
                ColumnType.BOOLEAN,
                new CellFormat(List.of(), ".", "", "", "", Optional.empty(), List.of("Ja"), List.of("Nein")));
        assertThat(given.text("ja")).isEqualTo("true");
        assertThat(given.text("NEIN")).isEqualTo("false");
        assertThat(given.text("yes")).isNull();
    }

    @Test
    void numbersAndTextsMeet() {
        CellParser parser = CellParser.of(ColumnType.CATEGORY, PLAIN);
        TextColumn fromNumbers = (TextColumn) parser.parse(
                new NumberColumn(new double[] {3, 0.1, Double.NaN, -2.50, 1e300, Double.NEGATIVE_INFINITY}));
        assertThat(texts(fromNumbers)).containsExactly("3", "0.1", null, "-2.5", "1.0E300", null);
        TextColumn raw = TextColumn.of(4, row -> new String[] {" 3", "3", "", "x"}[row]);
        TextColumn parsed = (TextColumn) parser.parse(raw);
        assertThat(texts(parsed)).containsExactly("3", "3", null, "x");
        assertThat(parsed.dictionary()).containsExactly("3", "x");
    }

    @Test
    void missingTokensHoldForNumbersToo() {
        CellParser parser = CellParser.of(ColumnType.NUMBER, PLAIN.withMissing(List.of("-999")));
        NumberColumn parsed = (NumberColumn) parser.parse(new NumberColumn(new double[] {-999, 4}));
        assertThat(parsed.values()).containsExactly(Double.NaN, 4);
    }

    @Test
    void timesComeFromAnyKind() {
        CellParser compact = CellParser.of(ColumnType.TIME, times("yyyyMMdd"));
        Column fromNumbers = compact.parse(new NumberColumn(new double[] {20100102, Double.NaN}));
        assertThat(((TimeColumn) fromNumbers).micros())
                .containsExactly(micros("2010-01-02T00:00:00Z"), TimeColumn.MISSING);
        CellParser category = CellParser.of(ColumnType.CATEGORY, PLAIN);
        TextColumn fromTimes = (TextColumn)
                category.parse(new TimeColumn(new long[] {micros("2010-01-02T00:00:00Z"), TimeColumn.MISSING}));
        assertThat(texts(fromTimes)).containsExactly("2010-01-02", null);
    }

    @Test
    void noTextEverThrows() {
        SplittableRandom random = new SplittableRandom(11);
        String alphabet = "0123456789-+.,eE:/TZ $%()nNaAyY\u00a0\u0000\ud83d\ude00é'\"";
        List<CellParser> parsers = List.of(
                CellParser.of(ColumnType.NUMBER, PLAIN),
                CellParser.of(ColumnType.NUMBER, MONEY),
                CellParser.of(ColumnType.TIME, PLAIN),
                CellParser.of(ColumnType.TIME, times("d/M/yyyy H:mm")),
                CellParser.of(ColumnType.TIME, times("epoch-ms")),
                CellParser.of(ColumnType.BOOLEAN, PLAIN));
        boolean infinite = false;
        for (int i = 0; i < 1_000_000; i++) {
            char[] letters = new char[random.nextInt(14)];
            for (int j = 0; j < letters.length; j++) {
                letters[j] = random.nextInt(20) == 0
                        ? (char) random.nextInt(65_536)
                        : alphabet.charAt(random.nextInt(alphabet.length()));
            }
            String cell = new String(letters);
            CellParser parser = parsers.get(i % parsers.size());
            infinite |= Double.isInfinite(parser.number(cell));
            parser.time(cell);
            parser.text(cell);
        }
        assertThat(infinite).isFalse();
    }

    private static String[] texts(TextColumn column) {
        String[] values = new String[column.size()];
        java.util.Arrays.setAll(values, column::value);
        return values;
    }
}
