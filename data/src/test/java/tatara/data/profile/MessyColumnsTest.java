package tatara.data.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.Mend;
import tatara.core.evidence.Mending;
import tatara.core.evidence.TableProfile;
import tatara.core.frame.TimeColumn;
import tatara.data.lake.Engine;
import tatara.data.lake.TableColumn;
import tatara.model.transform.CellParser;

class MessyColumnsTest {
    @TempDir
    private static Path directory;

    private static Tables tables;

    @BeforeAll
    static void open() {
        tables = new Tables(directory);
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    private static ColumnProfile with(int rows, IntFunction<String> cell, String... more) {
        List<String> cells =
                new ArrayList<>(IntStream.range(0, rows).mapToObj(cell).toList());
        cells.addAll(List.of(more));
        return tables.column("x", cells);
    }

    private static Mending mending(ColumnProfile column) {
        return column.format().mending().orElse(Mending.none());
    }

    @Test
    void mendsThatTheColumnNeedsAreFoundAndNoOthers() {
        ColumnProfile scores = with(200, row -> Double.toString(row % 60 / 10.0 + 1), "5..8", "3,4", "2.5.");
        assertThat(scores.type()).isEqualTo(ColumnType.NUMBER);
        assertThat(scores.invalid()).isZero();
        assertThat(mending(scores).numbers()).containsExactly(Mend.SEPARATORS);
        ColumnProfile clean = with(200, row -> Double.toString(row / 10.0));
        assertThat(clean.format()).isEqualTo(CellFormat.plain());
    }

    @Test
    void mendingThatLeadsFarAwayIsNotTaken() {
        ColumnProfile column = with(200, row -> Integer.toString(row % 40), "1o000", "12");
        assertThat(column.format().mending()).isEmpty();
        assertThat(column.invalid()).isEqualTo(1);
    }

    @Test
    void severalFormsOfDatesInOneColumn() {
        ColumnProfile dates = with(
                100,
                row -> LocalDate.of(1930, 1, 1).plusDays(row * 300L).toString(),
                "23rd December of 1966",
                "18/11/1976",
                "5/6/1976",
                "21-11-46",
                "29 Feb 1977");
        assertThat(dates.type()).isEqualTo(ColumnType.TIME);
        assertThat(mending(dates).timePatterns()).containsExactly("d-M-yyyy", "d-MMM-yyyy", "d-M-yy");
        assertThat(dates.invalid()).isEqualTo(1);
        CellParser parser = CellParser.of(ColumnType.TIME, dates.format());
        assertThat(parser.time("5/6/1976")).isEqualTo(micros(LocalDate.of(1976, 6, 5)));
        assertThat(parser.time("21-11-46")).isEqualTo(micros(LocalDate.of(1946, 11, 21)));
    }

    @Test
    void monthComesFirstWhereTheOtherCellsSaySo() {
        ColumnProfile dates = with(
                100, row -> LocalDate.of(2001, 1, 1).plusDays(row).toString(), "11/28/2001", "12/31/2001", "5/6/2001");
        CellParser parser = CellParser.of(ColumnType.TIME, dates.format());
        assertThat(parser.time("5/6/2001")).isEqualTo(micros(LocalDate.of(2001, 5, 6)));
    }

    private static long micros(LocalDate date) {
        return date.toEpochDay() * 86_400_000_000L;
    }

    @Test
    void yearsOfTwoDigitsKeepTogether() {
        assertThat(mending(with(60, row -> "0" + (row % 9 + 1) + "/07/" + (row % 15 + 85)))
                        .firstYear())
                .hasValueSatisfying(year -> assertThat(year).isBetween(1901, 1985));
        IntFunction<String> around = row -> String.format("13/07/%02d", (row + 90) % 100);
        Optional<Integer> first = mending(with(25, around)).firstYear();
        assertThat(first).hasValueSatisfying(year -> assertThat(year).isBetween(1915, 1990));
        assertThat(with(60, row -> "13/07/" + (row % 15 + 10)).format().mending())
                .isEmpty();
    }

    @Test
    void unitsOfOneQuantityAreOneNumber() {
        ColumnProfile ounces = with(
                90,
                row -> 8
                        + row % 12
                        + List.of(".0 oz", ".0 oz.", ".0 ounce", ".0 OZ.").get(row % 4));
        assertThat(ounces.type()).isEqualTo(ColumnType.INTEGER);
        assertThat(ounces.numbers().orElseThrow().max()).isEqualTo(19);
        ColumnProfile masses = with(90, row -> row % 3 == 0 ? 1 + row % 11 + " kg" : 100 + row + " g");
        assertThat(mending(masses).units()).isEqualTo(Map.of("kg", 1000.0));
        assertThat(masses.numbers().orElseThrow().max()).isEqualTo(11_000);
        ColumnProfile unlike = with(90, row -> 10 + row + (row % 2 == 0 ? " kg" : " km"));
        assertThat(unlike.numbers()).isEmpty();
    }

    @Test
    void thousandsAndMillionsMultiply() {
        ColumnProfile sizes = with(90, row -> row % 3 == 0 ? 100 + row + "k" : 2 + row + "M");
        assertThat(sizes.numbers().orElseThrow().min()).isEqualTo(100_000);
        assertThat(sizes.numbers().orElseThrow().max()).isEqualTo(91_000_000);
        ColumnProfile terms = with(90, row -> 1 + row + "M");
        assertThat(mending(terms).units()).isEmpty();
    }

    @Test
    void rareMisspellingsAreRepairedAndRealValuesAreNot() {
        ColumnProfile states = with(
                400,
                row -> List.of("Washington", "California", "Oregon", "Nevada").get(row % 4),
                "Washingtin",
                "california",
                "Nevada.",
                "Oregon1",
                "Kentucky");
        assertThat(mending(states).repairs())
                .isEqualTo(Map.of(
                        "Washingtin",
                        "Washington",
                        "california",
                        "California",
                        "Nevada.",
                        "Nevada",
                        "Oregon1",
                        "Oregon"));
        assertThat(states.distinct()).isEqualTo(5);
    }

    @Test
    void valuesThatAreOnlyAlikeStayApart() {
        IntFunction<String> income = row -> row % 4 == 0 ? ">50K" : "<=50K";
        assertThat(with(4000, income).format().mending()).isEmpty();
        assertThat(with(4000, row -> row % 3 == 0 ? "A+" : "A", "A-").format().mending())
                .isEmpty();
        assertThat(with(4000, row -> "Type A", "Type B", "typical").format().mending())
                .isEmpty();
        assertThat(with(4000, row -> row % 2 == 0 ? "typical" : "normal", "atypical", "abnormal")
                        .format()
                        .mending())
                .isEmpty();
        assertThat(with(4000, row -> List.of("Portland", "Chicago").get(row % 2), "Cortland")
                        .format()
                        .mending())
                .isEmpty();
        assertThat(with(4000, row -> "Section " + row % 5, "Section 7").format().mending())
                .isEmpty();
    }

    @Test
    void textsDecodedWronglyAreDecodedAgain() {
        ColumnProfile names = with(40, row -> "name " + row, "K\u00C3\u00A1tia", "caf\u00E9", "\u00C3");
        assertThat(mending(names).repairs()).isEqualTo(Map.of("K\u00C3\u00A1tia", "K\u00E1tia"));
    }

    @Test
    void sqlReadsMendedCellsAsTheParserDoes() {
        SplittableRandom random = new SplittableRandom(3);
        Mending all = Mending.none()
                .withNumbers(List.of(Mend.values()))
                .withUnits(Map.of("k", 1000.0, "kg", 1000.0, "it's", 2.0))
                .withRepairs(Map.of("zero", "0", "o'k", "", "1..1", "7"));
        List<CellFormat> formats = List.of(
                CellFormat.plain().withMending(all),
                new CellFormat(List.of("-"), ",", ".", "$", "oz", Optional.empty(), List.of(), List.of())
                        .withMending(all),
                new CellFormat(List.of(), ".", ",", "", "", Optional.empty(), List.of(), List.of()).withMending(all));
        List<String> cells =
                new ArrayList<>(List.of("zero", "o'k", "1..1", "5k", "5 kg", "3it's", "$ 4o8,035,783", "8,7e-0"));
        String alphabet = "0123456789012345678901234567890123456789..,,:o-+l$k'* e";
        for (int i = 0; i < 3_000; i++) {
            StringBuilder cell = new StringBuilder();
            for (int j = random.nextInt(9); j >= 0; j--) {
                cell.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            cells.add(CellParser.trimmed(cell.toString()));
        }
        for (CellFormat format : formats) {
            CellParser parser = CellParser.of(ColumnType.NUMBER, format);
            List<String> wrong = differing(cells, ColumnType.NUMBER, format, parser::number);
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void sqlReadsMendedTimesAsTheParserDoes() {
        SplittableRandom random = new SplittableRandom(4);
        Mending mending = Mending.none()
                .withTimes(
                        List.of("d-M-yyyy", "d-MMM-yyyy", "M-d-yyyy", "d-M-yy", "M-d-yy", "d-M-yy-H:mm"),
                        Optional.of(1931));
        List<String> cells = new ArrayList<>(List.of(
                "29-02-00",
                "23rd December of 1966",
                "le 1er ao\u00FBt 1999",
                "29 Feb 1900",
                "1/2/46 13:05",
                "1999-02-03"));
        String[] separators = {"/", "-", " ", ".", ", "};
        for (int i = 0; i < 2_000; i++) {
            String gap = separators[random.nextInt(separators.length)];
            cells.add(random.nextInt(1, 34)
                    + gap
                    + random.nextInt(1, 14)
                    + gap
                    + (random.nextBoolean() ? String.format("%02d", random.nextInt(100)) : 1900 + random.nextInt(150)));
        }
        for (Optional<String> own : List.of(Optional.<String>empty(), Optional.of("d/M/yyyy"), Optional.of("d.M.yy"))) {
            CellFormat format =
                    new CellFormat(List.of(), ".", "", "", "", own, List.of(), List.of()).withMending(mending);
            CellParser parser = CellParser.of(ColumnType.TIME, format);
            List<String> wrong = differing(cells, ColumnType.TIME, format, text -> {
                long micros = parser.time(text);
                return micros == TimeColumn.MISSING ? Double.NaN : micros;
            });
            assertThat(wrong).isEmpty();
        }
    }

    private interface Reader {
        double read(String cell);
    }

    /** Cells whose value in SQL is another than in Java. */
    private static List<String> differing(List<String> cells, ColumnType type, CellFormat format, Reader reader) {
        Engine engine = tables.lake().engine();
        List<String> wrong = new ArrayList<>();
        String list = String.join(", ", cells.stream().map(Engine::literal).toList());
        String text = TypedCells.text(TableColumn.Type.VARCHAR, "c", type, format);
        String value = TypedCells.value(TableColumn.Type.VARCHAR, "t", type, format);
        engine.query(
                "SELECT c, " + value + " FROM (SELECT c, " + text + " AS t FROM (SELECT unnest([" + list + "]) AS c))",
                row -> {
                    double sql = row.getDouble(2);
                    double found = row.wasNull() ? Double.NaN : sql;
                    double java = reader.read(row.getString(1));
                    boolean same =
                            Double.isNaN(java) ? Double.isNaN(found) : Math.abs(java - found) <= 1e-9 * Math.abs(java);
                    if (!same) {
                        wrong.add(row.getString(1) + ": " + found + " in SQL, " + java + " in Java");
                    }
                    return true;
                });
        return wrong;
    }

    @Test
    void aLargeTableIsMendedLikeASmallOne() {
        TableProfile profile = tables.query(
                "largeAndMessy",
                "SELECT CASE WHEN i % 1000 = 7 THEN (i % 50) || '..5' ELSE CAST(i / 100.0 AS VARCHAR) END AS n, "
                        + "CASE WHEN i % 1000 = 9 THEN strftime(DATE '1950-01-01' + INTERVAL (i) HOUR, '%d/%m/%Y') "
                        + "ELSE CAST(CAST(DATE '1950-01-01' + INTERVAL (i) HOUR AS DATE) AS VARCHAR) || ' ' || lpad(CAST(i % 24 AS VARCHAR), 2, '0') || ':00' END AS t "
                        + "FROM range(120000) r(i)");
        ColumnProfile numbers = profile.find("n").orElseThrow();
        assertThat(numbers.type()).isEqualTo(ColumnType.NUMBER);
        assertThat(numbers.invalid()).isZero();
        ColumnProfile times = profile.find("t").orElseThrow();
        assertThat(times.type()).isEqualTo(ColumnType.TIME);
        assertThat(times.invalid()).isZero();
    }
}
