package tatara.data.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;

class StorageCostTest {
    @TempDir
    private Path home;

    @Test
    void the_parts_add_up_to_the_bytes_of_the_home() throws Exception {
        try (Lake lake = Lake.open(home, 300, 2)) {
            lake.replace("raw", "p.a", "SELECT range AS id, hash(range) AS h FROM range(20000)");
            lake.replace("raw", "p.a", "SELECT range AS id, hash(range) AS h FROM range(30000)");
            lake.history().branch("raw", "p.a", "other", "main");
            lake.append("processed", "p.a", "SELECT 1 AS id", Map.of());
            lake.replace("features", "p.empty", "SELECT 1 AS id WHERE false");
            Files.createDirectories(home.resolve("models"));
            Files.write(home.resolve("models").resolve("one.bin"), new byte[12_345]);
            Files.write(home.resolve("loose.txt"), new byte[7]);
            StorageCost cost = new StorageCost(lake, home.resolve("cache"));
            List<StorageCost.OfTable> tables = cost.tables();
            Map<String, Long> others = cost.others(tables);
            assertThat(others).containsEntry("models", 12_345L).containsEntry("loose.txt", 7L);
            long sum = tables.stream()
                            .mapToLong(table -> table.newest() + table.older())
                            .sum()
                    + others.values().stream().mapToLong(Long::longValue).sum();
            assertThat(sum).isEqualTo(bytes());
            StorageCost.OfTable a = tables.stream()
                    .filter(table -> table.table().layer().equals("raw"))
                    .findFirst()
                    .orElseThrow();
            assertThat(a.newest()).isBetween(200_000L, 1_000_000L);
            assertThat(a.older()).isGreaterThan(a.newest() / 2);
        }
    }

    private long bytes() throws Exception {
        long sum = 0;
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    @Test
    void codecs_are_tried_and_leave_nothing_behind() throws Exception {
        try (Lake lake = Lake.open(home, 300, 2)) {
            TableRef table = lake.replace(
                    "raw", "p.a", "SELECT 'customer ' || range % 1000 || ' of ' || range AS text FROM range(50000)");
            List<StorageCost.Tried> tried = new StorageCost(lake, home.resolve("cache")).codecs(table);
            assertThat(tried).allSatisfy(one -> {
                assertThat(one.rows()).isEqualTo(50_000);
                assertThat(one.bytes()).isPositive();
            });
            assertThat(tried.get(tried.size() - 1).bytes())
                    .isLessThan(tried.get(0).bytes());
            TableRef empty = lake.replace("raw", "p.empty", "SELECT 1 AS id WHERE false");
            assertThat(new StorageCost(lake, home.resolve("cache")).codecs(empty))
                    .isNotEmpty();
        }
        try (Stream<Path> left = Files.list(home.resolve("cache"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
