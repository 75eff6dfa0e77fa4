package tatara.data.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        lake.append(lake.engine(), "raw", "shop.customers", customers(3).replace("C000", "D000"), Target.branch("trial", Map.of()));
        lake.replace("raw", "shop.customers", customers(15));
        lake.replace("raw", "shop.orders", "SELECT format('C{:07d}', i // 2) AS buyer, i * 1.5 AS amount FROM range(40) t(i)");
        lake.replace("raw", "shop.countries", "SELECT 'France' AS name");
        Path journal = home.resolve("predictions/shop/predictions-1-000000.jsonl");
        Files.createDirectories(journal.getParent());
        Files.writeString(
                journal,
                "{\"inputs\":{\"id\":\"" + WHO + "\"},\"outputs\":{\"id\":\"0123456789abcdef0123\"}}\n{\"inputs\":{\"id\":\"C0000008\"}}\n");
        Files.createDirectories(home.resolve("pipelines/shop"));
        Files.writeString(home.resolve("pipelines/shop/report.html"), "<td>" + MAIL + "</td><td>kept</td>");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("feedback.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE feedback (id TEXT, label TEXT)");
            statement.execute("INSERT INTO feedback VALUES ('0123456789abcdef0123', 'yes'), ('other-prediction-id', 'no')");
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
                List.of("shop"), List.of(List.of("customer_id", "buyer")), Map.of(column, value), "asked", List.of(), List.of());
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
        return lake.engine().query("SELECT CAST(t AS VARCHAR) FROM " + lake.from(table) + " t", row -> row.getString(1));
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
        Path receipt = forgetting().forget(request("email", MAIL), false).receipt().orElseThrow();
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
        Path receipt = forgetting().forget(request("customer_id", WHO), false).receipt().orElseThrow();
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
        assertThat(forgetting().forget(request("customer_id", WHO), true).tables()).hasSize(2);
        Files.writeString(home.resolve("lake/holds.yaml"), "holds:\n- table: shop\n  reason: a lawsuit\n");
        assertThatThrownBy(() -> forgetting().forget(request("customer_id", WHO), false))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(RetentionErrorCode.HELD));
        assertThat(places(WHO)).isEqualTo(before);
    }
}
