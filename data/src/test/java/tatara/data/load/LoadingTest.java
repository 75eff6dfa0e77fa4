package tatara.data.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;
import tatara.core.spec.DataArgument;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.Version;
import tatara.data.source.SourceTable;
import tatara.data.source.Sources;

/** Loads of files, one after the other. */
final class LoadingTest {
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

    private LoadResult load(LoadRequest request, String place) {
        return load(request, place, NOW);
    }

    private LoadResult load(LoadRequest request, String place, Instant now) {
        Path cache = home.resolve("cache");
        SourceTable source = new Sources(cache)
                .discover(
                        List.of(new DataArgument("orders", folder.resolve(place).toString())))
                .get(0);
        return new Loading(lake, cache, Clock.fixed(now, ZoneOffset.UTC)).load(request, source);
    }

    private void write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private List<String> rows() {
        return rows(lake.current("raw", "shop.orders").orElseThrow());
    }

    private List<String> rows(TableRef ref) {
        String cells = lake.columns(ref).stream()
                .map(column -> "coalesce(CAST(" + Engine.quote(column) + " AS VARCHAR), '-')")
                .collect(Collectors.joining(", "));
        return lake.engine()
                .query(
                        "SELECT concat_ws('|', " + cells + ") AS line FROM " + lake.from(ref) + " ORDER BY line",
                        row -> row.getString(1));
    }

    private List<Version> log() {
        return lake.history().log("raw", "shop.orders", "main");
    }

    @Test
    void newFilesAreAppendedAndKnownOnesLeftAlone() throws IOException {
        write("in/a.csv", "what,price", "x,1.5", "x,1.5");
        write("in/b.csv", "what,price", "y,2.5");
        LoadResult first = load(ORDERS, "in");
        assertThat(first.mode()).isEqualTo(Mode.APPEND);
        assertThat(first.inserted()).isEqualTo(3);
        assertThat(load(ORDERS, "in").changed()).isFalse();
        write("in/c.csv", "what,price", "z,3.5");
        Files.copy(folder.resolve("in/a.csv"), folder.resolve("in/d.csv"));
        LoadResult second = load(ORDERS, "in");
        assertThat(second.inserted()).isEqualTo(1);
        assertThat(second.filesKnown()).isEqualTo(3);
        assertThat(second.notes())
                .anySatisfy(note -> assertThat(note).contains("d.csv").contains("a.csv"));
        Files.delete(folder.resolve("in/b.csv"));
        LoadResult third = load(ORDERS, "in");
        assertThat(third.changed()).isFalse();
        assertThat(third.notes())
                .anySatisfy(note -> assertThat(note).contains("b.csv").contains("no longer"));
        assertThat(rows()).containsExactly("x|1.5", "x|1.5", "y|2.5", "z|3.5");
        assertThat(log()).hasSize(2);
    }

    @Test
    void aFileThatGrowsAddsItsEndAndOneThatChangesIsRefused() throws IOException {
        write("log.csv", "what,price", "x,1.5", "y,2.5");
        load(ORDERS, "log.csv");
        write("log.csv", "what,price", "x,1.5", "y,2.5", "x,1.5");
        assertThat(load(ORDERS, "log.csv").inserted()).isEqualTo(1);
        assertThat(rows()).containsExactly("x|1.5", "x|1.5", "y|2.5");
        write("log.csv", "what,price", "x,1.5", "y,9.5", "x,1.5", "z,3.5");
        assertThatThrownBy(() -> load(ORDERS, "log.csv"))
                .hasMessageContaining("log.csv")
                .hasMessageContaining("--mode replace")
                .extracting("code")
                .isEqualTo(LoadErrorCode.FILE_CHANGED);
        LoadResult replaced = load(ORDERS.in(Mode.REPLACE), "log.csv");
        assertThat(replaced.inserted()).isEqualTo(2);
        assertThat(replaced.deleted()).isEqualTo(1);
        assertThat(rows()).containsExactly("x|1.5", "x|1.5", "y|9.5", "z|3.5");
        assertThat(load(ORDERS, "log.csv").changed()).isFalse();
        write("log.csv", "what,price", "y,9.5", "x,1.5", "x,1.5", "z,3.5");
        assertThat(load(ORDERS, "log.csv").changed()).isFalse();
    }

    @Test
    void rowsAreReplacedByKeyIfTheirTimeOfChangeIsLater() throws IOException {
        write("1.csv", "order_id,state,updated_at", "1,new,2026-01-01 10:00:00", "2,new,2026-01-01 11:00:00");
        LoadResult first = load(ORDERS, "1.csv");
        assertThat(first.mode()).isEqualTo(Mode.UPSERT);
        assertThat(first.why()).anySatisfy(why -> assertThat(why).contains("order_id"));
        assertThat(first.why()).anySatisfy(why -> assertThat(why).contains("updated_at"));
        assertThat(first.watermark()).isEqualTo("2026-01-01T11:00:00Z");
        write(
                "2.csv",
                "order_id,state,updated_at",
                "2,sent,2026-01-03 10:00:00",
                "3,new,2026-01-02 10:00:00",
                "1,older,2025-12-01 10:00:00");
        LoadResult second = load(ORDERS, "2.csv");
        assertThat(List.of(second.inserted(), second.updated(), second.outdated()))
                .containsExactly(1L, 1L, 1L);
        assertThat(rows())
                .containsExactly(
                        "1|new|2026-01-01 10:00:00", "2|sent|2026-01-03 10:00:00", "3|new|2026-01-02 10:00:00");
        write("3.csv", "order_id,state,updated_at", "2,old again,2026-01-02 10:00:00");
        LoadResult third = load(ORDERS, "3.csv");
        assertThat(third.changed()).isFalse();
        assertThat(third.outdated()).isEqualTo(1);
        assertThat(log()).hasSize(2);
        assertThat(log().get(0).properties()).containsEntry("load.watermark", "2026-01-03T10:00:00Z");
    }

    @Test
    void lateRowsAreTakenWithinTheLatenessAndSetAsideBeyond() throws IOException {
        LoadRequest request = ORDERS.after("at").lateBy("1d");
        write("1.csv", "at,v", "2026-02-10T00:00:00Z,a", "2026-02-09T00:00:00Z,b");
        load(request, "1.csv");
        write("2.csv", "at,v", "2026-02-09T12:00:00Z,c", "2026-02-08T00:00:00Z,d", "2026-02-09T00:00:00Z,b", "soon,e");
        LoadResult result = load(ORDERS, "2.csv");
        assertThat(List.of(result.inserted(), result.known(), result.late(), result.refused()))
                .containsExactly(1L, 1L, 1L, 1L);
        assertThat(Files.readAllLines(Path.of(result.setAside())))
                .hasSize(2)
                .anySatisfy(line ->
                        assertThat(line).contains("lateness").contains("\"d\"").contains("2.csv"))
                .anySatisfy(line -> assertThat(line).contains("soon").contains("\"line\":4"));
        assertThat(rows())
                .containsExactly("2026-02-09T00:00:00Z|b", "2026-02-09T12:00:00Z|c", "2026-02-10T00:00:00Z|a");
    }

    @Test
    void aRowOfTheFutureWaitsAndDoesNotMoveTheWatermark() throws IOException {
        LoadRequest request = ORDERS.after("at").lateBy("1d");
        write("1.csv", "at,v", "2026-02-28T00:00:00Z,a", "2026-05-01T00:00:00Z,b");
        LoadResult first = load(request, "1.csv");
        assertThat(first.ahead()).isEqualTo(1);
        assertThat(first.watermark()).isEqualTo("2026-02-28T00:00:00Z");
        write("2.csv", "at,v", "2026-02-27T12:00:00Z,c");
        assertThat(load(ORDERS, "2.csv").inserted()).isEqualTo(1);
        assertThat(load(ORDERS, "1.csv").changed()).isFalse();
        LoadResult later = load(ORDERS, "1.csv", Instant.parse("2026-05-02T00:00:00Z"));
        assertThat(later.inserted()).isEqualTo(1);
        assertThat(later.watermark()).isEqualTo("2026-05-01T00:00:00Z");
        write("3.csv", "at,v", "2026-05-01T00:30:00Z,d");
        assertThat(load(ORDERS, "3.csv", Instant.parse("2001-01-01T00:00:00Z")).inserted())
                .as("a clock that was put back")
                .isEqualTo(1);
        assertThat(load(ORDERS, "1.csv").changed()).isFalse();
    }

    @Test
    void aClockBeforeMostOfTheRowsIsDoubted() throws IOException {
        List<String> lines = new ArrayList<>(List.of("at,v"));
        for (int i = 10; i < 30; i++) {
            lines.add("2026-02-" + i + ",x" + i);
        }
        write("1.csv", lines.toArray(String[]::new));
        assertThatThrownBy(() -> load(ORDERS.after("at"), "1.csv", Instant.parse("1970-01-01T00:00:10Z")))
                .hasMessageContaining("1970-01-01")
                .extracting("code")
                .isEqualTo(LoadErrorCode.CLOCK_DOUBTFUL);
        assertThat(lake.current("raw", "shop.orders")).isEmpty();
    }

    @Test
    void deletesComeByFlagAndAreNotUndoneByWhatCameBefore() throws IOException {
        LoadRequest request = ORDERS.by("id").after("at").deletedBy("gone");
        write("1.csv", "id,v,at,gone", "1,a,2026-01-01,no", "2,b,2026-01-01,no");
        write("2.csv", "id,v,at,gone", "1,,2026-01-05,yes", "9,,2026-01-05,yes");
        write("3.csv", "id,v,at,gone", "1,old,2026-01-03,no", "9,never,2026-01-04,no", "2,b2,2026-01-06,no");
        write("4.csv", "id,v,at,gone", "1,back,2026-01-08,no");
        load(request, "1.csv");
        assertThat(load(ORDERS, "2.csv").deleted()).isEqualTo(1);
        LoadResult third = load(ORDERS, "3.csv");
        assertThat(List.of(third.inserted(), third.updated(), third.outdated())).containsExactly(0L, 1L, 2L);
        assertThat(rows()).containsExactly("2|b2|2026-01-06|no");
        assertThat(load(ORDERS, "4.csv").inserted()).isEqualTo(1);
        assertThat(rows()).containsExactly("1|back|2026-01-08|no", "2|b2|2026-01-06|no");
    }

    @Test
    void keysThatAFullExtractLacksGo() throws IOException {
        LoadRequest request = ORDERS.by("id").deletingAbsent();
        write("1.csv", "id,v", "1,a", "2,b", "3,c");
        load(request, "1.csv");
        write("2.csv", "id,v", "3,c", "2,B");
        LoadResult second = load(ORDERS, "2.csv");
        assertThat(List.of(second.inserted(), second.updated(), second.deleted(), second.known()))
                .containsExactly(0L, 1L, 1L, 1L);
        assertThat(rows()).containsExactly("2|B", "3|c");
        write("3.csv", "id,v", "3,c", "4,d,too many");
        LoadResult third = load(ORDERS, "3.csv");
        assertThat(third.deleted()).isZero();
        assertThat(third.notes()).anySatisfy(note -> assertThat(note).contains("nothing was deleted"));
        write("4.csv", "id,v");
        assertThatThrownBy(() -> load(ORDERS, "4.csv")).hasMessageContaining("no rows");
        assertThat(rows()).containsExactly("2|B", "3|c");
    }

    @Test
    void columnsMayComeGoAndWiden() throws IOException {
        write("1.jsonl", "{\"id\":1,\"v\":1}", "{\"id\":2,\"v\":2}");
        load(ORDERS.by("id"), "1.jsonl");
        write("2.jsonl", "{\"id\":2,\"v\":2.5,\"w\":\"new\"}", "{\"id\":9007199254740993,\"v\":3}");
        load(ORDERS, "2.jsonl");
        write("3.jsonl", "{\"id\":1,\"w\":\"late\"}");
        load(ORDERS, "3.jsonl");
        write("4.jsonl", "{\"id\":1,\"v\":\"text\"}");
        load(ORDERS, "4.jsonl");
        assertThat(rows()).containsExactly("1|text|late", "2|2.5|new", "9007199254740993|3.0|-");
    }

    @Test
    void hostileNamesAndCellsAreDataOnly() throws IOException {
        String key = "\"id\"\"; DROP TABLE x; --\"";
        write("1.csv", key + ",f,seq,filename,mark,_row,\"two\nlines\",Ünï", "1,'; --,1,a,b,7,c,d", ",e,2,f,g,8,h,i");
        LoadResult first = load(ORDERS.by("id\"; DROP TABLE x; --"), "1.csv");
        assertThat(List.of(first.inserted(), first.refused())).containsExactly(1L, 1L);
        write("2.csv", key + ",f,seq,filename,mark,_row,\"two\nlines\",Ünï", "1,other,1,a,b,7,c,d");
        assertThat(load(ORDERS, "2.csv").updated()).isEqualTo(1);
        assertThat(rows()).containsExactly("1|other|1|a|b|7|c|d");
    }

    @Test
    void aTableOfOtherWritersIsTakenOverByKeyOnly() throws IOException {
        lake.replace("raw", "shop.orders", "SELECT '1' AS id, 'a' AS v UNION ALL SELECT '2', 'b'");
        write("1.csv", "id,v", "2,B", "3,c");
        assertThatThrownBy(() -> load(ORDERS.in(Mode.APPEND), "1.csv"))
                .extracting("code")
                .isEqualTo(LoadErrorCode.TABLE_FOREIGN);
        LoadResult result = load(ORDERS.by("id"), "1.csv");
        assertThat(List.of(result.inserted(), result.updated())).containsExactly(1L, 1L);
        assertThat(rows()).containsExactly("1|a", "2|B", "3|c");
        lake.history()
                .restore(
                        "raw", "shop.orders", Long.toString(log().get(1).table().snapshot()));
        assertThat(load(ORDERS.by("id"), "1.csv").changed())
                .as("what was undone is loaded again")
                .isTrue();
    }

    @Test
    void aBranchIsLoadedByItself() throws IOException {
        write("1.csv", "id,v", "1,a");
        load(ORDERS.by("id"), "1.csv");
        lake.history().branch("raw", "shop.orders", "trial", "main");
        write("2.csv", "id,v", "2,b");
        LoadResult result = load(ORDERS.by("id").onto("trial"), "2.csv");
        assertThat(rows(result.table().orElseThrow())).containsExactly("1|a", "2|b");
        assertThat(rows()).containsExactly("1|a");
        assertThat(load(ORDERS.onto("trial"), "2.csv").changed()).isFalse();
        assertThat(load(ORDERS, "2.csv").inserted()).isEqualTo(1);
    }

    @Test
    void settingsThatCannotBeAreSaid() throws IOException {
        write("1.csv", "id,at,both", "1,2026-01-01,01/02/2026", "2,x,03/04/2026");
        assertThatThrownBy(() -> load(ORDERS.by("nokey"), "1.csv"))
                .hasMessageContaining("nokey")
                .hasMessageContaining("both");
        assertThatThrownBy(() -> load(ORDERS.after("both"), "1.csv"))
                .hasMessageContaining("%d/%m/%Y")
                .hasMessageContaining("%m/%d/%Y");
        assertThatThrownBy(() -> load(ORDERS.after("at"), "1.csv"))
                .extracting("code")
                .isEqualTo(LoadErrorCode.WATERMARK_UNREADABLE);
        assertThatThrownBy(() -> load(ORDERS.lateBy("1d"), "1.csv"))
                .extracting("code")
                .isEqualTo(LoadErrorCode.SETTINGS_WRONG);
        assertThatThrownBy(() -> load(ORDERS.in(Mode.APPEND).by("id"), "1.csv"))
                .extracting("code")
                .isEqualTo(LoadErrorCode.SETTINGS_WRONG);
        assertThatThrownBy(() -> load(ORDERS.after("id").lateBy("1d"), "1.csv")).hasMessageContaining("a number");
    }
}
