package tatara.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.json.Json;
import tatara.data.lake.Lake;
import tatara.data.lake.Target;
import tatara.data.lake.Upsert;

class DataVersionsTest {
    @TempDir
    private Path home;

    @BeforeEach
    void write() {
        try (Lake lake = Lake.open(home, 200, 1)) {
            lake.append(
                    "raw",
                    "shop.orders",
                    "SELECT range AS id, range * 2 AS amount FROM range(100)",
                    Map.of("file", "a"));
            lake.append("raw", "shop.orders", "SELECT 100 AS id, 7 AS amount", Map.of("file", "b"));
        }
    }

    private CommandRun data(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "data";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandRun.of(home, all);
    }

    private static Json.Obj table(CommandRun run) {
        return (Json.Obj) ((Json.Arr) run.at("tables")).items().get(0);
    }

    @Test
    void log_tag_diff_and_restore_work_together() {
        assertThat(data("tag", "shop", "first").exit()).isZero();
        assertThat(data("tag", "shop", "first").exit()).isEqualTo(2);
        try (Lake lake = Lake.open(home, 200, 1)) {
            lake.apply(
                    "raw",
                    "shop.orders",
                    new Upsert(
                            "SELECT 5 AS id, 999 AS amount, false AS gone UNION ALL SELECT 6, 0, true",
                            List.of("id"),
                            Optional.of("gone"),
                            Map.of()));
        }
        CommandRun diff = data("diff", "raw/shop.orders", "first", "--json");
        Json.Obj rows = (Json.Obj) table(diff).members().get("rows");
        assertThat(rows.members().get("changed")).isEqualTo(new Json.Num(1L));
        assertThat(rows.members().get("removed")).isEqualTo(new Json.Num(1L));
        assertThat(rows.members().get("added")).isEqualTo(new Json.Num(0L));
        assertThat(data("diff", "shop.orders", "first").out()).contains("~ id=5  amount=10 → 999", "- id=6");
        assertThat(data("restore", "shop.orders", "first").out()).contains("101 rows");
        assertThat(((Json.Arr) table(data("log", "shop", "--json")).members().get("versions")).items())
                .hasSize(4);
        assertThat(data("log", "shop").out()).contains("restore", "upsert", "[first]", "file: b");
        assertThat(data("diff", "shop", "first", "--no-statistics", "--whole-rows")
                        .out())
                .contains("0 added, 0 removed, 0 changed");
        assertThat(data("diff", "shop", "nothing").exit()).isEqualTo(2);
        assertThat(data("log", "none").exit()).isEqualTo(3);
        assertThat(data("gc", "--keep-days", "0", "--json").document().members().get("bytes"))
                .isNotEqualTo(new Json.Num(0L));
        assertThat(data("gc", "shop", "--keep-days", "0").out()).contains("0 versions gone");
        assertThat(data("diff", "shop", "first").exit()).isZero();
    }

    @Test
    void a_merge_in_conflict_ends_with_3_and_can_be_decided() {
        assertThat(data("branch", "shop", "try").exit()).isZero();
        try (Lake lake = Lake.open(home, 200, 1)) {
            for (String branch : List.of("try", "main")) {
                lake.apply(
                        lake.engine(),
                        "raw",
                        "shop.orders",
                        new Upsert(
                                "SELECT 5 AS id, " + branch.length() + " AS amount",
                                List.of("id"),
                                Optional.empty(),
                                Map.of()),
                        Target.branch(branch, Map.of()));
            }
        }
        CommandRun refused = data("merge", "shop", "try", "--key", "id");
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.out()).contains("id=5", "was 10, ours 4, theirs 3");
        assertThat(data("merge", "shop", "try", "--key", "id", "--take", "mine").exit())
                .isEqualTo(2);
        CommandRun merged = data("merge", "shop", "try", "--key", "id", "--take", "theirs", "--json");
        assertThat(merged.exit()).isZero();
        assertThat(table(merged).members().get("taken")).isEqualTo(new Json.Num(1L));
        assertThat(data("branch", "shop", "try", "--delete").exit()).isZero();
    }
}
