package tatara.data.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;
import tatara.data.files.FileVersions;
import tatara.data.files.ObjectStore;
import tatara.data.lake.Lake;
import tatara.data.lake.Upsert;
import tatara.data.lake.Version;

@Tag("slow")
class TwoProcessesTest {
    private static final int STEPS = 25;

    @TempDir
    private Path folder;

    /** Appends to one table, changes another by key, makes one of its own, and adds files, all in turn. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            Path home = Path.of(arguments[0]);
            String me = arguments[1];
            try (Lake lake = Lake.open(home, 200, 1)) {
                FileVersions files = new FileVersions(lake, home.resolve("cache"));
                for (int step = 0; step < STEPS; step++) {
                    String key = me + "-" + step;
                    lake.append(
                            "raw",
                            "shared.appended",
                            "SELECT '" + key + "' AS key, range AS n FROM range(10)",
                            Map.of("step", key));
                    lake.apply(
                            "raw",
                            "shared.changed",
                            new Upsert(
                                    "SELECT '" + key + "' AS key, 1 AS n UNION ALL SELECT 'both', " + step,
                                    List.of("key"),
                                    Optional.empty(),
                                    Map.of()));
                    lake.append("raw", "own" + me + ".t" + step, "SELECT 1 AS id", Map.of());
                    files.add(Path.of(arguments[2]), "files" + me, ObjectStore.Keeping.COPY);
                }
            }
        }
    }

    @Test
    void nothing_that_either_wrote_is_lost() throws Exception {
        Path home = folder.resolve("home");
        Path data = folder.resolve("data");
        Files.createDirectories(data);
        for (int i = 0; i < 200; i++) {
            Files.writeString(data.resolve("f" + i), "content " + i % 50);
        }
        List<Process> writers = new ArrayList<>();
        for (String me : List.of("A", "B")) {
            writers.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx300m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            home.toString(),
                            me,
                            data.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(me + ".log").toFile())
                    .start());
        }
        for (Process writer : writers) {
            assertThat(writer.waitFor(10, TimeUnit.MINUTES)).isTrue();
        }
        for (int i = 0; i < 2; i++) {
            assertThat(writers.get(i).exitValue())
                    .as(Files.readString(folder.resolve(List.of("A", "B").get(i) + ".log")))
                    .isZero();
        }
        try (Lake lake = Lake.open(home, 200, 1)) {
            TableRef appended = lake.current("raw", "shared.appended").orElseThrow();
            assertThat(appended.rows()).isEqualTo(2 * STEPS * 10);
            assertThat(lake.engine()
                            .first(
                                    "SELECT count(DISTINCT _row) || '|' || min(_row) || '|' || max(_row) || '|' || count(DISTINCT key)"
                                            + " FROM " + lake.from(appended),
                                    row -> row.getString(1)))
                    .contains(2 * STEPS * 10 + "|0|" + (2 * STEPS * 10 - 1) + "|" + 2 * STEPS);
            List<Version> versions = lake.history().all("raw", "shared.appended");
            assertThat(versions).hasSize(2 * STEPS);
            for (Version version : versions) {
                assertThat(lake.engine()
                                .first("SELECT count(*) FROM " + lake.from(version.table()), row -> row.getLong(1)))
                        .contains(version.table().rows());
            }
            assertThat(lake.current("raw", "shared.changed").orElseThrow().rows())
                    .isEqualTo(2 * STEPS + 1);
            assertThat(lake.tables()).hasSize(2 + 2 * STEPS + 2);
            FileVersions files = new FileVersions(lake, home.resolve("cache"));
            assertThat(files.restore(lake.current("raw", "filesA.files").orElseThrow(), folder.resolve("out"), false)
                            .written())
                    .isEqualTo(200);
        }
    }
}
