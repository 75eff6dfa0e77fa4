package tatara.data.quality.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;

class BatchHistoryTest {
    private static final Instant START = Instant.parse("2026-01-05T06:00:00Z");

    @TempDir
    Path home;

    private static BatchRecord arrive(Lake lake, int day, String content, String sql) {
        TableRef table = lake.replace("raw", "shop.orders", sql);
        return new BatchHistory(lake)
                .arrived(
                        "shop.orders",
                        content,
                        lake.from(table),
                        lake.types(table),
                        Optional.of("at"),
                        START.plus(Duration.ofDays(day)));
    }

    private static String orders(int day, int rows, String price) {
        return "SELECT i AS id, " + price
                + " AS price, CASE WHEN i % 4 = 0 THEN 'DE' ELSE 'a \"quoted\"; name' END AS \"cou\"\"ntry\","
                + " NULL AS nothing, strftime(TIMESTAMP '2026-01-05' + INTERVAL " + day
                + " DAY, '%Y-%m-%d') AS at FROM range("
                + rows + ") t(i)";
    }

    @Test
    void batchesAreMeasuredJudgedAndRemembered() throws Exception {
        try (Lake lake = Lake.open(home, 300, 1)) {
            for (int day = 0; day < 12; day++) {
                int rows = 400 + day % 3 * 20;
                assertThat(arrive(lake, day, "k" + day, orders(day, rows, "(i % 97)::VARCHAR"))
                                .anomalies())
                        .isEmpty();
            }
            BatchRecord odd = arrive(lake, 12, "k12", orders(10, 20, "(i % 97 * 100)::VARCHAR"));
            assertThat(odd.anomalies()).extracting(Anomaly::metric).contains("rows", "lag", "mean:price");
            assertThat(odd.anomalies()).anyMatch(Anomaly::severe);
            assertThat(arrive(lake, 13, "k12", orders(10, 20, "(i % 97 * 100)::VARCHAR")))
                    .isEqualTo(odd);
            BatchLog log = new BatchLog(home, "shop.orders");
            assertThat(log.read()).hasSize(13);
            assertThat(log.accept()).isEqualTo(odd.anomalies().size());
            assertThat(log.read().get(12).accepted()).isTrue();
        }
        Path file = home.resolve("lake/quality");
        try (var files = Files.list(file)) {
            Path only = files.findFirst().orElseThrow();
            Files.writeString(only, "{\"at\": \"2026-01-", StandardOpenOption.APPEND);
        }
        assertThat(new BatchLog(home, "shop.orders").read()).hasSize(13);
    }

    @Test
    void emptyBatchesAreBatches() {
        try (Lake lake = Lake.open(home, 300, 1)) {
            assertThat(arrive(lake, 0, "k", orders(0, 0, "'1'")).metrics())
                    .extracting(BatchMetric::name)
                    .isEqualTo(List.of("rows"));
        }
    }
}
