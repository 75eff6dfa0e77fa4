package tatara.data.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;

class LakeTest {
    private static final Schema MIXED =
            new Schema(List.of(new Field("n", Kind.NUMBER), new Field("t", Kind.TEXT), new Field("when", Kind.TIME)));

    @TempDir
    private Path home;

    @Test
    void a_query_becomes_a_table_that_reads_back_in_order() {
        try (Lake lake = Lake.open(home, 200, 2)) {
            TableRef ref = lake.replace(
                    "raw", "p.numbers", "SELECT range * 0.5 AS half, 'x' || range AS name FROM range(200000)");
            assertThat(ref.rows()).isEqualTo(200_000);
            assertThat(lake.columns(ref)).containsExactly("half", "name");
            double[] next = {0};
            lake.frames(ref, List.of("_row", "half", "name")).forEach(frame -> {
                for (int row = 0; row < frame.rows(); row++) {
                    assertThat(((NumberColumn) frame.column(0)).values()[row]).isEqualTo(next[0]);
                    assertThat(((NumberColumn) frame.column(1)).values()[row]).isEqualTo(next[0] * 0.5);
                    assertThat(((TextColumn) frame.column(2)).value(row)).isEqualTo("x" + (long) next[0]);
                    next[0]++;
                }
            });
            assertThat(next[0]).isEqualTo(200_000);
        }
    }

    @Test
    void frames_of_all_kinds_survive_the_way_through_the_lake() {
        try (Lake lake = Lake.open(home, 200, 2)) {
            Frame frame = new Frame(
                    MIXED,
                    List.of(
                            new NumberColumn(new double[] {1.5, Double.NaN, -0.0}),
                            TextColumn.of(3, row -> row == 1 ? null : row == 0 ? "" : "日本\u0000\n\"'"),
                            new TimeColumn(new long[] {0, TimeColumn.MISSING, -1})),
                    3);
            TableRef ref = lake.replace("features", "p.mixed", MIXED, sink -> {
                sink.accept(frame);
                sink.accept(frame);
            });
            List<Frame> read = frames(lake.frames(ref));
            assertThat(ref.rows()).isEqualTo(6);
            assertThat(((NumberColumn) read.get(0).column("n")).values())
                    .containsExactly(1.5, Double.NaN, -0.0, 1.5, Double.NaN, -0.0);
            TextColumn texts = (TextColumn) read.get(0).column("t");
            assertThat(texts.value(0)).isEmpty();
            assertThat(texts.value(1)).isNull();
            assertThat(texts.value(5)).isEqualTo("日本\u0000\n\"'");
            assertThat(((TimeColumn) read.get(0).column("when")).micros())
                    .containsExactly(0, TimeColumn.MISSING, -1, 0, TimeColumn.MISSING, -1);
        }
    }

    @Test
    void replacing_changes_content_and_columns_and_keeps_the_old_snapshot() {
        TableRef first;
        TableRef second;
        TableRef third;
        try (Lake lake = Lake.open(home, 200, 2)) {
            first = lake.replace("raw", "p.t", "SELECT 1 AS a, 'x' AS b", "key-1");
            second = lake.replace("raw", "p.t", "SELECT 2 AS a, 'y' AS b", "key-2");
            third = lake.replace("raw", "p.t", "SELECT DATE '2020-01-01' AS c, true AS a", "key-3");
        }
        try (Lake lake = Lake.open(home, 200, 2)) {
            assertThat(lake.current("raw", "p.t")).contains(third);
            assertThat(lake.find("raw", "p.t", "key-2")).contains(second);
            assertThat(lake.find("raw", "p.t", "key-9")).isEmpty();
            assertThat(lake.types(third))
                    .containsExactly(
                            new TableColumn("c", TableColumn.Type.TIMESTAMP),
                            new TableColumn("a", TableColumn.Type.BOOLEAN));
            assertThat(value(lake, first, "a")).isEqualTo("1");
            assertThat(value(lake, second, "b")).isEqualTo("y");
            assertThat(value(lake, third, "a")).isEqualTo("true");
        }
    }

    @Test
    void names_may_hold_anything() throws IOException {
        List<String> hostile =
                List.of("../../x", "a\"b'; DROP TABLE t; --", "<script>", "line\nbreak", "a.b", "ü", "", "A", "a");
        try (Lake lake = Lake.open(home, 200, 2)) {
            List<TableRef> refs = new ArrayList<>();
            for (String name : hostile) {
                refs.add(lake.replace(
                        "raw",
                        "p." + name,
                        "SELECT " + Engine.literal(name) + " AS " + Engine.quote(name.isEmpty() ? "x" : name)));
            }
            for (int i = 0; i < hostile.size(); i++) {
                String name = hostile.get(i);
                assertThat(value(lake, refs.get(i), name.isEmpty() ? "x" : name))
                        .isEqualTo(name);
            }
        }
        try (Stream<Path> outside = Files.list(home.getParent())) {
            assertThat(outside.filter(path -> path.getFileName().toString().equals("x")))
                    .isEmpty();
        }
    }

    @Test
    void a_producer_that_fails_leaves_the_old_snapshot_and_its_file_is_removed_later() throws IOException {
        try (Lake lake = Lake.open(home, 200, 2)) {
            TableRef before = lake.replace("raw", "p.t", "SELECT 1 AS n");
            Schema schema = new Schema(List.of(new Field("n", Kind.NUMBER)));
            Frame frame = new Frame(schema, List.of(new NumberColumn(new double[] {7})), 1);
            assertThatThrownBy(() -> lake.replace("raw", "p.t", schema, sink -> {
                        sink.accept(frame);
                        throw new IllegalStateException("broken producer");
                    }))
                    .hasMessage("broken producer");
            assertThat(lake.current("raw", "p.t")).contains(before);
            Files.writeString(home.resolve("lake/raw/p/t/data/00000099.parquet"), "left by a crash");
            TableRef after = lake.replace("raw", "p.t", "SELECT 2 AS n");
            assertThat(value(lake, after, "n")).isEqualTo("2");
            try (Stream<Path> files = Files.list(home.resolve("lake/raw/p/t/data"))) {
                assertThat(files).hasSize(2);
            }
        }
    }

    @Test
    void the_engine_reads_nothing_outside_the_home() throws IOException {
        Path secret = Files.writeString(home.resolveSibling("secret.csv"), "a\n1\n");
        try (Lake lake = Lake.open(home.resolve("inner"), 200, 2)) {
            assertThatThrownBy(() ->
                            lake.engine().execute("SELECT * FROM read_csv(" + Engine.literal(secret.toString()) + ")"))
                    .isInstanceOf(TataraException.class)
                    .hasMessageContaining("Permission");
            assertThatThrownBy(() -> lake.engine().execute("SET memory_limit = '10GB'"))
                    .isInstanceOf(TataraException.class);
        }
    }

    @Test
    void what_was_remembered_of_a_snapshot_may_be_lost() throws IOException {
        TableRef ref;
        try (Lake lake = Lake.open(home, 200, 2)) {
            ref = lake.replace("raw", "p.t", "SELECT 5 AS n, TIMESTAMP '2020-01-02 03:04:05' AS w");
        }
        Files.delete(home.resolve("lake/raw/p/t/snapshots/" + ref.snapshot() + ".json"));
        try (Lake lake = Lake.open(home, 200, 2)) {
            assertThat(value(lake, ref, "n")).isEqualTo("5");
            assertThatThrownBy(() -> lake.from(new TableRef("raw", "p.t", 42, 1)))
                    .isInstanceOf(TataraException.class)
                    .hasMessageContaining("42");
        }
    }

    private static String value(Lake lake, TableRef ref, String column) {
        return lake.engine()
                .first(
                        "SELECT CAST(" + Engine.quote(column) + " AS VARCHAR) FROM " + lake.from(ref),
                        row -> row.getString(1))
                .orElseThrow();
    }

    private static List<Frame> frames(FrameSource source) {
        List<Frame> frames = new ArrayList<>();
        source.forEach(frames::add);
        return frames;
    }
}
