package tatara.data.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;
import tatara.data.lake.Target;
import tatara.data.lake.Upsert;

class MergingTest {
    private static final RowKey ID = RowKey.given(List.of("id"));

    @TempDir
    private Path home;

    private Lake lake;

    @BeforeEach
    void open() {
        lake = Lake.open(home, 300, 2);
        lake.append("raw", "p.t", "SELECT range AS id, range * 10 AS a, 'b' || range AS b FROM range(6)", Map.of());
        lake.history().branch("raw", "p.t", "try", "main");
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private void change(String branch, String select) {
        lake.apply(
                lake.engine(),
                "raw",
                "p.t",
                new Upsert(select, List.of("id"), Optional.of("gone"), Map.of()),
                Target.branch(branch, Map.of()));
    }

    private Merging.Merged merge(Optional<Merging.Take> take) {
        return new Merging(lake).merge("raw", "p.t", "try", "main", Optional.of(ID), take);
    }

    private List<String> rows(String branch) {
        TableRef ref = lake.history().at("raw", "p.t", branch).orElseThrow();
        return lake.engine()
                .query(
                        "SELECT concat_ws('|', id, a, coalesce(b, '-')) FROM " + lake.from(ref) + " ORDER BY id",
                        row -> row.getString(1));
    }

    @Test
    void what_only_one_branch_changed_is_taken_cell_by_cell() {
        change(
                "try",
                "SELECT 1 AS id, 11 AS a, 'b1' AS b, false AS gone UNION ALL SELECT 2, 0, '', true"
                        + " UNION ALL SELECT 9, 90, 'new', false UNION ALL SELECT 5, 50, 'both', false");
        change(
                "main",
                "SELECT 1 AS id, 10 AS a, 'main' AS b, false AS gone UNION ALL SELECT 3, 0, '', true"
                        + " UNION ALL SELECT 5, 50, 'both', false");
        Merging.Merged merged = merge(Optional.empty());
        assertThat(merged.conflicts()).isZero();
        assertThat(merged.rows()).isEqualTo(3);
        assertThat(rows("main")).containsExactly("0|0|b0", "1|11|main", "4|40|b4", "5|50|both", "9|90|new");
        change("try", "SELECT 4 AS id, 41 AS a, 'b4' AS b, false AS gone");
        assertThat(merge(Optional.empty()).rows()).isEqualTo(1);
        assertThat(rows("main")).contains("4|41|b4", "1|11|main");
        assertThat(merge(Optional.empty()).result()).isEmpty();
        Merging.Merged back = new Merging(lake).merge("raw", "p.t", "main", "try", Optional.of(ID), Optional.empty());
        assertThat(back.conflicts()).isZero();
        assertThat(rows("try")).isEqualTo(rows("main"));
    }

    @Test
    void conflicts_are_reported_with_all_values_and_nothing_is_written() {
        change(
                "try",
                "SELECT 1 AS id, 11 AS a, 'x' AS b, false AS gone UNION ALL SELECT 2, 0, '', true"
                        + " UNION ALL SELECT 7, 70, 'theirs', false");
        change(
                "main",
                "SELECT 1 AS id, 12 AS a, 'x' AS b, false AS gone UNION ALL SELECT 2, 21, 'b2', false"
                        + " UNION ALL SELECT 7, 70, 'ours', false");
        List<String> before = rows("main");
        Merging.Merged merged = merge(Optional.empty());
        assertThat(merged.conflicts()).isEqualTo(3);
        assertThat(merged.result()).isEmpty();
        assertThat(rows("main")).isEqualTo(before);
        Merging.Conflict first = merged.examples().get(0);
        assertThat(first.key()).containsExactly(new Difference.Cell("id", Optional.of("1")));
        assertThat(first.cells())
                .containsExactly(
                        new Merging.ConflictCell("a", Optional.of("10"), Optional.of("12"), Optional.of("11")));
        assertThat(merged.examples().get(1).theirs()).isEqualTo("removed");
        assertThat(merged.examples().get(2).ours()).isEqualTo("added");
        merge(Optional.of(Merging.Take.OURS));
        assertThat(rows("main")).isEqualTo(before);
    }

    @Test
    void theirs_wins_if_told_so() {
        change(
                "try",
                "SELECT 1 AS id, 11 AS a, 'x' AS b, false AS gone UNION ALL SELECT 2, 0, '', true"
                        + " UNION ALL SELECT 3, 31, 'b3', false");
        change(
                "main",
                "SELECT 1 AS id, 12 AS a, 'y' AS b, false AS gone UNION ALL SELECT 2, 21, 'b2', false"
                        + " UNION ALL SELECT 3, 0, '', true");
        merge(Optional.of(Merging.Take.THEIRS));
        assertThat(rows("main")).containsExactly("0|0|b0", "1|11|x", "3|31|b3", "4|40|b4", "5|50|b5");
    }

    @Test
    void random_merges_without_conflict_give_what_maps_give() {
        Random random = new Random(3);
        Map<Integer, String> base = new TreeMap<>();
        for (int i = 0; i < 6; i++) {
            base.put(i, i * 10 + "|b" + i);
        }
        Map<Integer, String> main = new HashMap<>(base);
        Map<Integer, String> other = new HashMap<>(base);
        List<String> ours = new ArrayList<>();
        List<String> theirs = new ArrayList<>();
        for (int id = 0; id < 40; id++) {
            boolean mine = random.nextBoolean();
            boolean gone = random.nextInt(3) == 0;
            int value = random.nextInt(100);
            (mine ? ours : theirs).add("(" + id + ", " + value + ", 'r', " + gone + ")");
            Map<Integer, String> target = mine ? main : other;
            if (gone) {
                target.remove(id);
            } else {
                target.put(id, value + "|r");
            }
        }
        change("main", "SELECT * FROM (VALUES " + String.join(", ", ours) + ") AS v(id, a, b, gone)");
        change("try", "SELECT * FROM (VALUES " + String.join(", ", theirs) + ") AS v(id, a, b, gone)");
        Map<Integer, String> expected = new TreeMap<>(main);
        for (int id = 0; id < 40; id++) {
            if (!Optional.ofNullable(other.get(id)).equals(Optional.ofNullable(base.get(id)))) {
                expected.remove(id);
                Optional.ofNullable(other.get(id)).ifPresent(new Put(expected, id)::value);
            }
        }
        assertThat(merge(Optional.empty()).conflicts()).isZero();
        assertThat(rows("main"))
                .containsExactlyElementsOf(expected.entrySet().stream()
                        .map(entry -> entry.getKey() + "|" + entry.getValue())
                        .collect(Collectors.toList()));
    }

    private record Put(Map<Integer, String> map, int id) {
        void value(String value) {
            map.put(id, value);
        }
    }

    @Test
    void unknown_branches_and_keys_are_refused() {
        assertThatThrownBy(
                        () -> new Merging(lake).merge("raw", "p.t", "none", "main", Optional.of(ID), Optional.empty()))
                .hasMessageContaining("no branch");
        assertThatThrownBy(() -> new Merging(lake)
                        .merge("raw", "p.t", "try", "main", Optional.of(RowKey.given(List.of("x"))), Optional.empty()))
                .hasMessageContaining("no key column");
    }
}
