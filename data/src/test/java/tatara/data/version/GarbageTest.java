package tatara.data.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;
import tatara.data.lake.Version;

class GarbageTest {
    private static final Clock LATER = Clock.fixed(Instant.now().plus(Duration.ofDays(40)), ZoneOffset.UTC);

    @TempDir
    private Path home;

    @Test
    void only_what_nothing_needs_goes_and_a_dry_run_deletes_nothing() throws Exception {
        try (Lake lake = Lake.open(home, 200, 2)) {
            TableRef needed = lake.replace("raw", "p.t", "SELECT 1 AS id");
            TableRef tagged = lake.replace("raw", "p.t", "SELECT 2 AS id");
            lake.history().tag("raw", "p.t", "paper", "main");
            TableRef gone = lake.replace("raw", "p.t", "SELECT 3 AS id");
            TableRef forked = lake.replace("raw", "p.t", "SELECT 4 AS id");
            lake.history().branch("raw", "p.t", "try", "main");
            lake.append(lake.engine(), "raw", "p.t", "SELECT 5 AS id", tatara.data.lake.Target.branch("try", Map.of()));
            TableRef current = lake.replace("raw", "p.t", "SELECT 6 AS id");
            Garbage garbage = new Garbage(lake, LATER);
            Holds none = Holds.read(home);
            assertThat(sweep(garbage, lake, needed, Duration.ofDays(90), none, false)
                            .dropped())
                    .isEmpty();
            Garbage.Swept dry = sweep(garbage, lake, needed, Duration.ofDays(7), none, true);
            assertThat(dry.dropped()).containsExactly(gone.snapshot());
            assertThat(dry.bytes()).isPositive();
            assertThat(lake.history().all("raw", "p.t")).hasSize(6);
            Files.writeString(
                    home.resolve("lake/holds.yaml"),
                    "holds:\n  - table: p\n    reason: lawsuit\n    until: 2999-01-01\n");
            Garbage.Swept held = sweep(garbage, lake, needed, Duration.ofDays(7), Holds.read(home), false);
            assertThat(held.hold()).contains("lawsuit");
            assertThat(lake.history().all("raw", "p.t")).hasSize(6);
            Files.writeString(
                    home.resolve("lake/holds.yaml"), "holds:\n  - table: p\n    reason: x\n    until: soon\n");
            assertThatThrownBy(() -> Holds.read(home)).hasMessageContaining("until");
            assertThat(sweep(garbage, lake, needed, Duration.ofDays(7), none, false)
                            .dropped())
                    .containsExactly(gone.snapshot());
            assertThat(lake.history().all("raw", "p.t"))
                    .extracting(Version::table)
                    .contains(needed, tagged, forked, current)
                    .hasSize(5);
            for (TableRef ref : List.of(needed, tagged, forked, current)) {
                assertThat(lake.engine().first("SELECT count(*) FROM " + lake.from(ref), row -> row.getLong(1)))
                        .contains(1L);
            }
        }
    }

    private static Garbage.Swept sweep(
            Garbage garbage, Lake lake, TableRef needed, Duration young, Holds holds, boolean dry) {
        return garbage.sweep(lake.tables(), List.of(needed), young, holds, dry).get(0);
    }
}
