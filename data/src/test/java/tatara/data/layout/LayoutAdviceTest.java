package tatara.data.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;
import tatara.data.lake.Layout;

class LayoutAdviceTest {
    private static final String SHUFFLED =
            "SELECT range AS id, TIMESTAMP '2024-01-01' + INTERVAL ((range * 7919) % 500000) MINUTE AS at,"
                    + " 'kind ' || (range * 31 % 7) AS kind, hash(range) % 100000 AS noise FROM range(500000)";

    @TempDir
    private Path home;

    private LayoutAdvice.Advice advise(Lake lake, TableRef table, long partitionBytes) {
        return new LayoutAdvice(lake, home.resolve("cache"), new LayoutAdvice.Settings(partitionBytes, 2))
                .advise(table);
    }

    private void asked(TableRef table, int times, double share, QueryPattern.Filter... filters) {
        for (int i = 0; i < times; i++) {
            new QueryLog(home, table).asked(new QueryPattern(List.of(filters), share));
        }
    }

    @Test
    void days_of_shuffled_times_are_best_found_in_a_table_sorted_by_time() {
        try (Lake lake = Lake.open(home, 400, 2)) {
            TableRef table = lake.replace("raw", "p.t", SHUFFLED);
            asked(table, 4, 0.003, new QueryPattern.Filter("at", false));
            LayoutAdvice.Advice advice = advise(lake, table, 128L << 20);
            assertThat(advice.best().orElseThrow().layout()).isEqualTo(new Layout(List.of(), List.of("at")));
            assertThat(advice.best().orElseThrow().bytesRead())
                    .isLessThan(0.5 * advice.current().bytesRead());
        }
    }

    @Test
    void one_of_few_values_divides_the_table_if_the_parts_are_large_enough() {
        try (Lake lake = Lake.open(home, 400, 2)) {
            TableRef table = lake.replace("raw", "p.t", SHUFFLED);
            asked(table, 5, 0.14, new QueryPattern.Filter("kind", true));
            assertThat(advise(lake, table, 1_000).tried())
                    .anySatisfy(one -> assertThat(one.layout().partitionBy()).containsExactly("kind"));
            assertThat(advise(lake, table, 128L << 20).tried())
                    .allSatisfy(one -> assertThat(one.layout().partitionBy()).isEmpty());
        }
    }

    @Test
    void nothing_is_advised_where_nothing_is_asked_or_nothing_is_there() throws Exception {
        try (Lake lake = Lake.open(home, 400, 2)) {
            TableRef table = lake.replace("raw", "p.t", "SELECT range AS id FROM range(1000)");
            assertThat(advise(lake, table, 1_000).best()).isEmpty();
            TableRef empty = lake.replace("raw", "p.empty", "SELECT 1 AS id WHERE false");
            asked(empty, 2, 0, new QueryPattern.Filter("id", true), new QueryPattern.Filter("gone", true));
            assertThat(advise(lake, empty, 1_000).best()).isEmpty();
            TableRef one = lake.replace("raw", "p.one", "SELECT 1 AS id");
            asked(one, 2, 1, new QueryPattern.Filter("id", true));
            assertThat(advise(lake, one, 1).best()).isEmpty();
        }
        try (var left = Files.list(home.resolve("cache"))) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("layout-")))
                    .isEmpty();
        }
    }

    @Test
    void hostile_names_and_values_of_all_types_are_tried_like_others() {
        List<String> names = List.of("a\"b", "c'); DROP TABLE x; --", "month(at)", "line\nbreak", "ü.ñ");
        try (Lake lake = Lake.open(home, 400, 2)) {
            TableRef table = lake.replace(
                    "raw",
                    "p.t",
                    "SELECT CASE WHEN range % 9 = 0 THEN NULL ELSE '2024-01-0' || range % 3 || ' it''s' END AS \"a\"\"b\","
                            + " CASE WHEN range % 2 = 0 THEN 'nan'::DOUBLE ELSE -range / 7.0 END AS \"c'); DROP TABLE x; --\","
                            + " range % 2 = 0 AS \"month(at)\", TIMESTAMP '1950-01-01 00:00:00.5' + INTERVAL (range) DAY AS \"line\nbreak\","
                            + " CAST(NULL AS VARCHAR) AS \"ü.ñ\" FROM range(3000)");
            for (String name : names) {
                asked(table, 1, 0.3, new QueryPattern.Filter(name, true));
                asked(table, 1, Double.NaN, new QueryPattern.Filter(name, false));
            }
            LayoutAdvice.Advice advice = advise(lake, table, 1);
            assertThat(advice.queries()).isEqualTo(10);
            assertThat(advice.tried()).isNotEmpty();
            for (LayoutAdvice.Candidate candidate : advice.tried()) {
                Rewriting.Rewritten done = new Rewriting(lake).apply(table, candidate.layout());
                assertThat(RowDigest.of(lake, done.version())).isEqualTo(RowDigest.of(lake, table));
            }
        }
    }

    @Test
    void a_value_that_looks_like_a_time_is_asked_for_as_it_is() {
        try (Lake lake = Lake.open(home, 400, 2)) {
            TableRef table =
                    lake.replace("raw", "p.t", "SELECT '2024-01-0' || range % 3 || ' x' AS name FROM range(3000)");
            List<List<tatara.data.lake.Range>> queries = new LayoutAdvice(
                            lake, home.resolve("cache"), LayoutAdvice.Settings.standard(2))
                    .queries(table, List.of(new QueryPattern(List.of(new QueryPattern.Filter("name", true)), 0.3)));
            assertThat(queries.get(0).get(0).low().orElseThrow()).isEqualTo("2024-01-01 x");
        }
    }

    @Test
    void rewriting_keeps_rows_tags_and_branches() {
        try (Lake lake = Lake.open(home, 400, 2)) {
            TableRef table = lake.append(
                    "raw", "p.t", "SELECT range AS id, range % 5 AS k FROM range(100)", Map.of("file", "a"));
            for (int i = 0; i < 4; i++) {
                table = lake.append("raw", "p.t", "SELECT " + (100 + i) + " AS id, NULL AS k", Map.of("file", "b" + i));
            }
            lake.history().tag("raw", "p.t", "kept", "main");
            lake.history().branch("raw", "p.t", "other", "main");
            Rewriting.Rewritten done = new Rewriting(lake).compact(table);
            assertThat(done.before().files()).isEqualTo(5);
            assertThat(done.after().files()).isEqualTo(1);
            assertThat(lake.history().version(done.version()).properties()).containsEntry("file", "b3");
            assertThat(RowDigest.of(lake, done.version())).isEqualTo(RowDigest.of(lake, table));
            assertThat(lake.history().at("raw", "p.t", "kept")).contains(table);
            assertThat(lake.history().at("raw", "p.t", "other")).contains(table);
            assertThat(new Rewriting(lake).compact(done.version()).version()).isEqualTo(done.version());
            Rewriting.Rewritten sorted = new Rewriting(lake).apply(done.version(), new Layout(List.of("k"), List.of()));
            assertThat(RowDigest.of(lake, sorted.version())).isEqualTo(RowDigest.of(lake, table));
            assertThat(sorted.after().files()).isEqualTo(6);
        }
    }

    @Test
    void the_digest_sees_a_changed_cell_a_doubled_row_and_a_moved_value() {
        try (Lake lake = Lake.open(home, 400, 2)) {
            RowDigest digest =
                    RowDigest.of(lake, lake.replace("raw", "p.a", "SELECT range AS id, 'x' AS v FROM range(10)"));
            for (String other : List.of(
                    "SELECT range AS id, CASE WHEN range = 3 THEN 'y' ELSE 'x' END AS v FROM range(10)",
                    "SELECT range AS id, CASE WHEN range = 3 THEN NULL ELSE 'x' END AS v FROM range(10)",
                    "SELECT least(range, 8) AS id, 'x' AS v FROM range(10)",
                    "SELECT range AS id, 'x' AS v FROM range(9)",
                    "SELECT 9 - range AS id, 'x' AS v FROM range(10)")) {
                assertThat(RowDigest.of(lake, lake.replace("raw", "p.b", other)))
                        .isNotEqualTo(digest);
            }
        }
    }
}
