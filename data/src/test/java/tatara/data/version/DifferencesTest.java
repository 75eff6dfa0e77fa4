package tatara.data.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;
import tatara.data.lake.Upsert;

class DifferencesTest {
    /** A census of 48,842 people with many rows alike, missing values and a hostile name. */
    private static final String PEOPLE = "SELECT range AS id, CAST(hash(range) % 60 AS BIGINT) + 17 AS age,"
            + " CASE WHEN hash(range, 1) % 20 = 0 THEN NULL ELSE 'work ' || hash(range, 1) % 7 END AS \"work'\"\"class\","
            + " CASE WHEN hash(range, 2) % 10 < 9 THEN 0 ELSE hash(range, 2) % 9000 * 0.5 END AS gain,"
            + " hash(range, 3) % 4 = 0 AS rich FROM range(48842)";

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
    void a_hundred_planted_changes_are_found_by_key_and_nothing_else() {
        Set<Integer> planted = planted();
        TableRef before = lake.replace("raw", "p.people", PEOPLE);
        TableRef after = lake.replace("raw", "p.people", changed(planted, "*", PEOPLE));
        Difference difference = new Differences(lake).between(before, after, RowKey.given(List.of("ID")), 1000, false);
        assertThat(difference.columns()).isEmpty();
        Difference.RowChanges rows = difference.rows();
        assertThat(List.of(rows.added(), rows.removed(), rows.changed())).containsExactly(0L, 0L, 100L);
        assertThat(rows.cells()).containsExactly(new Difference.ColumnCount("gain", 100));
        assertThat(rows.examples().stream()
                        .map(row -> Integer.parseInt(row.key().get(0).value().orElseThrow()))
                        .toList())
                .containsExactlyElementsOf(new TreeSet<>(planted));
        assertThat(rows.examples()).allSatisfy(row -> {
            assertThat(row.cells()).hasSize(1);
            assertThat(row.cells().get(0).after()).contains("-7.25");
        });
    }

    @Test
    void whole_rows_find_the_same_without_a_key() {
        Set<Integer> planted = planted();
        String plain = "SELECT * EXCLUDE (id) FROM (" + PEOPLE + ")";
        TableRef before = lake.replace("raw", "p.people", plain);
        TableRef after =
                lake.replace("raw", "p.people", "SELECT * EXCLUDE (id) FROM (" + changed(planted, "*", PEOPLE) + ")");
        TableRef reversed = lake.replace("raw", "p.people", plain + " ORDER BY gain, rich, age");
        Difference.RowChanges rows = new Differences(lake)
                .between(before, after, RowKey.none(), 1000, false)
                .rows();
        assertThat(rows.added()).isEqualTo(rows.removed());
        assertThat(rows.added() + rows.changed()).isEqualTo(100);
        assertThat(rows.examples().stream()
                        .mapToLong(Difference.RowChange::times)
                        .sum())
                .isEqualTo(rows.added() + rows.removed() + rows.changed());
        assertThat(rows.examples().stream().filter(row -> row.kind() != Difference.Kind.REMOVED))
                .allSatisfy(row -> assertThat(row.cells())
                        .anySatisfy(cell -> assertThat(cell.after()).contains("-7.25")));
        assertThat(new Differences(lake)
                        .between(before, reversed, RowKey.none(), 10, false)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void random_inserts_updates_and_deletes_are_counted_exactly() {
        TableRef before = lake.replace("raw", "p.people", PEOPLE);
        TableRef after = lake.apply(
                "raw",
                "p.people",
                new Upsert(
                        "SELECT CASE WHEN range < 40 THEN range * 1000 ELSE range + 100000 END AS id, -1 AS age,"
                                + " range < 13 AS gone FROM range(70)",
                        List.of("id"),
                        Optional.of("gone"),
                        Map.of()));
        Difference.RowChanges rows = new Differences(lake)
                .between(before, after, RowKey.given(List.of("id")), 5, false)
                .rows();
        assertThat(List.of(rows.added(), rows.removed(), rows.changed())).containsExactly(30L, 13L, 27L);
        assertThat(rows.examples()).hasSize(5);
        assertThat(RowKey.find(lake, before, after)).contains(new RowKey(List.of("id"), Difference.KeyOrigin.FOUND));
        assertThat(RowKey.find(
                        lake,
                        lake.replace("raw", "p.q", "SELECT range % 5 AS a FROM range(10)"),
                        lake.replace("raw", "p.q", "SELECT range % 5 AS a FROM range(10)")))
                .isEmpty();
        assertThatThrownBy(() -> new Differences(lake).between(before, after, RowKey.given(List.of("age")), 5, false))
                .isInstanceOf(TataraException.class)
                .hasMessageContaining("more than one row has the key");
        assertThatThrownBy(() -> new Differences(lake).between(before, after, RowKey.given(List.of("x")), 5, false))
                .isInstanceOf(TataraException.class)
                .hasMessageContaining("no key column");
    }

    @Test
    void changes_of_the_schema_are_named() {
        TableRef before = lake.replace("raw", "p.t", "SELECT 1 AS id, 'x' AS gone, 5 AS wide");
        TableRef after = lake.replace("raw", "p.t", "SELECT 1 AS id, 5.0::DOUBLE AS wide, true AS fresh");
        Difference difference = new Differences(lake).between(before, after, RowKey.given(List.of("id")), 5, true);
        assertThat(difference.columns())
                .containsExactlyInAnyOrder(
                        new Difference.ColumnChange("gone", Optional.of("VARCHAR"), Optional.empty()),
                        new Difference.ColumnChange("wide", Optional.of("BIGINT"), Optional.of("DOUBLE")),
                        new Difference.ColumnChange("fresh", Optional.empty(), Optional.of("BOOLEAN")));
        assertThat(difference.rows().changed()).isZero();
    }

    @Test
    void a_shifted_distribution_stands_out_and_samples_of_one_population_do_not() {
        TableRef first = lake.replace("raw", "p.t", population(0, 3000));
        TableRef second = lake.replace("raw", "p.t", population(10_000, 2000));
        List<ColumnShift> same = new Differences(lake)
                .between(first, second, RowKey.none(), 0, true)
                .shifts();
        assertThat(same).hasSize(40);
        assertThat(same.stream().filter(shift -> shift.p() < 0.05).count()).isLessThanOrEqualTo(6);
        assertThat(same).allSatisfy(shift -> assertThat(shift.adjusted()).isGreaterThan(0.01));
        TableRef moved = lake.replace(
                "raw",
                "p.t",
                "SELECT * REPLACE (c3 + 0.15 AS c3, CASE WHEN c21 = 'v1' THEN NULL ELSE c21 END AS c21)" + " FROM ("
                        + population(20_000, 3000) + ")");
        List<ColumnShift> shifts = new Differences(lake)
                .between(first, moved, RowKey.none(), 0, true)
                .shifts();
        assertThat(shifts.stream()
                        .filter(shift -> shift.adjusted() < 0.001)
                        .map(ColumnShift::column)
                        .toList())
                .containsExactly("c3", "c21");
        ColumnShift.Side side = shifts.get(3).before();
        assertThat(side.numbers().orElseThrow().mean()).isCloseTo(0.5, within(0.03));
        assertThat(side.distinct()).isBetween(2700L, 3000L);
    }

    @Test
    void chi_square_tail_agrees_with_tables() {
        assertThat(ChiSquare.above(3.841, 1)).isCloseTo(0.05, within(1e-4));
        assertThat(ChiSquare.above(18.307, 10)).isCloseTo(0.05, within(1e-4));
        assertThat(ChiSquare.above(2.558, 10)).isCloseTo(0.99, within(1e-4));
        assertThat(ChiSquare.above(135.807, 100)).isCloseTo(0.01, within(1e-4));
        assertThat(ChiSquare.above(0, 3)).isEqualTo(1);
    }

    /** 20 columns of uniform numbers and 20 of words. */
    private static String population(int start, int rows) {
        return "SELECT "
                + java.util.stream.IntStream.range(0, 40)
                        .mapToObj(i -> i < 20
                                ? "(hash(range, " + i + ") % 1000003) / 1000003.0 AS c" + i
                                : "'v' || hash(range, " + i + ") % 5 AS c" + i)
                        .collect(Collectors.joining(", "))
                + " FROM range(" + start + ", " + (start + rows) + ")";
    }

    private static String changed(Set<Integer> planted, String columns, String sql) {
        return "SELECT " + columns + " REPLACE (CASE WHEN id IN ("
                + planted.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + ") THEN -7.25 ELSE gain END AS gain) FROM (" + sql + ") ORDER BY id";
    }

    private static Set<Integer> planted() {
        Random random = new Random(11);
        Set<Integer> ids = new HashSet<>();
        while (ids.size() < 100) {
            ids.add(random.nextInt(48_842));
        }
        return ids;
    }
}
