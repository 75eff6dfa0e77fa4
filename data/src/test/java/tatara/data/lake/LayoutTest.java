package tatara.data.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;

class LayoutTest {
    private static final String ROWS =
            "SELECT range AS id, CASE WHEN range % 10 = 0 THEN NULL ELSE 'it''s ' || range % 3 END"
                    + " AS shop, TIMESTAMP '2024-01-15' + INTERVAL (range) HOUR AS at, (range * 7919) % 1000 AS amount FROM range(3000)";

    @TempDir
    private Path home;

    @Test
    void a_partitioned_table_keeps_its_rows_and_reads_only_what_is_asked_for() {
        try (Lake lake = Lake.open(home, 300, 2)) {
            TableRef plain = lake.replace("raw", "p.t", ROWS);
            History history = lake.history();
            TableRef laid = history.compact(
                    "raw", "p.t", Optional.of(new Layout(List.of("shop", "month(at)"), List.of("amount"))));
            assertThat(history.layout("raw", "p.t").partitionBy()).containsExactly("shop", "month(at)");
            assertThat(rows(lake, lake.from(laid))).isEqualTo(rows(lake, lake.from(plain)));
            List<Range> april =
                    List.of(Range.of("at", "2024-04-01", "2024-04-30T23:59:59"), Range.equalTo("shop", "it's 1"));
            History.Pruned pruned = history.pruned(laid, april);
            assertThat(pruned.files()).isEqualTo(20);
            assertThat(pruned.read()).isEqualTo(1);
            assertThat(rows(lake, history.from(laid, april)))
                    .isEqualTo(
                            rows(
                                    lake,
                                    "(SELECT * FROM " + lake.from(plain)
                                            + " WHERE \"at\" BETWEEN '2024-04-01' AND '2024-04-30 23:59:59' AND shop = 'it''s 1')"))
                    .isNotEmpty();
            TableRef changed = lake.apply(
                    "raw",
                    "p.t",
                    new Upsert(
                            "SELECT 5 AS id, 'new shop' AS shop UNION ALL SELECT 9999, NULL",
                            List.of("id"),
                            Optional.empty(),
                            Map.of()));
            assertThat(rows(lake, "(SELECT * FROM " + lake.from(changed) + " WHERE id IN (5, 9999))"))
                    .hasSize(2);
            assertThat(changed.rows()).isEqualTo(3001);
            assertThat(history.pruned(changed, List.of(Range.equalTo("shop", "new shop")))
                            .read())
                    .isEqualTo(1);
            TableRef more = lake.append("raw", "p.t", "SELECT 7 AS id, 'late' AS shop", Map.of());
            assertThat(rows(lake, lake.from(more))).hasSize(3002);
            TableRef replaced = lake.replace("raw", "p.t", "SELECT 1 AS other");
            assertThat(rows(lake, lake.from(replaced))).hasSize(1);
            TableRef restored = history.restore("raw", "p.t", Long.toString(laid.snapshot()));
            assertThat(rows(lake, lake.from(restored))).isEqualTo(rows(lake, lake.from(plain)));
        }
    }

    @Test
    void compaction_gathers_many_small_files_and_bounds_prune_without_partitions() {
        try (Lake lake = Lake.open(home, 300, 2)) {
            TableRef before = lake.append("raw", "p.t", "SELECT 0 AS id, 'a' AS name", Map.of());
            for (int i = 1; i < 6; i++) {
                before = lake.append("raw", "p.t", "SELECT " + i + " AS id, 'n" + i + "' AS name", Map.of());
            }
            assertThat(lake.history()
                            .pruned(before, List.of(Range.equalTo("id", "3")))
                            .read())
                    .isEqualTo(1);
            assertThat(lake.history()
                            .pruned(before, List.of(Range.equalTo("name", "n4")))
                            .read())
                    .isEqualTo(1);
            TableRef after = lake.history().compact("raw", "p.t");
            assertThat(lake.history().pruned(after, List.of()).files()).isEqualTo(1);
            assertThat(rows(lake, lake.from(after))).isEqualTo(rows(lake, lake.from(before)));
            assertThat(lake.history().compact("raw", "p.t")).isEqualTo(after);
            assertThatThrownBy(() -> lake.history()
                            .compact("raw", "p.t", Optional.of(new Layout(List.of("day(name)"), List.of()))))
                    .hasMessageContaining("cannot be laid out");
        }
    }

    private static List<String> rows(Lake lake, String from) {
        return lake.engine().query("SELECT CAST(t AS VARCHAR) FROM " + from + " AS t", row -> row.getString(1));
    }

    @Test
    void the_row_groups_counted_as_read_hold_every_row_that_is_found() {
        try (Lake lake = Lake.open(home, 300, 2)) {
            TableRef table = lake.replace(
                    "raw",
                    "p.t",
                    "SELECT range AS id, 'n' || lpad(CAST(range // 7 AS VARCHAR), 6, '0') AS \"a\"\"b\", hash(range) % 1000 AS noise"
                            + " FROM range(400000)");
            History history = lake.history();
            History.Scan all = history.scan(table, List.of());
            assertThat(all.groups()).isEqualTo(4);
            assertThat(all.read()).isEqualTo(4);
            assertThat(all.bytesRead()).isEqualTo(all.bytes()).isPositive();
            assertThat(history.scan(table, List.of(Range.of("ID", "200000", "200010")))
                            .read())
                    .isEqualTo(1);
            assertThat(history.scan(table, List.of(Range.of("id", "122879", "122880")))
                            .read())
                    .isEqualTo(2);
            assertThat(history.scan(table, List.of(Range.equalTo("a\"b", "n000001")))
                            .read())
                    .isEqualTo(1);
            assertThat(history.scan(table, List.of(Range.equalTo("noise", "7"))).read())
                    .isEqualTo(4);
            assertThat(history.scan(table, List.of(Range.of("id", "1", "5"), Range.of("a\"b", "n050000", "n050001")))
                            .read())
                    .isZero();
            TableRef empty = lake.replace("raw", "p.t", "SELECT 1 AS id WHERE false");
            assertThat(history.scan(empty, List.of(Range.equalTo("id", "1")))).isEqualTo(new History.Scan(0, 0, 0, 0));
        }
    }
}
