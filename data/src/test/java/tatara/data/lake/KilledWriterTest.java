package tatara.data.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;

class KilledWriterTest {
    @TempDir
    private Path home;

    /** Writes batches of ten rows until it is killed, each with the position after it, and says when one is stored. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            try (Lake lake = Lake.open(Path.of(arguments[0]), 200, 1)) {
                for (long position = position(lake); ; position++) {
                    lake.apply(
                            "raw",
                            "p.t",
                            new Upsert(
                                    "SELECT " + position * 10 + " + range AS id, " + position
                                            + " AS batch FROM range(10)" + " UNION ALL SELECT -1, " + position,
                                    List.of("id"),
                                    Optional.empty(),
                                    Map.of("position", Long.toString(position + 1))));
                    System.out.println(position);
                }
            }
        }
    }

    private static long position(Lake lake) {
        return lake.current("raw", "p.t")
                .map(ref ->
                        Long.parseLong(lake.history().version(ref).properties().getOrDefault("position", "0")))
                .orElse(0L);
    }

    @Test
    void a_killed_process_leaves_whole_versions_and_the_next_goes_on_from_the_stored_position() throws Exception {
        for (int kill = 0; kill < 3; kill++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            home.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (int line = 0; line < 4 + kill; line++) {
                    assertThat(lines.readLine()).isNotNull();
                }
                Thread.sleep(7L * kill);
                process.destroyForcibly().waitFor();
            }
            check();
        }
    }

    private void check() throws IOException {
        try (Lake lake = Lake.open(home, 200, 1)) {
            long position = position(lake);
            TableRef ref = lake.current("raw", "p.t").orElseThrow();
            assertThat(ref.rows()).isEqualTo(position * 10 + 1);
            assertThat(lake.engine()
                            .query(
                                    "SELECT concat_ws(' ', count(*), count(DISTINCT id), count(DISTINCT _row), max(id),"
                                            + " any_value(batch) FILTER (id = -1)) FROM " + lake.from(ref),
                                    row -> row.getString(1)))
                    .containsExactly(String.join(
                            " ",
                            Long.toString(ref.rows()),
                            Long.toString(ref.rows()),
                            Long.toString(ref.rows()),
                            Long.toString(position * 10 - 1),
                            Long.toString(position - 1)));
            lake.append("raw", "p.other", "SELECT 1 AS a", Map.of());
            lake.history().compact("raw", "p.t");
            assertThat(lake.history()
                            .version(lake.current("raw", "p.t").orElseThrow())
                            .operation())
                    .isIn("compact", "upsert");
            assertThat(home.resolve("lake/raw/p/t/.writing")).satisfies(marker -> assertThat(Files.exists(marker)
                            && lake.history()
                                    .log("raw", "p.t", "main")
                                    .get(0)
                                    .operation()
                                    .equals("compact"))
                    .isFalse());
            try (Stream<Path> files = Files.list(home.resolve("lake/raw/p/t/data"))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .noneMatch(name ->
                                name.endsWith(".partial") && !Files.exists(home.resolve("lake/raw/p/t/.writing")));
            }
            restorePosition(lake, position);
        }
    }

    /** The position belongs to the change feed: compaction has none of its own. */
    private static void restorePosition(Lake lake, long position) {
        lake.apply(
                "raw",
                "p.t",
                new Upsert(
                        "SELECT -1 AS id, " + (position - 1) + " AS batch",
                        List.of("id"),
                        Optional.empty(),
                        Map.of("position", Long.toString(position))));
    }
}
