package tatara.data.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;
import tatara.core.spec.DataArgument;
import tatara.data.lake.Engine;
import tatara.data.lake.Freed;
import tatara.data.lake.Lake;
import tatara.data.source.Sources;

/** Rows that loads have set aside, and files that loads leave. */
final class LoadReplayTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final LoadRequest ORDERS = LoadRequest.of("shop.orders");

    @TempDir
    Path home;

    @TempDir
    Path folder;

    private Lake lake = Lake.open(Path.of("unused"), 256, 1);

    @BeforeEach
    void open() {
        lake = Lake.open(home, 512, 2);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private Loading loading() {
        return new Loading(lake, home.resolve("cache"), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private LoadResult load(LoadRequest request, String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, String.join("\n", lines) + "\n");
        return loading()
                .load(
                        request,
                        new Sources(home.resolve("cache"))
                                .discover(List.of(new DataArgument("orders", file.toString())))
                                .get(0));
    }

    private LoadReplay.Outcome replay(boolean late) {
        return new LoadReplay(loading()).replay(ORDERS, late);
    }

    private List<String> rows() {
        TableRef ref = lake.current("raw", "shop.orders").orElseThrow();
        String cells = lake.columns(ref).stream()
                .map(column -> "coalesce(CAST(" + Engine.quote(column) + " AS VARCHAR), '-')")
                .collect(Collectors.joining(", "));
        return lake.engine()
                .query(
                        "SELECT concat_ws('|', " + cells + ") AS line FROM " + lake.from(ref) + " ORDER BY line",
                        row -> row.getString(1));
    }

    private List<Path> below(String directory) throws IOException {
        Path root = home.resolve("lake").resolve(directory);
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void correctedRowsAreTakenOnceAndTheOthersStay() throws IOException {
        load(ORDERS.by("id"), "1.jsonl", "{\"id\":1,\"n\":10}", "{\"id\":null,\"n\":20}", "{\"id\":null,\"n\":30}");
        assertThat(rows()).containsExactly("1|10");
        Path aside = below("quarantine").get(0);
        String text = Files.readString(aside);
        LoadReplay.Outcome same = replay(false);
        assertThat(List.of(same.before(), same.after())).containsExactly(2L, 2L);
        assertThat(rows()).containsExactly("1|10");
        Path again = below("quarantine").get(0);
        assertThat(Files.readString(again))
                .contains("1.jsonl")
                .contains("\"line\":2")
                .contains("\"line\":3");

        Files.delete(again);
        Files.writeString(aside, text.replaceFirst("\"id\":null", "\"id\":2"));
        LoadReplay.Outcome corrected = replay(false);
        assertThat(List.of(corrected.before(), corrected.after())).containsExactly(2L, 1L);
        assertThat(rows()).containsExactly("1|10", "2|20");
        assertThat(lake.types(lake.current("raw", "shop.orders").orElseThrow()))
                .as("types stay")
                .allSatisfy(column -> assertThat(column.type()).hasToString("BIGINT"));

        Path left = below("quarantine").get(0);
        Files.writeString(left, Files.readString(left).replaceFirst("\"id\":null", "\"id\":\"x\""));
        LoadReplay.Outcome wrong = replay(false);
        assertThat(wrong.after()).isEqualTo(1);
        assertThat(Files.readString(below("quarantine").get(0)))
                .contains("id cannot be read as BIGINT")
                .contains("\"x\"");
    }

    @Test
    void aReplayThatDiedAfterItsCommitTakesNothingTwice() throws IOException {
        LoadRequest request = ORDERS.in(Mode.APPEND);
        load(request, "1.csv", "a,b", "x,1", "y,2,3");
        Path aside = below("quarantine").get(0);
        String corrected = Files.readString(aside).replace("\"text\"", "\"cells\":{\"a\":\"y\",\"b\":\"2\"},\"text\"");
        Files.writeString(aside, corrected);
        assertThat(replay(false).result().inserted()).isEqualTo(1);
        assertThat(rows()).containsExactly("x|1", "y|2");
        assertThat(below("quarantine")).isEmpty();
        Files.writeString(aside, corrected);
        assertThat(replay(false).after()).isZero();
        assertThat(rows()).containsExactly("x|1", "y|2");
        assertThat(below("quarantine")).isEmpty();
        assertThat(load(ORDERS, "2.csv", "a,b", "z,3").notes()).noneMatch(note -> note.contains("replay"));
    }

    @Test
    void lateRowsAreTakenIfAskedFor() throws IOException {
        LoadRequest request = ORDERS.after("at").lateBy("1d");
        load(request, "1.csv", "at,v", "2026-02-10,a", "2026-02-09,b");
        assertThat(load(ORDERS, "2.csv", "at,v", "2026-01-01,late").late()).isEqualTo(1);
        assertThat(replay(false).after()).isEqualTo(1);
        assertThat(replay(true).after()).isZero();
        assertThat(rows()).containsExactly("2026-01-01|late", "2026-02-09|b", "2026-02-10|a");
        assertThat(load(ORDERS, "3.csv", "at,v", "2026-01-02,late").late())
                .as("the lateness holds on")
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeTriedIsSaid() throws IOException {
        load(ORDERS.in(Mode.REPLACE), "1.csv", "a,b", "x,1", "y,2,3");
        assertThatThrownBy(() -> replay(false)).hasMessageContaining("replaces the whole table");
        load(ORDERS.in(Mode.APPEND), "2.csv", "a,b", "z,1", "y,2,3");
        Path aside = below("quarantine").get(0);
        Files.writeString(aside, "{\"file\":\"2.csv\",\"line\":3,\"cells\":{\"A; DROP\":\"1\"}}\n");
        assertThatThrownBy(() -> replay(false)).hasMessageContaining("A; DROP").hasMessageContaining("a, b");
        Files.writeString(aside, "nothing\n");
        assertThatThrownBy(() -> replay(false)).hasMessageContaining(":1");
        assertThat(rows()).hasSize(2);
    }

    @Test
    void statesOfVersionsThatGoAreDeletedAndNoOthers() throws IOException {
        load(
                ORDERS.by("id").after("at").deletedBy("gone"),
                "1.csv",
                "id,at,gone",
                "1,2026-01-01,no",
                "2,2026-01-01,no");
        long first = lake.current("raw", "shop.orders").orElseThrow().snapshot();
        load(ORDERS, "2.csv", "id,at,gone", "1,2026-01-02,yes");
        load(ORDERS, "3.csv", "id,at,gone", "3,2026-01-03,no");
        lake.history().compact("raw", "shop.orders");
        Path orphan = home.resolve("lake/loads/gone.0123456789ab/x.json");
        Files.createDirectories(orphan.getParent());
        Files.writeString(orphan, "{}");
        LoadFiles files = new LoadFiles(lake);
        List<TableRef> tables = lake.tables();
        int before = below("loads").size();
        Instant tomorrow = Instant.now().plus(Duration.ofDays(2));
        assertThat(files.sweep(tables, version -> true, Instant.now(), false).files())
                .as("a load may be under way")
                .isZero();
        Freed freed = files.sweep(tables, version -> version.snapshot() == first, tomorrow, true);
        assertThat(freed.files())
                .as("the first state, the deleted keys that it had not, and the state of a table that is no more")
                .isEqualTo(3);
        assertThat(below("loads")).hasSize(before);
        lake.history().expire("raw", "shop.orders", java.util.Set.of());
        assertThat(files.sweep(tables, version -> false, tomorrow, false).files())
                .isPositive();
        assertThat(orphan).doesNotExist();
        assertThat(below("loads")).hasSize(2);
        LoadResult next = load(ORDERS, "4.csv", "id,at,gone", "1,2026-01-01,no", "4,2026-01-04,no");
        assertThat(List.of(next.inserted(), next.outdated()))
                .as("the compacted version knows key, watermark and deletions")
                .containsExactly(1L, 1L);
        assertThat(load(ORDERS, "3.csv", "id,at,gone", "3,2026-01-03,no").changed())
                .isFalse();
    }
}
