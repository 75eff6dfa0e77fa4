package tatara.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of {@code data load} are found under the name that the user gave them. */
class LoadedTablesTest {
    @TempDir
    private Path folder;

    private CommandRun data(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "data";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandRun.of(folder.resolve("home"), all);
    }

    private String file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n")
                .toString();
    }

    @Test
    void the_short_and_the_full_name_mean_the_same() throws IOException {
        String first = file("a.csv", "id,amount", "1,10", "2,20");
        String second = file("b.csv", "id,amount", "2,21", ",30");
        assertThat(data("load", first, "--table", "orders", "--key", "id").exit())
                .isZero();
        assertThat(data("load", second, "--table", "orders").out()).contains("1 set aside");
        for (String name : new String[] {"orders", "loads.orders", "raw/loads.orders", "loads"}) {
            CommandRun log = data("log", name);
            assertThat(log.exit()).as(log.err()).isZero();
            assertThat(log.out()).startsWith("raw/loads.orders").contains("load.mode: upsert");
        }
        assertThat(data("diff", "orders", "main", "--key", "id").exit()).isNotEqualTo(2);
        assertThat(data("tag", "orders", "first").exit()).isZero();
        CommandRun replay = data("replay", "orders", "--json");
        assertThat(replay.exit()).as(replay.err()).isZero();
        assertThat(replay.text("table")).isEqualTo("loads.orders");
        assertThat(replay.number("before")).isEqualTo(1);
        assertThat(replay.number("after")).isEqualTo(1);
        Path aside = Path.of(replay.text("setAside"));
        Files.writeString(aside, Files.readString(aside).replace("\"id\":null", "\"id\":\"3\""));
        assertThat(data("replay", "loads", "orders").out()).contains("1 new").contains("0 still are");
        CommandRun lineage = data("lineage", "orders", "--json");
        assertThat(lineage.exit()).as(lineage.err()).isZero();
        assertThat(lineage.text("table")).isEqualTo("raw/loads.orders");
        assertThat(lineage.out()).contains("a.csv").contains("b.csv");
        assertThat(data("errors", "orders").exit()).isNotEqualTo(2);
        assertThat(data("log", "order").err()).contains("raw/loads.orders");
    }

    @Test
    void a_name_that_loads_and_feeds_share_has_to_be_said_in_full() throws IOException {
        String first = file("a.csv", "id,amount", "1,10");
        data("load", first, "--table", "orders");
        data("load", first, "--table", "feeds.orders");
        CommandRun log = data("log", "orders");
        assertThat(log.exit()).isNotZero();
        assertThat(log.err()).contains("loads.orders").contains("feeds.orders");
        assertThat(data("log", "feeds.orders").exit()).isZero();
    }

    @Test
    void garbage_of_loads_and_files_is_told() throws IOException {
        Path photos = Files.createDirectories(folder.resolve("photos"));
        Files.writeString(photos.resolve("a"), "a");
        assertThat(data("add", photos.toString()).exit()).isZero();
        CommandRun gc = data("gc", "--json", "--keep-days", "0");
        assertThat(gc.exit()).as(gc.err()).isZero();
        assertThat(gc.number("loads.files")).isZero();
        assertThat(gc.number("contents.files")).isZero();
    }
}
