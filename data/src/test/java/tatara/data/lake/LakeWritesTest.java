package tatara.data.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.ErrorCode;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;

class LakeWritesTest {
    @TempDir
    private Path home;

    private Lake lake;

    @BeforeEach
    void open() {
        lake = Lake.open(home, 300, 2);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void appended_rows_come_after_the_others_and_new_columns_are_missing_before() {
        lake.append("raw", "p.t", "SELECT range AS id FROM range(3)", Map.of("file", "a.csv"));
        TableRef two = lake.append("raw", "p.t", "SELECT 9 AS ID, 'x' AS \"odd \"\"name\", 5 AS _row", Map.of());
        TableRef three = lake.append("raw", "p.t", "SELECT 1.5 AS id", Map.of());
        assertThat(rows(two)).containsExactly("0|null|0", "1|null|1", "2|null|2", "9|x|3");
        assertThat(rows(three)).containsExactly("0.0|null|0", "1.0|null|1", "2.0|null|2", "9.0|x|3", "1.5|null|4");
        assertThat(lake.types(three))
                .containsExactly(
                        new TableColumn("id", TableColumn.Type.DOUBLE),
                        new TableColumn("odd \"name", TableColumn.Type.VARCHAR));
        List<Version> log = lake.history().log("raw", "p.t", "main");
        assertThat(log).extracting(Version::operation).containsExactly("append", "append", "append");
        assertThat(log).extracting(Version::rowsAdded).containsExactly(1L, 1L, 3L);
        assertThat(log.get(2).properties()).isEqualTo(Map.of("file", "a.csv"));
        assertThat(log.get(0).table()).isEqualTo(three);
    }

    @Test
    void random_changes_by_key_give_what_a_plain_map_gives() {
        Random random = new Random(7);
        Map<String, String> model = new LinkedHashMap<>();
        TableRef ref = null;
        for (int round = 0; round < 25; round++) {
            List<String> changes = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < random.nextInt(40); i++) {
                String first = random.nextInt(12) == 0 ? "NULL" : Integer.toString(random.nextInt(30));
                String second = random.nextInt(8) == 0 ? "NULL" : "'" + (char) ('a' + random.nextInt(3)) + "'";
                if (!seen.add(first + "," + second)) {
                    continue;
                }
                boolean deleted = random.nextInt(3) == 0;
                int value = random.nextInt(1000);
                changes.add("(" + first + ", " + second + ", " + value + ", " + deleted + ")");
                String key = (first + "|" + second).replace("'", "").replace("NULL", "null");
                if (deleted) {
                    model.remove(key);
                } else {
                    model.put(key, Integer.toString(value));
                }
            }
            String values = changes.isEmpty()
                    ? "(SELECT 1, 'a', 1, true WHERE false)"
                    : "(VALUES " + String.join(", ", changes) + ")";
            ref = lake.apply(
                    "raw",
                    "p.t",
                    new Upsert(
                            "SELECT CAST(a AS BIGINT) AS a, CAST(b AS VARCHAR) AS b, v, gone FROM " + values
                                    + " AS c(a, b, v, gone)",
                            List.of("a", "b"),
                            Optional.of("gone"),
                            Map.of("round", Integer.toString(round))));
            assertThat(ref.rows()).isEqualTo(model.size());
            assertThat(rows("a, b, v", ref))
                    .containsExactlyElementsOf(model.entrySet().stream()
                            .map(entry -> entry.getKey() + "|" + entry.getValue())
                            .toList());
        }
        assertThat(lake.history().log("raw", "p.t", "main").get(0).properties()).containsEntry("round", "24");
        assertThat(lake.columns(ref)).containsExactly("a", "b", "v");
    }

    @Test
    void only_files_with_a_changed_row_are_written_anew_and_rows_keep_their_identity() {
        lake.replace("raw", "p.t", "SELECT range AS id, range % 7 AS v FROM range(2500000)");
        TableRef before = lake.current("raw", "p.t").orElseThrow();
        Set<String> files = files(before);
        assertThat(files).hasSize(3);
        TableRef after = lake.apply(
                "raw",
                "p.t",
                new Upsert(
                        "SELECT 1100000 + range AS id, -1 AS v FROM range(1000)",
                        List.of("id"),
                        Optional.empty(),
                        Map.of()));
        Set<String> kept = new HashSet<>(files(after));
        kept.retainAll(files);
        assertThat(kept).hasSize(2);
        assertThat(after.rows()).isEqualTo(2_500_000);
        assertThat(rows("sum(v), count(*), count(*) FILTER (v = -1), bool_and(id = _row)", after))
                .containsExactly(rows(
                                "sum(CASE WHEN id BETWEEN 1100000 AND 1100999 THEN -1 ELSE v END), count(*), 1000, true",
                                before)
                        .get(0));
        assertThat(lake.from(after)).startsWith("read_parquet");
    }

    @Test
    void a_key_that_is_not_unique_is_refused_and_nothing_changes() {
        TableRef ref = lake.append("raw", "p.t", "SELECT 1 AS id, 1 AS v UNION ALL SELECT 1, 2", Map.of());
        refused(DataErrorCode.KEY_NOT_UNIQUE, "SELECT 1 AS id, 3 AS v", "the table has more than one row");
        refused(
                DataErrorCode.KEY_NOT_UNIQUE,
                "SELECT 2 AS id, 3 AS v UNION ALL SELECT 2, 4",
                "the changes have more than one row");
        refused(DataErrorCode.KEY_NOT_UNIQUE, "SELECT 2 AS other", "key column id is not in the changes");
        assertThat(lake.current("raw", "p.t")).contains(ref);
    }

    private void refused(ErrorCode code, String select, String message) {
        assertThatThrownBy(
                        () -> lake.apply("raw", "p.t", new Upsert(select, List.of("id"), Optional.empty(), Map.of())))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void columns_that_the_changes_lack_keep_their_values_and_widened_ones_are_rewritten() {
        lake.append("raw", "p.t", "SELECT range AS id, range * 10 AS v, 'k' || range AS name FROM range(3)", Map.of());
        TableRef ref = lake.apply(
                "raw",
                "p.t",
                new Upsert(
                        "SELECT 1 AS id, 'text' AS v, true AS extra UNION ALL SELECT 7, 'n', false",
                        List.of("ID"),
                        Optional.empty(),
                        Map.of()));
        assertThat(rows(ref))
                .containsExactly("0|0|k0|null|0", "1|text|k1|true|1", "2|20|k2|null|2", "7|n|null|false|3");
        assertThat(lake.columns(ref)).containsExactly("id", "v", "name", "extra");
    }

    @Test
    void a_restored_version_has_the_same_files_columns_and_rows() {
        TableRef first = lake.replace("raw", "p.t", "SELECT range AS id, 'a' AS gone FROM range(1000)");
        lake.replace("raw", "p.t", "SELECT 'other' AS id, 1.5 AS fresh");
        TableRef restored = lake.history().restore("raw", "p.t", Long.toString(first.snapshot()));
        assertThat(restored.snapshot()).isNotEqualTo(first.snapshot());
        assertThat(files(restored)).isEqualTo(files(first));
        assertThat(rows(restored)).isEqualTo(rows(first));
        assertThat(lake.types(restored)).isEqualTo(lake.types(first));
        TableRef after = lake.append("raw", "p.t", "SELECT 5 AS id, 'b' AS gone", Map.of());
        assertThat(after.rows()).isEqualTo(1001);
        assertThat(rows(after).get(1000)).isEqualTo("5|b|1000");
    }

    @Test
    void branches_do_not_touch_main_and_time_travel_finds_every_version() {
        TableRef first = lake.append("raw", "p.t", "SELECT 1 AS id", Map.of());
        History history = lake.history();
        history.tag("raw", "p.t", "v1", "main");
        history.branch("raw", "p.t", "try", "v1");
        TableRef tried =
                lake.append(lake.engine(), "raw", "p.t", "SELECT 2 AS id, 'x' AS more", Target.branch("try", Map.of()));
        assertThat(lake.current("raw", "p.t")).contains(first);
        TableRef second = lake.append("raw", "p.t", "SELECT 3 AS id", Map.of());
        assertThat(rows(tried)).containsExactly("1|null|0", "2|x|1");
        assertThat(rows(second)).containsExactly("1|0", "3|1");
        assertThat(history.at("raw", "p.t", "try")).contains(tried);
        assertThat(history.at("raw", "p.t", "v1")).contains(first);
        assertThat(history.at("raw", "p.t", Long.toString(second.snapshot()))).contains(second);
        assertThat(history.at("raw", "p.t", "2999-01-01")).contains(second);
        assertThat(history.at("raw", "p.t", "1999-01-01T00:00:00Z")).isEmpty();
        assertThat(history.at("raw", "p.t", "nonsense")).isEmpty();
        assertThat(history.base("raw", "p.t", "try", "main")).contains(first);
        assertThat(history.log("raw", "p.t", "try")).extracting(Version::table).containsExactly(tried, first);
        assertThat(history.log("raw", "p.t", "main")).extracting(Version::table).containsExactly(second, first);
        assertThat(history.refs("raw", "p.t")).extracting(Ref::name).containsExactly("main", "try", "v1");
        assertThatThrownBy(() -> history.tag("raw", "p.t", "2024-01-01", "main"))
                .hasMessageContaining("cannot name");
        assertThatThrownBy(() -> history.branch("raw", "p.t", "v1", "main")).hasMessageContaining("already");
        assertThatThrownBy(() -> history.dropBranch("raw", "p.t", "main")).hasMessageContaining("main");
        history.dropBranch("raw", "p.t", "try");
        assertThat(history.at("raw", "p.t", "try")).isEmpty();
        assertThat(rows(lake.current("raw", "p.t").orElseThrow())).containsExactly("1|0", "3|1");
    }

    @Test
    void expiry_keeps_what_is_named_and_restored_files_even_if_an_older_version_let_them_go() throws Exception {
        TableRef first = lake.replace("raw", "p.t", "SELECT 1 AS id");
        lake.history().tag("raw", "p.t", "keep", "main");
        TableRef second = lake.replace("raw", "p.t", "SELECT 2 AS id");
        TableRef third = lake.replace("raw", "p.t", "SELECT 3 AS id");
        TableRef fourth = lake.history().restore("raw", "p.t", Long.toString(second.snapshot()));
        History.Expirable plan = lake.history().expirable("raw", "p.t", Set.of());
        assertThat(plan.snapshots()).containsExactlyInAnyOrder(second.snapshot(), third.snapshot());
        assertThat(plan.bytes()).isPositive();
        assertThat(lake.history().expire("raw", "p.t", Set.of())).isEqualTo(plan.snapshots());
        assertThat(rows(first)).containsExactly("1|0");
        assertThat(rows(fourth)).containsExactly("2|0");
        try (Stream<Path> files = Files.list(home.resolve("lake/raw/p/t/data"))) {
            assertThat(files).hasSize(2);
        }
        assertThat(lake.history().log("raw", "p.t", "main"))
                .extracting(Version::table)
                .containsExactly(fourth, first);
        assertThat(lake.append("raw", "p.t", "SELECT 5 AS id", Map.of()).rows()).isEqualTo(2);
    }

    @Test
    void writers_of_two_lakes_on_one_home_lose_nothing() throws Exception {
        lake.append("raw", "p.t", "SELECT -1 AS id", Map.of());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Lake other = Lake.open(home, 200, 1)) {
            List<Future<TableRef>> writes = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Lake writer = i % 2 == 0 ? lake : other;
                String select = "SELECT " + i + " AS id";
                writes.add(threads.submit(() -> writer.append("raw", "p.t", select, Map.of())));
            }
            for (Future<TableRef> write : writes) {
                write.get();
            }
        } finally {
            threads.shutdown();
        }
        TableRef ref = lake.current("raw", "p.t").orElseThrow();
        assertThat(ref.rows()).isEqualTo(13);
        assertThat(rows("count(DISTINCT id), count(DISTINCT _row), max(_row)", ref))
                .containsExactly("13|13|12");
        assertThat(lake.history().log("raw", "p.t", "main")).hasSize(13);
        assertThat(lake.tables()).containsExactly(ref);
    }

    @Test
    void who_expected_another_version_is_told() {
        TableRef ref = lake.append("raw", "p.t", "SELECT 1 AS id", Map.of());
        lake.append("raw", "p.t", "SELECT 2 AS id", Map.of());
        assertThatThrownBy(() -> lake.append(
                        lake.engine(),
                        "raw",
                        "p.t",
                        "SELECT 3 AS id",
                        Target.main(Map.of()).expecting(ref.snapshot())))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(DataErrorCode.CONCURRENT_WRITE));
    }

    private Set<String> files(TableRef ref) {
        return new HashSet<>(lake.engine()
                .query(
                        "SELECT DISTINCT filename FROM "
                                + lake.from(ref).replace("hive_partitioning", "filename = true, hive_partitioning"),
                        row -> row.getString(1)));
    }

    private List<String> rows(TableRef ref) {
        return rows("*", ref);
    }

    private List<String> rows(String select, TableRef ref) {
        return lake.engine().query("SELECT " + select + " FROM " + lake.from(ref), row -> Stream.iterate(1, i -> i + 1)
                .limit(row.getMetaData().getColumnCount())
                .map(i -> {
                    try {
                        return String.valueOf(row.getObject(i));
                    } catch (java.sql.SQLException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .collect(Collectors.joining("|")));
    }
}
