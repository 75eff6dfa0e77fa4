package tatara.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.json.Json;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;

class IngestionTest {
    @TempDir
    private Path directory;

    private SourceHome home;

    @BeforeEach
    void open() {
        home = new SourceHome(directory);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|", " "})
    void any_delimiter_is_found(String delimiter) {
        String text = IntStream.rangeClosed(1, 30)
                .mapToObj(i -> String.join(delimiter, "id" + i, "1." + i, "red"))
                .collect(Collectors.joining("\n", String.join(delimiter, "id", "size", "colour") + "\n", "\n"));
        Ingested ingested = home.ingest(home.file("t.txt", text));
        assertThat(home.lake.columns(ingested.raw())).containsExactly("id", "size", "colour");
        assertThat(ingested.audit().rows()).isEqualTo(30);
        assertThat(home.rows(ingested.raw()).get(6)).containsExactly("id7", "1.7", "red");
    }

    @Test
    void a_decimal_comma_is_not_a_delimiter_and_stays_text() {
        Ingested ingested = home.ingest(home.file("t.csv", "a;b;c\n1,5;2,25;x\n2,5;3,75;y\n10,0;4,1;z\n"));
        assertThat(ingested.audit().dialect()).containsEntry("delimiter", ";");
        assertThat(home.rows(ingested.raw()).get(0)).containsExactly("1,5", "2,25", "x");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, café 日本 – München, UTF-8",
        "UTF-16LE, café 日本 – München, UTF-16LE",
        "UTF-16BE, café 日本 – München, UTF-16BE",
        "windows-1252, café – München Ærø “quoted”, windows-1252",
        "ISO-8859-1, café München Ærø, windows-1252",
        "windows-31j, 日本語のテキストと漢字かな混じり文, windows-31j",
        "EUC-KR, 한국어 문장과 데이터 세트, x-windows-949",
        "GB18030, 这是一个中文数据集的测试文本, GB18030",
        "windows-1251, Русский текст в таблице данных, windows-1251"
    })
    void encodings_are_found(String encoding, String value, String found) {
        String text = IntStream.range(0, 40)
                .mapToObj(i -> i + "," + value + "\n")
                .collect(Collectors.joining("", "n,text\n", ""));
        Ingested ingested = home.ingest(home.file("t.csv", text, Charset.forName(encoding)));
        assertThat(ingested.audit().dialect()).containsEntry("encoding", found);
        assertThat(home.rows(ingested.raw())).hasSize(40).last().isEqualTo(List.of("39", value));
    }

    @Test
    void an_encoding_that_shows_late_is_found() {
        String ascii = "1,plain\n".repeat(300_000);
        byte[] text = ("n,text\n" + ascii + "2,caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1);
        Ingested ingested = home.ingest(home.file("t.csv", text));
        assertThat(ingested.audit().dialect()).containsEntry("encoding", "windows-1252");
        assertThat(SourceHome.column(home.lake.frames(ingested.raw()), 1))
                .hasSize(300_001)
                .last()
                .isEqualTo("café");
    }

    @Test
    void byte_order_marks_belong_to_no_column() {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Ingested ingested = home.ingest(home.file("bom.csv", "\uFEFFid,name\n1,ü\n", charset));
            assertThat(home.lake.columns(ingested.raw())).containsExactly("id", "name");
        }
    }

    @Test
    void gzip_is_read_whatever_the_name() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }
        Ingested ingested = home.ingest(home.file("t.csv", bytes.toByteArray()));
        assertThat(ingested.audit().dialect()).containsEntry("compression", "gzip");
        assertThat(home.rows(ingested.raw())).containsExactly(List.of("1", "2"));
    }

    @Test
    void names_are_made_distinct_and_told() {
        Ingested ingested = home.ingest(home.file("t.csv", "a,A,,a,_row, b \n1,2,3,4,5,6\n"));
        assertThat(home.lake.columns(ingested.raw())).containsExactly("a", "A_2", "column_3", "a_3", "_row_2", "b");
        assertThat(ingested.audit().notes()).hasSize(4);
    }

    @Test
    void a_file_without_header_gets_numbered_columns() {
        String text = IntStream.range(0, 50)
                .mapToObj(i -> i + ",red," + i * 0.5 + "\n")
                .collect(Collectors.joining());
        Ingested ingested = home.ingest(home.file("t.csv", text));
        assertThat(home.lake.columns(ingested.raw())).containsExactly("column_1", "column_2", "column_3");
        assertThat(ingested.audit().rows()).isEqualTo(50);
        assertThat(ingested.audit().dialect()).containsEntry("header", "no");
    }

    @Test
    void a_header_of_years_is_one() {
        String years =
                IntStream.rangeClosed(1990, 2000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        Ingested ingested = home.ingest(
                home.file("t.csv", "country," + years + "\nA,1,3,3,9,4,6,6,7,2,9,1\nB,5,4,3,2,1,5,4,3,2,1,1\n"));
        assertThat(home.lake.columns(ingested.raw()))
                .startsWith("country", "1990")
                .hasSize(12);
    }

    @Test
    void titles_above_the_header_are_left_out() {
        Ingested ingested =
                home.ingest(home.file("t.csv", "Sales report 2024\n\nmonth,units\n2024-01,5\n2024-02,6\n2024-03,9\n"));
        assertThat(home.lake.columns(ingested.raw())).containsExactly("month", "units");
        assertThat(ingested.audit().rows()).isEqualTo(3);
        assertThat(ingested.audit().notes()).singleElement().asString().contains("first 2 lines");
    }

    @Test
    void unreadable_rows_are_quarantined_with_their_line() {
        String text = "id,text,n\n"
                + "1,\"two\nlines\",5\n"
                + "2,short\n"
                + "3,\"quoted \"\"x\"\"\",6,extra\n"
                + "4,ok,7\n"
                + "5,nul\u0000,8\n"
                + "6,\"never closed,9\n"
                + "7,last,10\n";
        Ingested ingested = home.ingest(home.file("t.csv", text));
        assertThat(home.rows(ingested.raw()))
                .containsExactly(List.of("1", "two\nlines", "5"), List.of("4", "ok", "7"), List.of("7", "last", "10"));
        assertThat(ingested.audit().quarantined()).isEqualTo(4);
        assertThat(home.quarantine(ingested))
                .extracting(
                        row -> ((Json.Num) row.members().get("line")).value().intValue())
                .containsExactly(4, 5, 7, 8);
        assertThat(home.quarantine(ingested).get(0).members().get("text")).isEqualTo(Json.string("2,short"));
        assertThat(home.quarantine(ingested).get(0).members().get("reason"))
                .asString()
                .contains("2 cells (expected: 3)");
    }

    @Test
    void ingesting_again_without_bad_rows_removes_the_quarantine_file() {
        Ingested bad = home.ingest(home.file("t.csv", "a,b\n1,2\n3\n4,5\n"));
        assertThat(Path.of(bad.audit().quarantineFile())).exists();
        Ingested good = home.ingest(home.file("t.csv", "a,b\n1,2\n4,5\n"));
        assertThat(good.audit().quarantineFile()).isEmpty();
        assertThat(Path.of(bad.audit().quarantineFile())).doesNotExist();
    }

    @Test
    void wide_series_become_long() {
        String text = "\"V1\","
                + IntStream.rangeClosed(2, 31).mapToObj(i -> "\"V" + i + "\"").collect(Collectors.joining(",")) + "\n"
                + series("H1", 30) + series("H2", 22) + series("H3", 30);
        Ingested ingested = home.ingest(home.file("hourly.csv", text));
        assertThat(ingested.audit().dialect())
                .containsEntry("layout", "wide-series")
                .containsEntry("valueColumns", "V2..V31");
        assertThat(home.lake.types(ingested.raw()))
                .containsExactly(
                        new TableColumn("V1", TableColumn.Type.VARCHAR),
                        new TableColumn("step", TableColumn.Type.BIGINT),
                        new TableColumn("value", TableColumn.Type.VARCHAR));
        assertThat(ingested.audit().rows()).isEqualTo(82);
        assertThat(home.rows(ingested.raw()).get(31)).containsExactly("H2", "2", "11.0");
    }

    private static String series(String name, int length) {
        return "\"" + name + "\","
                + IntStream.range(0, 30)
                        .mapToObj(i -> i < length ? Double.toString(10 + i) : "")
                        .collect(Collectors.joining(","))
                + "\n";
    }

    @Test
    void dated_series_keep_their_dates() {
        String days = IntStream.rangeClosed(1, 28)
                .mapToObj(i -> "2024-02-%02d".formatted(i))
                .collect(Collectors.joining(","));
        String a = IntStream.range(0, 28).mapToObj(Integer::toString).collect(Collectors.joining(","));
        Ingested ingested =
                home.ingest(home.file("visits.csv", "shop," + days + "\nnorth," + a + "\nsouth," + a + "\n"));
        assertThat(home.lake.columns(ingested.raw())).containsExactly("shop", "step", "value", "time");
        assertThat(home.rows(ingested.raw()).get(29)).containsExactly("south", "2", "1", "2024-02-02");
    }

    @Test
    void many_features_are_no_series() {
        String header =
                "class," + IntStream.rangeClosed(1, 60).mapToObj(i -> "V" + i).collect(Collectors.joining(","));
        String rows = IntStream.range(0, 100)
                .mapToObj(row -> row % 9 + ","
                        + IntStream.range(0, 60)
                                .mapToObj(i -> (row * 31 + i * 17) % 23 == 0 ? "1" : "0")
                                .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
        Ingested ingested = home.ingest(home.file("t.csv", header + "\n" + rows + "\n"));
        assertThat(ingested.audit().dialect()).containsEntry("layout", "rows");
        assertThat(home.lake.columns(ingested.raw())).hasSize(61);
    }

    @Test
    void ten_thousand_columns_work() {
        int width = 10_000;
        String header = IntStream.range(0, width).mapToObj(i -> "feature " + i).collect(Collectors.joining(","));
        String rows = IntStream.range(0, 30)
                .mapToObj(row -> IntStream.range(0, width)
                        .mapToObj(i -> Integer.toString(row * i % 97))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
        Ingested ingested = home.ingest(home.file("wide.csv", header + "\n" + rows + "\n"));
        assertThat(ingested.audit().rows()).isEqualTo(30);
        assertThat(home.lake.columns(ingested.raw())).hasSize(width);
        assertThat(SourceHome.column(home.lake.frames(ingested.raw(), List.of("feature 9999")), 0)
                        .get(29))
                .isEqualTo(Integer.toString(29 * 9999 % 97));
    }

    @Test
    void json_lines_are_flattened_and_typed() {
        String text =
                "{\"id\": 9007199254740993, \"who\": {\"name\": \"a\", \"age\": 1}, \"tags\": [1, \"x\"], \"ok\": true, \"v\": 1}\n"
                        + "not json\n"
                        + "\n"
                        + "[1]\n"
                        + "{\"id\": 2, \"who\": {\"name\": null, \"age\": 2.5}, \"ok\": false, \"v\": \"text\", \"new\": 3}\n";
        Ingested ingested = home.ingest(home.file("t.json", text));
        assertThat(home.lake.types(ingested.raw()))
                .containsExactly(
                        new TableColumn("id", TableColumn.Type.BIGINT),
                        new TableColumn("who.name", TableColumn.Type.VARCHAR),
                        new TableColumn("who.age", TableColumn.Type.DOUBLE),
                        new TableColumn("tags", TableColumn.Type.VARCHAR),
                        new TableColumn("ok", TableColumn.Type.BOOLEAN),
                        new TableColumn("v", TableColumn.Type.VARCHAR),
                        new TableColumn("new", TableColumn.Type.BIGINT));
        assertThat(home.rows(ingested.raw()))
                .containsExactly(
                        Arrays.asList("9007199254740993", "a", "1.0", "[1,\"x\"]", "true", "1", null),
                        Arrays.asList("2", null, "2.5", null, "false", "text", "3"));
        assertThat(home.quarantine(ingested))
                .extracting(
                        row -> ((Json.Num) row.members().get("line")).value().intValue())
                .containsExactly(2, 4);
    }

    @Test
    void a_json_array_is_a_table() {
        Ingested ingested = home.ingest(
                home.file("t.json", "[\n  {\"a\": 1, \"b\": \"}\"},\n  {\"a\": 2,\n   \"b\": \"],[\"}\n]\n"));
        assertThat(home.rows(ingested.raw())).containsExactly(List.of("1", "}"), List.of("2", "],["));
    }

    @Test
    void parquet_keeps_its_types() throws IOException {
        Files.createDirectories(home.files);
        Path file = home.files.resolve("it's \"a\".parquet");
        try (Engine engine = home.lake.importing(List.of(home.files))) {
            engine.execute(
                    "COPY (SELECT i AS id, i * 0.5 AS half, i % 2 = 0 AS even, DATE '2020-01-01' + i::INT AS day,"
                            + " 1.25::DECIMAL(9,2) AS money, [i] AS list, 'n' || i AS \"na\"\"me\" FROM range(70000) t(i)) TO "
                            + Engine.literal(file.toString()) + " (FORMAT parquet)");
        }
        Ingested ingested = home.ingest(file);
        assertThat(home.lake.types(ingested.raw()).stream()
                        .map(TableColumn::type)
                        .toList())
                .containsExactly(
                        TableColumn.Type.BIGINT,
                        TableColumn.Type.DOUBLE,
                        TableColumn.Type.BOOLEAN,
                        TableColumn.Type.TIMESTAMP,
                        TableColumn.Type.DOUBLE,
                        TableColumn.Type.VARCHAR,
                        TableColumn.Type.VARCHAR);
        assertThat(ingested.audit().rows()).isEqualTo(70_000);
        assertThat(home.rows(ingested.raw()).get(3))
                .containsExactly("3", "1.5", "false", "2020-01-04 00:00:00", "1.25", "[3]", "n3");
        assertThat(SourceHome.column(home.sources.frames(file.toString()), 0))
                .hasSize(70_000)
                .last()
                .isEqualTo("69999");
    }

    @Test
    void row_numbers_go_from_zero_in_file_order() {
        String text = IntStream.range(0, 150_000)
                .mapToObj(i -> i + "," + i % 7 + "\n")
                .collect(Collectors.joining("", "n,m\n", ""));
        Ingested ingested = home.ingest(home.file("t.csv", text));
        List<String> numbers = SourceHome.column(home.lake.frames(ingested.raw(), List.of("n", Lake.ROW)), 0);
        List<String> rows = SourceHome.column(home.lake.frames(ingested.raw(), List.of("n", Lake.ROW)), 1);
        assertThat(numbers).hasSize(150_000).isEqualTo(rows);
        assertThat(rows.get(149_999)).isEqualTo("149999");
    }

    @Test
    void header_only_is_a_table_without_rows() {
        Ingested ingested = home.ingest(home.file("t.csv", "id,name,age\n"));
        assertThat(ingested.audit().rows()).isZero();
        assertThat(home.lake.columns(ingested.raw())).containsExactly("id", "name", "age");
        assertThat(home.rows(ingested.raw())).isEmpty();
    }

    @Test
    void hostile_names_reach_the_table_unharmed() {
        Ingested ingested = home.ingest(home.file(
                "a'; DROP TABLE x; --.csv",
                "\"../../etc\",\"a\"\"b\",<b>x</b>,\"two\nlines\",\"'; DROP TABLE t; --\",{{7*7}}\n1,2,3,4,5,6\n"));
        assertThat(home.lake.columns(ingested.raw()))
                .containsExactly("../../etc", "a\"b", "<b>x</b>", "two\nlines", "'; DROP TABLE t; --", "{{7*7}}");
        assertThat(home.rows(ingested.raw())).containsExactly(List.of("1", "2", "3", "4", "5", "6"));
    }

    @Test
    void blank_lines_of_one_column_are_missing_values() {
        Ingested ingested = home.ingest(home.file("t.csv", "value\n1\n\n3\n\n\n"));
        assertThat(home.rows(ingested.raw())).containsExactly(List.of("1"), Arrays.asList((String) null), List.of("3"));
    }
}
