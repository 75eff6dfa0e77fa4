package tatara.data.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.Target;

class ForgettingTest {
    private static final String WHO = "C0000007";
    private static final String MAIL = "seven@example.org";

    @TempDir
    Path home;

    private Lake lake;

    @BeforeEach
    void fill() throws Exception {
        lake = Lake.open(home, 512, 1);
        lake.replace("raw", "shop.customers", customers(20));
        lake.history().tag("raw", "shop.customers", "first", "main");
        lake.history().branch("raw", "shop.customers", "trial", "main");
        lake.append(
                lake.engine(),
                "raw",
                "shop.customers",
                customers(3).replace("C000", "D000"),
                Target.branch("trial", Map.of()));
        lake.replace("raw", "shop.customers", customers(15));
        lake.replace(
                "raw",
                "shop.orders",
                "SELECT format('C{:07d}', i // 2) AS buyer, i * 1.5 AS amount FROM range(40) t(i)");
        lake.replace("raw", "shop.countries", "SELECT 'France' AS name");
        Path journal = home.resolve("predictions-log/shop/predictions-1-000000.jsonl");
        Files.createDirectories(journal.getParent());
        Files.writeString(
                journal,
                "{\"inputs\":{\"id\":\"" + WHO
                        + "\"},\"id\":\"0123456789abcdef0123\"}\n{\"inputs\":{\"id\":\"C0000008\"}}\n");
        Files.createDirectories(home.resolve("pipelines/shop"));
        Files.writeString(home.resolve("pipelines/shop/report.html"), "<td>" + MAIL + "</td><td>kept</td>");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("feedback.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE feedback (id TEXT, label TEXT)");
            statement.execute(
                    "INSERT INTO feedback VALUES ('0123456789abcdef0123', 'yes'), ('other-prediction-id', 'no')");
        }
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private static String customers(int rows) {
        return "SELECT format('C{:07d}', i) AS customer_id, CASE WHEN i = 7 THEN '" + MAIL
                + "' ELSE format('c{}@example.org', i) END AS email, 'Paris' AS city FROM range(" + rows + ") t(i)";
    }

    private Forgetting forgetting() {
        return new Forgetting(lake, Clock.systemUTC(), Set.of());
    }

    private static Forgetting.Request request(String column, String value) {
        return new Forgetting.Request(
                List.of("shop"),
                List.of(List.of("customer_id", "buyer")),
                Map.of(column, value),
                "asked",
                List.of(),
                List.of());
    }

    /** Looks in bytes, and in decoded Parquet files, without the code under test. */
    private List<String> places(String text) throws Exception {
        List<String> places = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home);
                Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean found = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
                if (file.toString().endsWith(".parquet")) {
                    String sql = "SELECT count(*) FROM read_parquet(" + Engine.literal(file.toString())
                            + ") t WHERE contains(CAST(t AS VARCHAR), " + Engine.literal(text) + ")";
                    try (ResultSet rows = statement.executeQuery(sql)) {
                        rows.next();
                        found |= rows.getLong(1) > 0;
                    }
                }
                if (found) {
                    places.add(home.relativize(file).toString());
                }
            }
        }
        return places;
    }

    private List<String> rows(TableRef table) {
        return lake.engine()
                .query("SELECT CAST(t AS VARCHAR) FROM " + lake.from(table) + " t", row -> row.getString(1));
    }

    private TableRef at(String version) {
        return lake.history().at("raw", "shop.customers", version).orElseThrow();
    }

    @Test
    void noByteOfThePersonIsLeftAndAllElseIsAsItWas() throws Exception {
        assertThat(places(WHO)).isNotEmpty();
        List<String> main = rows(at("main"));
        List<String> tag = rows(at("first"));
        List<String> trial = rows(at("trial"));
        Path receipt =
                forgetting().forget(request("email", MAIL), false).receipt().orElseThrow();
        assertThat(places(WHO)).isEmpty();
        assertThat(places(MAIL)).isEmpty();
        assertThat(places("0123456789abcdef0123")).isEmpty();
        main.removeIf(row -> row.contains(WHO));
        tag.removeIf(row -> row.contains(WHO));
        trial.removeIf(row -> row.contains(WHO));
        assertThat(rows(at("main"))).isEqualTo(main).hasSize(14);
        assertThat(rows(at("first"))).isEqualTo(tag).hasSize(19);
        assertThat(rows(at("trial"))).isEqualTo(trial).hasSize(22);
        assertThat(lake.current("raw", "shop.orders").orElseThrow().rows()).isEqualTo(38);
        assertThat(Files.readString(home.resolve("pipelines/shop/report.html"))).contains("kept");
        assertThat(places("C0000008")).anyMatch(place -> place.endsWith(".jsonl"));
        assertThat(places("other-prediction-id")).containsExactly("feedback.db");
        assertThat(new Receipts(home).verify(receipt).find("subject")).isPresent();
    }

    @Test
    void aReceiptThatWasChangedIsRefused() throws Exception {
        Path receipt = forgetting()
                .forget(request("customer_id", WHO), false)
                .receipt()
                .orElseThrow();
        Files.writeString(receipt, Files.readString(receipt).replace("asked", "asken"));
        assertThatThrownBy(() -> new Receipts(home).verify(receipt))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(RetentionErrorCode.RECEIPT_INVALID));
    }

    @Test
    void readingTheSourceAgainDoesNotBringThePersonBack() throws Exception {
        forgetting().forget(request("customer_id", WHO), false);
        TableRef again = lake.replace("raw", "shop.customers", customers(20));
        assertThat(again.rows()).isEqualTo(19);
        lake.append("raw", "shop.customers", customers(8), Map.of());
        assertThat(places(WHO)).isEmpty();
    }

    @Test
    void aHoldWinsAndADryRunChangesNothing() throws Exception {
        List<String> before = places(WHO);
        assertThat(forgetting().forget(request("customer_id", WHO), true).tables())
                .hasSize(2);
        Files.writeString(home.resolve("lake/holds.yaml"), "holds:\n- table: shop\n  reason: a lawsuit\n");
        assertThatThrownBy(() -> forgetting().forget(request("customer_id", WHO), false))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(RetentionErrorCode.HELD));
        assertThat(places(WHO)).isEqualTo(before);
    }

    @Test
    void linkedRowsStayAwayToo() throws Exception {
        forgetting().forget(request("email", MAIL), false);
        TableRef again = lake.append(
                "raw",
                "shop.orders",
                "SELECT '" + WHO + "' AS buyer, 5.5 AS amount UNION ALL SELECT 'C0000008', 6.5",
                Map.of());
        assertThat(again.rows()).isEqualTo(39);
        assertThat(places(WHO)).isEmpty();
    }

    @Test
    void rowsOfTablesWithoutAKeyGoWithTheRowsThatTheyWereMadeFrom() {
        TableRef customers = at("main");
        lake.replace(
                lake.engine(),
                "predictions",
                "shop.holdout",
                "SELECT _row, 0.5 AS output_0 FROM " + lake.from(customers),
                "",
                Target.main(Map.of(Lake.INPUTS, Lake.input(customers))));
        forgetting().forget(request("customer_id", WHO), false);
        TableRef predictions = lake.current("predictions", "shop.holdout").orElseThrow();
        assertThat(lake.engine().query("SELECT _row FROM " + lake.from(predictions), row -> row.getLong(1)))
                .hasSize(14)
                .doesNotContain(7L);
        assertThat(lake.history().version(predictions).properties()).containsEntry(Lake.INPUTS, Lake.input(at("main")));
    }

    @Test
    void aKeyThatBeginsAnotherKeyIsToldFromIt() throws Exception {
        lake.replace(
                "raw",
                "shop.customers",
                customers(12) + " UNION ALL SELECT '" + WHO + "5', 'other@example.org', 'Rome'");
        Files.writeString(home.resolve("pipelines/shop/notes.txt"), "seen: " + WHO + "5, " + WHO + ", x" + WHO);
        forgetting().forget(request("customer_id", WHO), false);
        assertThat(rows(at("main"))).hasSize(12).anyMatch(row -> row.contains(WHO + "5"));
        assertThat(Files.readString(home.resolve("pipelines/shop/notes.txt")))
                .isEqualTo("seen: " + WHO + "5, (forgotten), x(forgotten)");
    }

    @Test
    void shortNumbersAreSoughtWhereTheyAreKeys() throws Exception {
        lake.replace("raw", "shop.members", "SELECT i AS member_id, i * 2 AS points FROM range(200) t(i)");
        lake.replace("raw", "shop.visits", "SELECT i % 200 AS member_id, i AS minutes FROM range(1000) t(i)");
        Path notes = home.resolve("pipelines/shop/rows.json");
        Files.writeString(
                notes,
                "{\"member_id\": 101, \"points\": 101, \"x\": {\"member_id\":\"101\"}, \"y\": {\"member_id\":1015}}");
        Path receipt = forgetting()
                .forget(
                        new Forgetting.Request(
                                List.of("shop"), List.of(), Map.of("member_id", "101"), "", List.of(), List.of()),
                        false)
                .receipt()
                .orElseThrow();
        assertThat(lake.current("raw", "shop.members").orElseThrow().rows()).isEqualTo(199);
        assertThat(lake.current("raw", "shop.visits").orElseThrow().rows()).isEqualTo(995);
        assertThat(Files.readString(notes))
                .isEqualTo("{\"member_id\": \"(forgotten)\", \"points\": 101, \"x\": {\"member_id\":\"(forgotten)\"},"
                        + " \"y\": {\"member_id\":1015}}");
        assertThat(Files.readString(receipt))
                .contains("shortKeysSoughtOnlyInColumnsAndMembersOfTheirName")
                .contains("member_id");
        assertThat(lake.append("raw", "shop.visits", "SELECT 101 AS member_id, 3 AS minutes", Map.of())
                        .rows())
                .isEqualTo(995);
    }

    @Test
    void everyRowOfADatabaseIsLookedAt() throws Exception {
        Path file = home.resolve("other.db");
        SplittableRandom random = new SplittableRandom(4);
        long others = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a TEXT, b TEXT, c BLOB)");
            connection.setAutoCommit(false);
            for (int i = 0; i < 2_000; i++) {
                boolean about = random.nextInt(3) == 0;
                String key = about ? WHO : String.format("C%07d", 1000 + random.nextInt(1_000_000));
                others += about ? 0 : 1;
                String around = "q".repeat(random.nextInt(5));
                statement.execute("INSERT INTO t VALUES ('" + around + "', '"
                        + (random.nextBoolean() ? key : around + key + around) + "', CAST('" + around + "' AS BLOB))");
            }
            connection.commit();
        }
        forgetting().forget(request("customer_id", WHO), false);
        assertThat(places(WHO)).isEmpty();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM t WHERE b NOT LIKE '%(forgotten)%'")) {
            rows.next();
            assertThat(rows.getLong(1)).isEqualTo(others);
        }
    }

    @Test
    void packedFilesAreLookedInto() throws Exception {
        Path zipped = home.resolve("logs/old.log.gz");
        Files.createDirectories(zipped.getParent());
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(("a line about " + MAIL + "\nanother\n").getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(home.resolve("logs/wide.txt"), "x" + WHO + "y", StandardCharsets.UTF_16LE);
        byte[] large = ("0".repeat(3_000_000) + WHO + "z".repeat(3_000_000)).getBytes(StandardCharsets.UTF_8);
        Files.write(home.resolve("logs/large.txt"), large);
        forgetting().forget(request("email", MAIL), false);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(zipped))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("a line about (forgotten)\nanother\n");
        }
        assertThat(places(WHO)).isEmpty();
        assertThat(Files.exists(home.resolve("logs/wide.txt"))
                        && Files.readString(home.resolve("logs/wide.txt"), StandardCharsets.UTF_16LE)
                                .contains(WHO))
                .isFalse();
    }

    @Test
    void whatCannotBeSearchedMakesNoReceipt() throws Exception {
        Files.createDirectories(home.resolve("logs"));
        Path broken = home.resolve("logs/cut.log.gz");
        Files.write(broken, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1});
        assertThatThrownBy(() -> forgetting().forget(request("customer_id", WHO), false))
                .isInstanceOfSatisfying(TataraException.class, e -> {
                    assertThat(e.code()).isEqualTo(RetentionErrorCode.STILL_FOUND);
                    assertThat(e.fault().what()).contains("logs/cut.log.gz");
                });
        assertThat(home.resolve("receipts")).doesNotExist();
        Files.delete(broken);
        assertThat(forgetting().resume()).isPresent();
        assertThat(places(WHO)).isEmpty();
    }

    @Test
    void whoIsInOtherPipelinesTooHasToGoThereAsWell() {
        lake.replace("raw", "clinic.patients", "SELECT '" + WHO + "' AS customer_id");
        assertThatThrownBy(() -> forgetting().forget(request("customer_id", WHO), false))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(RetentionErrorCode.ELSEWHERE));
    }

    @Test
    void nobodyGetsNoReceipt() {
        assertThatThrownBy(() -> forgetting().forget(request("customer_id", "C7777777"), false))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(RetentionErrorCode.SUBJECT_UNCLEAR));
        assertThat(home.resolve("receipts")).doesNotExist();
    }

    /** Forgets in a process of its own, which says when it begins to change things. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            try (Lake lake = Lake.open(Path.of(arguments[0]), 256, 1)) {
                new Forgetting(lake, Clock.systemUTC(), Set.of()).forget(request("customer_id", WHO), false);
            }
        }
    }

    /** Killed as soon as the journal is there, or some time later: the next start makes the same of it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 40, 120, 300})
    void whatAKilledProcessBeganIsFinished(int millis) throws Exception {
        lake.close();
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx300m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        home.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (child.isAlive() && !Forgetting.isPending(home)) {
            Thread.onSpinWait();
        }
        child.waitFor(millis, TimeUnit.MILLISECONDS);
        child.destroyForcibly().waitFor();
        lake = Lake.open(home, 512, 1);
        boolean pending = Forgetting.isPending(home);
        assertThat(forgetting().resume().isPresent()).isEqualTo(pending);
        try (Stream<Path> receipts = Files.list(home.resolve("receipts"))) {
            assertThat(receipts).hasSize(1);
        }
        assertThat(places(WHO)).isEmpty();
        assertThat(rows(at("main"))).hasSize(14);
        assertThat(rows(at("first"))).hasSize(19);
        assertThat(rows(at("trial"))).hasSize(22);
        assertThat(lake.current("raw", "shop.orders").orElseThrow().rows()).isEqualTo(38);
    }
}
