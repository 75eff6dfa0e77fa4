package tatara.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.json.Json;
import tatara.data.lake.Lake;

class DataLayoutTest {
    @TempDir
    private Path home;

    private CommandRun data(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "data";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandRun.of(home, all);
    }

    private static Map<String, Json> table(CommandRun run) {
        return ((Json.Obj) ((Json.Arr) run.at("tables")).items().get(0)).members();
    }

    @Test
    void what_is_asked_with_rows_decides_the_layout_and_no_value_is_remembered() throws IOException {
        try (Lake lake = Lake.open(home, 300, 2)) {
            lake.replace(
                    "raw",
                    "shop.orders",
                    "SELECT range AS id, (range * 7919) % 400000 AS customer, hash(range) AS noise FROM range(400000)");
        }
        assertThat(data("layout", "shop", "--apply").out()).contains("leave it as it is", "no query");
        CommandRun found = data("rows", "shop.orders", "--where", "customer=123457", "--json");
        assertThat(found.number("found")).isEqualTo(1);
        data("rows", "shop.orders", "--where", "customer=314159..314200");
        try (Stream<Path> logs = Files.list(home.resolve("lake").resolve("queries"))) {
            assertThat(logs.toList()).singleElement().satisfies(log -> assertThat(Files.readString(log))
                    .contains("customer")
                    .doesNotContain("123457")
                    .doesNotContain("314159"));
        }
        CommandRun applied = data("layout", "shop", "--apply", "--json");
        assertThat(applied.exit()).isZero();
        assertThat(table(applied)).containsEntry("applied", new Json.Bool(true));
        assertThat(data("log", "shop").out()).contains("compact");
        CommandRun again = data("rows", "shop.orders", "--where", "customer=123457", "--json");
        assertThat(again.at("shown")).isEqualTo(found.at("shown"));
        assertThat(data("layout", "shop", "--apply").out()).contains("leave it as it is");
    }

    @Test
    void compact_gathers_files_once_and_says_so() {
        try (Lake lake = Lake.open(home, 300, 2)) {
            for (int i = 0; i < 3; i++) {
                lake.append("raw", "shop.orders", "SELECT " + i + " AS id", Map.of());
            }
        }
        assertThat(data("compact", "shop").out()).contains("1 files", "before 3 files", "cell by cell");
        assertThat(data("compact", "shop").out()).contains("nothing to gather");
        assertThat(data("compact", "none").exit()).isEqualTo(3);
    }

    @Test
    void cost_adds_up_on_an_empty_home_and_on_one_with_an_empty_table() throws IOException {
        assertThat(data("cost", "--json").exit()).isZero();
        try (Lake lake = Lake.open(home, 300, 2)) {
            lake.replace("raw", "shop.orders", "SELECT 1 AS id WHERE false");
        }
        CommandRun cost = data("cost", "--price", "0.05", "--json");
        assertThat(cost.exit()).isZero();
        long bytes = 0;
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        assertThat(cost.number("bytes")).isBetween(0.95 * bytes, 1.05 * bytes);
        assertThat(cost.number("dollarsAMonth")).isEqualTo(cost.number("bytes") / 1e9 * 0.05);
        assertThat(data("cost", "--price", "-1").exit()).isEqualTo(2);
    }
}
