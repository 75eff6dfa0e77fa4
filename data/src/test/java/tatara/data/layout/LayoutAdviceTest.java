package tatara.data.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;
import tatara.data.lake.Layout;

class LayoutAdviceTest {
    private static final String NAME = "d\"a, y'";

    @TempDir
    Path home;

    private Lake lake;

    @BeforeEach
    void open() {
        lake = Lake.open(home, 600, 2);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private TableRef orders(int rows) {
        return lake.replace(
                "raw",
                "shop.orders",
                "SELECT i AS id, hash(i) % 100000 AS \"d\"\"a, y'\", hash(i * 3) AS note,"
                        + " CASE i % 3 WHEN 0 THEN 'DE' ELSE 'FR' END AS country FROM range(" + rows + ") t(i)");
    }

    private LayoutAdvice.Advice advise(TableRef table, long partitionBytes) {
        return new LayoutAdvice(lake, home.resolve("cache"), new LayoutAdvice.Settings(partitionBytes, 2))
                .advise(table);
    }

    private void ask(TableRef table, String column, boolean one, double share, int times) {
        for (int i = 0; i < times; i++) {
            new QueryLog(home, table).asked(new QueryPattern(List.of(new QueryPattern.Filter(column, one)), share));
        }
    }

    private String content(TableRef table) {
        return lake.engine()
                .first(
                        "SELECT count(*) || '/' || sum(hash(t)) FROM " + lake.from(table) + " t",
                        row -> row.getString(1))
                .orElseThrow();
    }

    @Test
    @Tag("slow")
    void rangesOfOneColumnAreSortedByIt() throws Exception {
        TableRef table = orders(2_200_000);
        ask(table, NAME, false, 0.01, 4);
        LayoutAdvice.Advice advice = advise(table, 1L << 40);
        assertThat(advice.best().map(LayoutAdvice.Candidate::layout)).contains(new Layout(List.of(), List.of(NAME)));
        assertThat(advice.best().orElseThrow().bytesRead())
                .isLessThan(0.8 * advice.current().bytesRead());
        TableRef applied =
                lake.history().compact("raw", "shop.orders", advice.best().map(LayoutAdvice.Candidate::layout));
        assertThat(content(applied)).isEqualTo(content(table));
        assertThat(advise(applied, 1L << 40).best()).isEmpty();
        try (Stream<Path> left = Files.list(home.resolve("cache"))) {
            assertThat(left).noneMatch(place -> place.getFileName().toString().startsWith("layout-"));
        }
    }

    @Test
    void valuesOfFewAreDividedByThem() {
        TableRef table = orders(200_000);
        ask(table, "country", true, 0.33, 4);
        assertThat(advise(table, 1_000).best().map(LayoutAdvice.Candidate::layout))
                .contains(new Layout(List.of("country"), List.of()));
        assertThat(advise(table, 1L << 40).tried())
                .noneMatch(one -> !one.layout().partitionBy().isEmpty());
    }

    @Test
    void withoutQueriesTablesStayAsTheyAre() {
        for (int rows : new int[] {0, 1, 1_000}) {
            LayoutAdvice.Advice advice = advise(orders(rows), 1_000);
            assertThat(advice.best()).isEqualTo(Optional.empty());
            assertThat(advice.queries()).isZero();
        }
        TableRef table = orders(0);
        ask(table, "gone", true, 0, 2);
        ask(table, NAME, false, 0.5, 2);
        assertThat(advise(table, 1_000).best()).isEmpty();
    }

    @Test
    void rememberedQueriesAreBounded() throws Exception {
        TableRef table = orders(10);
        ask(table, "country ".repeat(50), true, 0.5, 1_200);
        assertThat(new QueryLog(home, table).read()).hasSizeBetween(1_000, 1_199);
    }

    @Test
    void everyByteOfTheHomeIsCounted() throws Exception {
        TableRef table = orders(1_000);
        orders(2_000);
        ask(table, "country", true, 0.5, 1);
        StorageCost cost = new StorageCost(lake, home.resolve("cache"));
        List<StorageCost.OfTable> tables = cost.tables();
        long counted =
                tables.stream().mapToLong(one -> one.newest() + one.older()).sum()
                        + cost.others(tables).values().stream()
                                .mapToLong(Long::longValue)
                                .sum();
        long there;
        try (Stream<Path> files = Files.walk(home)) {
            there = files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
        assertThat(counted).isEqualTo(there);
        assertThat(tables.get(0).older()).isPositive();
        assertThat(cost.codecs(tables.get(0).table()))
                .hasSize(3)
                .allMatch(one -> one.bytes() > 0 && one.rows() == 2_000);
        assertThat(StorageCost.dollars(2_000_000_000, 0.023)).isEqualTo(0.046);
    }
}
