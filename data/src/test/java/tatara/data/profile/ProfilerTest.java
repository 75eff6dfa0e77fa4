package tatara.data.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.ValueCount;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.model.transform.CellParser;

class ProfilerTest {
    @TempDir
    static Path home;

    private static Tables tables;

    @BeforeAll
    static void open() {
        tables = new Tables(home);
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    private static List<String> repeated(int times, String... cells) {
        return IntStream.range(0, times * cells.length)
                .mapToObj(i -> cells[i % cells.length])
                .toList();
    }

    private static List<String> made(int rows, IntFunction<String> cell) {
        return IntStream.range(0, rows).mapToObj(cell).toList();
    }

    @Test
    void numbersInTheirManyForms() {
        ColumnProfile money = tables.column("sales", " $1,493,660 ", "$ 12", "-$1,000.50", "$7", "($25.25)");
        assertThat(money.type()).isEqualTo(ColumnType.NUMBER);
        assertThat(money.format().prefix()).isEqualTo("$");
        assertThat(money.format().grouping()).isEqualTo(",");
        assertThat(money.invalid()).isZero();
        assertThat(money.numbers().orElseThrow().min()).isEqualTo(-1000.5);
        assertThat(money.numbers().orElseThrow().max()).isEqualTo(1_493_660);
        assertThat(money.numbers().orElseThrow().negatives()).isEqualTo(2);

        ColumnProfile german = tables.column("betrag", "1.234,50", "12,5", "0,25", "1.000.000,00");
        assertThat(german.format().decimal()).isEqualTo(",");
        assertThat(german.format().grouping()).isEqualTo(".");
        assertThat(german.numbers().orElseThrow().max()).isEqualTo(1_000_000);

        ColumnProfile dots = tables.column("votes", "2.278.845", "1.572.674", "980.000");
        assertThat(dots.type()).isEqualTo(ColumnType.INTEGER);
        assertThat(dots.numbers().orElseThrow().min()).isEqualTo(980_000);

        ColumnProfile french = tables.column("prix", "1 234,5", "22 000,0", "12,25");
        assertThat(french.numbers().orElseThrow().max()).isEqualTo(22_000);

        ColumnProfile share = tables.column("abv", made(40, i -> (i % 5 == 0 ? "0.0" + i : "0.0" + i + "%")));
        assertThat(share.type()).isEqualTo(ColumnType.NUMBER);
        assertThat(share.format().suffix()).isEqualTo("%");
        assertThat(share.invalid()).isZero();

        ColumnProfile patients = tables.column("sample", made(40, i -> i + " patients"));
        assertThat(patients.format().suffix()).isEqualTo("patients");
        assertThat(patients.type()).isEqualTo(ColumnType.INTEGER);

        assertThat(tables.column("x", "1e3", "-2.5E-3", "+.5", "7.").type()).isEqualTo(ColumnType.NUMBER);
        assertThat(tables.column("rooms", "880.0", "7099.0", "12.0", "3.0").type())
                .isEqualTo(ColumnType.INTEGER);
    }

    @Test
    void codesAreNoNumbers() {
        assertThat(tables.column("area", repeated(20, "01234", "02115", "90210"))
                        .type())
                .isEqualTo(ColumnType.CATEGORY);
        assertThat(tables.column("zip", repeated(20, "35233", "35801", "35901")).type())
                .isEqualTo(ColumnType.CATEGORY);
        assertThat(tables.column("card", made(30, i -> "49927398716" + (100_000 + i)))
                        .type())
                .isEqualTo(ColumnType.IDENTIFIER);
        assertThat(tables.column("size", repeated(30, "12A", "13B", "14A")).type())
                .isEqualTo(ColumnType.CATEGORY);
        assertThat(tables.column("doors", repeated(20, "2", "3", "4", "5more")).type())
                .isEqualTo(ColumnType.CATEGORY);
        assertThat(tables.column("v", repeated(20, "V1", "V2", "V3")).type()).isEqualTo(ColumnType.CATEGORY);
    }

    @Test
    void identifiersNameRowsAndMeasurementsDoNot() {
        Random random = new Random(5);
        TableProfile profile = tables.table("people")
                .with("customerID", 300, i -> String.format("%04d-%c%cX", i * 31 % 9999, 'A' + i % 26, 'B' + i / 26))
                .with("row", 300, i -> Integer.toString(i + 1))
                .with("user_id", 300, i -> Integer.toString(1_000_000 + i * 7919 % 100_003))
                .with("store_id", 300, i -> Integer.toString(100 + i % 12))
                .with("income", 300, i -> Integer.toString(20_000 + random.nextInt(1_000_000)))
                .with("temperature", 300, i -> Double.toString(random.nextGaussian()))
                .with("year", 300, i -> Integer.toString(1700 + i))
                .with("uuid", 300, i -> new UUID(i, i * 31L).toString())
                .with("email", 300, i -> "person" + i + "@example.org")
                .profile();
        assertThat(type(profile, "customerID")).isEqualTo(ColumnType.IDENTIFIER);
        assertThat(type(profile, "row")).isEqualTo(ColumnType.IDENTIFIER);
        assertThat(type(profile, "user_id")).isEqualTo(ColumnType.IDENTIFIER);
        assertThat(type(profile, "store_id")).isEqualTo(ColumnType.CATEGORY);
        assertThat(type(profile, "income")).isEqualTo(ColumnType.INTEGER);
        assertThat(type(profile, "temperature")).isEqualTo(ColumnType.NUMBER);
        assertThat(type(profile, "uuid")).isEqualTo(ColumnType.IDENTIFIER);
        assertThat(type(profile, "email")).isEqualTo(ColumnType.IDENTIFIER);
        assertThat(profile.keys())
                .contains("customerID", "row", "user_id", "uuid")
                .doesNotContain("temperature", "store_id");
        assertThat(tables.column("year", made(12, i -> Integer.toString(2010 + i)))
                        .type())
                .isEqualTo(ColumnType.INTEGER);
    }

    private static ColumnType type(TableProfile profile, String column) {
        return profile.find(column).orElseThrow().type();
    }

    @Test
    void truthValues() {
        ColumnProfile partner = tables.column("Partner", "Yes", "No", "yes", "", "?");
        assertThat(partner.type()).isEqualTo(ColumnType.BOOLEAN);
        assertThat(partner.missing()).isEqualTo(2);
        assertThat(partner.top()).containsExactly(new ValueCount("true", 2), new ValueCount("false", 1));
        assertThat(tables.column("flag", "Y", "N", "N").type()).isEqualTo(ColumnType.CATEGORY);
        assertThat(tables.column("won", "False", "False").type()).isEqualTo(ColumnType.BOOLEAN);
        assertThat(tables.column("sex", "F", "F", "F").type()).isEqualTo(ColumnType.CATEGORY);
        assertThat(tables.column("senior", "0", "1", "0").type()).isEqualTo(ColumnType.INTEGER);
        assertThat(tables.column("lines", "Yes", "No", "No phone service").type())
                .isEqualTo(ColumnType.CATEGORY);
    }

    @Test
    void timesAndTheirPatterns() {
        assertTime("2011-01-31", "", "2011-01-31T00:00:00Z");
        assertTime("2019-03-23 20:21:09", "", "2019-03-23T20:21:09Z");
        assertTime("2019-03-23T20:21:09.250+02:00", "", "2019-03-23T18:21:09.250Z");
        assertTime("1949-01", "", "1949-01-01T00:00:00Z");
        assertTime("23/03/2019", "d/M/yyyy", "2019-03-23T00:00:00Z");
        assertTime("3/23/2019 1:05 PM", "M/d/yyyy h:mm a", "2019-03-23T13:05:00Z");
        assertTime("23.03.2019 20:21", "d.M.yyyy H:mm", "2019-03-23T20:21:00Z");
        assertTime("2019/3/23", "yyyy/M/d", "2019-03-23T00:00:00Z");
        assertTime("26, Oct, 12", "d, MMM, yy", "2012-10-26T00:00:00Z");
        assertTime("Friday, 26 October 2012", "EEEE, d MMMM yyyy", "2012-10-26T00:00:00Z");
        assertTime("May 5, 2012", "MMM d, yyyy", "2012-05-05T00:00:00Z");
        assertTime("20141013T000000", "yyyyMMdd'T'HHmmss", "2014-10-13T00:00:00Z");
        assertTime("10/2012", "M/yyyy", "2012-10-01T00:00:00Z");
    }

    private static void assertTime(String cell, String pattern, String instant) {
        ColumnProfile column = tables.column("when", cell, "", cell, "N/A");
        assertThat(column.type()).as(cell).isEqualTo(ColumnType.TIME);
        assertThat(column.format().timePattern().orElse("")).isEqualTo(pattern);
        assertThat(column.missing()).isEqualTo(2);
        assertThat(column.times().orElseThrow().min()).isEqualTo(Instant.parse(instant));
    }

    @Test
    void dayAndMonthAreToldApartByTheRows() {
        assertThat(tables.column("d", "01/02/2020", "05/06/2020", "13/02/2020")
                        .format()
                        .timePattern())
                .contains("d/M/yyyy");
        assertThat(tables.column("d", "01/02/2020", "05/06/2020", "02/13/2020")
                        .format()
                        .timePattern())
                .contains("M/d/yyyy");
        assertThat(tables.column("d", "01/02/2020", "01/03/2020", "01/04/2020")
                        .format()
                        .timePattern())
                .contains("d/M/yyyy");
        ColumnProfile open = tables.column("d", "01/02/2020", "02/03/2020", "03/04/2020");
        assertThat(open.format().timePattern()).contains("M/d/yyyy");
        assertThat(open.why()).contains("can't be told apart");
    }

    @Test
    void numbersThatAreTimesNeedEvidence() {
        List<String> seconds = made(20, i -> Integer.toString(1_500_000_000 + i * 1000));
        assertThat(tables.column("created_at", seconds).format().timePattern()).contains("epoch-s");
        assertThat(tables.column("amount", seconds).type()).isEqualTo(ColumnType.INTEGER);
        assertThat(tables.column("ts", made(20, i -> (1_500_000_000_000L + i) + ""))
                        .format()
                        .timePattern())
                .contains("epoch-ms");
        List<String> dates = made(
                30, i -> LocalDate.of(2020, 1, 1).plusDays(i * 11L).toString().replace("-", ""));
        assertThat(tables.column("x", dates).format().timePattern()).contains("yyyyMMdd");
        assertThat(tables.column("x", "20200101", "99999999", "31415926").type())
                .isEqualTo(ColumnType.INTEGER);
    }

    @Test
    void rhythmOfTimes() {
        ColumnProfile weekly = tables.column(
                "week", made(60, i -> LocalDate.of(2020, 1, 3).plusWeeks(i / 2).toString()));
        assertThat(weekly.times().orElseThrow().stepSeconds()).isEqualTo(7 * 86_400);
        assertThat(weekly.times().orElseThrow().regularity()).isEqualTo(1);
        assertThat(weekly.times().orElseThrow().dateOnly()).isTrue();
        ColumnProfile random = tables.column(
                "at",
                made(60, i -> Instant.EPOCH.plusSeconds((long) i * i * 977 + i).toString()));
        assertThat(random.times().orElseThrow().stepSeconds()).isZero();
        assertThat(random.times().orElseThrow().dateOnly()).isFalse();
    }

    @Test
    void categoriesAndFreeText() {
        assertThat(tables.column("pay", repeated(10, "Bank transfer (automatic)", "Mailed check"))
                        .type())
                .isEqualTo(ColumnType.CATEGORY);
        Random random = new Random(3);
        String[] words = {"good", "bad", "service", "late", "price", "again", "never", "love", "it"};
        List<String> reviews = made(200, i -> IntStream.range(0, 8)
                .mapToObj(word -> words[random.nextInt(words.length)])
                .reduce("", (a, b) -> a + " " + b));
        ColumnProfile text = tables.column("review", reviews);
        assertThat(text.type()).isEqualTo(ColumnType.TEXT);
        assertThat(text.meanWords()).isCloseTo(8, within(0.01));
    }

    @Test
    void missingTokens() {
        List<String> numbers = new ArrayList<>(made(60, i -> Integer.toString(i * 3)));
        numbers.addAll(List.of("", " ", "?", "NA", "None", "-", "nan", "NULL"));
        ColumnProfile column = tables.column("n", numbers);
        assertThat(column.type()).isEqualTo(ColumnType.INTEGER);
        assertThat(column.missing()).isEqualTo(8);
        assertThat(column.invalid()).isZero();

        ColumnProfile levels = tables.column("quality", repeated(10, "Gd", "None", "NA", "-"));
        assertThat(levels.missing()).isEqualTo(10);
        assertThat(levels.distinct()).isEqualTo(3);

        List<String> empty = new ArrayList<>(made(60, i -> i + "%"));
        empty.addAll(List.of("withheld", "withheld", "withheld"));
        ColumnProfile word = tables.column("score", empty);
        assertThat(word.type()).isEqualTo(ColumnType.INTEGER);
        assertThat(word.format().missing()).containsExactly("withheld");
        assertThat(word.missing()).isEqualTo(3);

        assertThat(tables.column("nothing", "", "NA", "?").type()).isEqualTo(ColumnType.EMPTY);
    }

    @Test
    void sentinelsAreOnlyReported() {
        List<String> cells = new ArrayList<>(made(200, i -> Integer.toString(i % 50)));
        cells.addAll(List.of("-999", "-999", "-999", "-999"));
        ColumnProfile column = tables.column("depth", cells);
        assertThat(column.missing()).isZero();
        assertThat(column.why()).contains("-999");
    }

    @Test
    void oneStrayTextDoesNotSpoilNumbers() {
        List<String> cells = new ArrayList<>(made(400, i -> Double.toString(i / 7.0)));
        cells.add("see note 5");
        ColumnProfile column = tables.column("n", cells);
        assertThat(column.type()).isEqualTo(ColumnType.NUMBER);
        assertThat(column.invalid()).isEqualTo(1);
    }

    @Test
    void summaryOfKnownDistributions() {
        NumberSummary uniform = tables.column("u", made(10_001, i -> Integer.toString(i)))
                .numbers()
                .orElseGet(() -> tables.column("u", made(10_001, i -> i + ".0 km"))
                        .numbers()
                        .orElseThrow());
        assertThat(uniform.mean()).isCloseTo(5000, within(1e-9));
        assertThat(uniform.deviation()).isCloseTo(Math.sqrt((10_001.0 * 10_001 - 1) / 12), within(1e-6));
        assertThat(uniform.skewness()).isCloseTo(0, within(1e-9));
        assertThat(uniform.quantiles()).containsExactly(0, 100, 500, 1000, 2500, 5000, 7500, 9000, 9500, 9900, 10_000);
        assertThat(uniform.histogram()).hasSize(40);
        assertThat(Arrays.stream(uniform.histogram()).sum()).isEqualTo(10_001);
        assertThat(uniform.zeros()).isEqualTo(1);

        Random random = new Random(7);
        NumberSummary exponential = tables.column(
                        "e", made(20_000, i -> Double.toString(-Math.log(1 - random.nextDouble()))))
                .numbers()
                .orElseThrow();
        assertThat(exponential.mean()).isCloseTo(1, within(0.03));
        assertThat(exponential.deviation()).isCloseTo(1, within(0.05));
        assertThat(exponential.skewness()).isCloseTo(2, within(0.4));

        NumberSummary far = tables.column("f", "1e15", "1000000000000001", "1000000000000002.5")
                .numbers()
                .orElseThrow();
        assertThat(far.deviation())
                .isCloseTo(Math.sqrt(((1.1666 * 1.1666) + 0.1666 * 0.1666 + 1.3333 * 1.3333) / 3), within(0.01));
        NumberSummary huge =
                tables.column("h", "-1.7e308", "1.7e308", "0").numbers().orElseThrow();
        assertThat(huge.mean()).isCloseTo(0, within(1e300));
        assertThat(huge.deviation()).isFinite();
    }

    @Test
    void infinityAndNanAreNoNumbers() {
        List<String> cells = new ArrayList<>(made(100, i -> Double.toString(i / 3.0)));
        cells.addAll(List.of("inf", "-Infinity", "NaN", "1e999"));
        ColumnProfile column = tables.column("x", cells);
        assertThat(column.type()).isEqualTo(ColumnType.NUMBER);
        assertThat(column.missing()).isEqualTo(3);
        assertThat(column.invalid()).isEqualTo(1);
        assertThat(column.numbers().orElseThrow().max()).isEqualTo(33);
        TableProfile stored = tables.query(
                "stored",
                "SELECT CASE WHEN i = 3 THEN 'nan'::DOUBLE WHEN i = 4 THEN 'inf'::DOUBLE ELSE i / 2 END AS x FROM range(50) r(i)");
        assertThat(stored.columns().get(0).missing()).isEqualTo(2);
        assertThat(stored.columns().get(0).invalid()).isZero();
    }

    @Test
    void storedTypesAreKept() {
        TableProfile profile = tables.query(
                "typed",
                "SELECT i AS n, i / 4 AS d, i % 2 = 0 AS b, TIMESTAMP '2020-01-01' + INTERVAL (i) HOUR AS t, 'x' || i % 3 AS s FROM range(100) r(i)");
        assertThat(profile.columns().stream().map(ColumnProfile::type).toList())
                .containsExactly(
                        ColumnType.IDENTIFIER,
                        ColumnType.NUMBER,
                        ColumnType.BOOLEAN,
                        ColumnType.TIME,
                        ColumnType.CATEGORY);
        assertThat(profile.find("t").orElseThrow().times().orElseThrow().stepSeconds())
                .isEqualTo(3600);
        assertThat(profile.find("b").orElseThrow().top()).contains(new ValueCount("true", 50));
    }

    @Test
    void hostileNamesAndValues() {
        String name = "a\"; DROP TABLE x; -- '\n<script>";
        TableProfile profile = tables.table("hostile")
                .with(name, "'; DROP TABLE raw; --", "\" OR 1=1", "$1\\2(", "\u0000?")
                .with("B", "1", "2", "3", "4")
                .with("a", "x", "x", "y", "y")
                .with(" ", "", "", "", "")
                .with("\u540D\u524D\uD83D\uDE00", "\u6771\u4EAC", "\u00E9", "\uD83D\uDE00", "\u00A0 \u6771\u4EAC\u3000")
                .profile();
        assertThat(profile.columns()).hasSize(5);
        assertThat(profile.columns().get(0).name()).isEqualTo(name);
        assertThat(profile.find("B").orElseThrow().distinct()).isEqualTo(4);
        assertThat(profile.find("a").orElseThrow().distinct()).isEqualTo(2);
        assertThat(profile.columns().get(4).distinct()).isEqualTo(3);
    }

    @Test
    void noRowsAndOneRow() {
        TableProfile none =
                tables.table("none").with("a", List.of()).with("b", List.of()).profile();
        assertThat(none.columns())
                .allSatisfy(column -> assertThat(column.type()).isEqualTo(ColumnType.EMPTY));
        assertThat(none.duplicateRows()).isZero();
        assertThat(none.keys()).isEmpty();
        TableProfile one = tables.table("single").with("a", "7").with("b", "x").profile();
        assertThat(type(one, "a")).isEqualTo(ColumnType.INTEGER);
        assertThat(type(one, "b")).isEqualTo(ColumnType.CATEGORY);
        assertThat(one.columns().get(0).numbers().orElseThrow().deviation()).isZero();
    }

    @Test
    void duplicateRowsAreCounted() {
        TableProfile profile = tables.table("twice")
                .with("a", "1", "1", "2", "1", "")
                .with("b", "x", "x", "y", "x", "")
                .profile();
        assertThat(profile.duplicateRows()).isEqualTo(2);
    }

    @Test
    void manyColumns() {
        Tables.Table table = tables.table("wide");
        for (int i = 0; i < 3_000; i++) {
            int column = i;
            table.with("c" + i, 20, row -> column % 2 == 0 ? Integer.toString(row * column % 17) : "v" + row % 3);
        }
        TableProfile profile = table.profile();
        assertThat(profile.columns()).hasSize(3_000);
        assertThat(profile.columns().get(2_998).name()).isEqualTo("c2998");
        assertThat(type(profile, "c2998")).isEqualTo(ColumnType.INTEGER);
        assertThat(type(profile, "c2999")).isEqualTo(ColumnType.CATEGORY);
    }

    @Test
    void largeTablesAreSampledAndChecked() {
        int rows = 110_000;
        String sql = "SELECT 'ID-' || i AS id, "
                + "CASE WHEN i = 77777 THEN 'withheld' WHEN i % 50000 = 1 THEN 'N/A' ELSE CAST(i * 0.5 AS VARCHAR) END AS late, "
                + "CASE WHEN i = 5 THEN '02/13/2020' ELSE strftime(DATE '0001-01-01' + INTERVAL (i % 12) MONTH + INTERVAL (i % 12) DAY "
                + "+ INTERVAL (1000 + i % 1999) YEAR, '%m/%d/%Y') END AS day, "
                + "CAST((i * 7919) % 100003 AS VARCHAR) AS many, CAST(i % 7 AS VARCHAR) AS few, "
                + "i * 0.25 AS stored, '  ' || i || ' kg' AS padded FROM range(" + rows + ") r(i)";
        TableProfile profile = tables.query("large", sql);
        assertThat(type(profile, "id")).isEqualTo(ColumnType.IDENTIFIER);
        assertThat(profile.keys()).contains("id");
        ColumnProfile late = profile.find("late").orElseThrow();
        assertThat(late.type()).isEqualTo(ColumnType.NUMBER);
        assertThat(late.missing()).isEqualTo(3);
        assertThat(late.invalid()).isEqualTo(1);
        assertThat(late.numbers().orElseThrow().max()).isEqualTo((rows - 1) / 2.0);
        assertThat(late.numbers().orElseThrow().mean()).isCloseTo(rows / 4.0, within(rows / 200.0));
        assertThat(profile.find("day").orElseThrow().format().timePattern()).contains("M/d/yyyy");
        assertThat(profile.find("many").orElseThrow().distinct()).isCloseTo(100_003L, within(8_000L));
        assertThat(profile.find("few").orElseThrow().top()).contains(new ValueCount("3", 15_714));
        ColumnProfile padded = profile.find("padded").orElseThrow();
        assertThat(padded.format().suffix()).isEqualTo("kg");
        assertThat(padded.invalid()).isZero();
        assertThat(padded.numbers().orElseThrow().max()).isEqualTo(rows - 1);
        assertThat(profile.find("stored").orElseThrow().type()).isEqualTo(ColumnType.NUMBER);
    }

    @Test
    @Tag("slow")
    void largeTablesHaveTheSameProfileEveryTime() {
        TableProfile profile = tables.query(
                "repeated",
                "SELECT 'ID-' || i AS id, CAST((i * 7919) % 100003 / 7.0 AS VARCHAR) AS x, i % 7 AS few FROM range(150000) r(i)");
        TableProfile again = tables.profile("repeated", profile.raw());
        assertThat(JsonText.write(RecordCodec.write(again))).isEqualTo(JsonText.write(RecordCodec.write(profile)));
    }

    @Test
    void sqlReadsCellsAsTheParserDoes() {
        int rows = 120_000;
        String[] odd = {"(12)", "-$3", "$-4", "1e3", "1_000", "--5", "+6", ".5", "7.", "0x1F", "inf", "$", "true", "5 $"
        };
        String list = String.join(
                ", ", Arrays.stream(odd).map(text -> "'" + text + "'").toList());
        TableProfile profile = tables.query(
                "odd",
                "SELECT CASE WHEN i % 100 = 0 THEN ([" + list + "])[1 + (i // 100) % " + odd.length
                        + "] ELSE '$' || CAST(i AS VARCHAR) END AS x FROM range(" + rows + ") r(i)");
        ColumnProfile column = profile.columns().get(0);
        CellParser parser = CellParser.of(column.type(), column.format());
        long invalid = IntStream.range(0, rows)
                .filter(i -> i % 100 == 0)
                .mapToObj(i -> odd[i / 100 % odd.length])
                .filter(text -> !parser.isMissing(text) && Double.isNaN(parser.number(text)))
                .count();
        assertThat(column.format().prefix()).isEqualTo("$");
        assertThat(column.invalid()).isEqualTo(invalid);
    }
}
