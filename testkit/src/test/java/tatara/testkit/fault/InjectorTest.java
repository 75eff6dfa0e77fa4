package tatara.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tatara.core.evidence.ColumnType;

class InjectorTest {
    private static final int ROWS = 200;
    private static final List<String> CITIES = List.of("London", "Boston", "Geneva", "Verona");

    private static TextTable table() {
        List<@Nullable String[]> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(new String[] {
                "K" + (1_000 + i),
                Integer.toString(20 + i % 50),
                String.format(Locale.ROOT, "%.2f", 1_000 + 3.0 * (i % 50)),
                CITIES.get(i % 4),
                LocalDate.of(2024, 1, 1).plusDays(i).toString(),
                List.of("red", "green", "blue").get(i % 3)
            });
        }
        return new TextTable(
                List.of("id", "age", "pay", "city", "day", "colour"),
                List.of(
                        ColumnType.IDENTIFIER,
                        ColumnType.INTEGER,
                        ColumnType.NUMBER,
                        ColumnType.CATEGORY,
                        ColumnType.TIME,
                        ColumnType.CATEGORY),
                rows);
    }

    private static String columnOf(Fault fault) {
        return switch (fault) {
            case NULLS, TYPE_FLIP, OUT_OF_RANGE, SIGN_FLIP, UNIT_CHANGE, SHUFFLED_COLUMN, PLACEHOLDER -> "age";
            case DECIMAL_COMMA -> "pay";
            case DATE_FORMAT_FLIP, CLOCK_RESET, STALE_DATA -> "day";
            case REPEATED_KEY, ORPHANED_KEY -> "id";
            default -> "city";
        };
    }

    private static Injected planted(Fault fault) {
        return new Injector(3).inject(table(), fault, columnOf(fault)).orElseThrow();
    }

    /** Cells before and after, of the rows whose cell in the column changed. */
    private static List<String[]> changes(Injected injected, String column) {
        TextTable before = table();
        int at = before.columns().indexOf(column);
        List<String[]> changes = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            String old = String.valueOf(before.rows().get(row)[at]);
            String now = String.valueOf(injected.table().rows().get(row)[at]);
            if (!old.equals(now)) {
                changes.add(new String[] {old, now});
            }
        }
        return changes;
    }

    private static List<String[]> changes(Fault fault) {
        Injected injected = planted(fault);
        List<String[]> changes = changes(injected, columnOf(fault));
        assertThat(changes).as(fault.name()).hasSize(injected.touched()).isNotEmpty();
        assertThat((double) changes.size() / ROWS).isLessThanOrEqualTo(fault.strength());
        return changes;
    }

    private static List<String> cells(TextTable table) {
        return table.rows().stream().map(Arrays::toString).toList();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void theSameSeedGivesTheSameRowsAndTheTableStaysAsItWas(Fault fault) {
        TextTable table = table();
        List<String> before = cells(table);
        Injected first = new Injector(3).inject(table, fault, columnOf(fault)).orElseThrow();
        assertThat(cells(table)).isEqualTo(before);
        assertThat(cells(first.table())).isEqualTo(cells(planted(fault).table()));
        assertThat(first.fault()).isEqualTo(fault);
        boolean renamed = fault == Fault.RENAMED_COLUMN;
        assertThat(cells(first.table()).equals(before)).isEqualTo(renamed);
    }

    @Test
    void anotherSeedGivesOtherRows() {
        Injected other = new Injector(4).inject(table(), Fault.NULLS, "age").orElseThrow();
        assertThat(cells(other.table())).isNotEqualTo(cells(planted(Fault.NULLS).table()));
    }

    @Test
    void numbersGoWrongAsTold() {
        assertThat(changes(Fault.TYPE_FLIP))
                .allSatisfy(cell -> assertThat(TextTable.number(cell[1])).isNaN());
        assertThat(changes(Fault.OUT_OF_RANGE))
                .allSatisfy(cell -> assertThat(TextTable.number(cell[1])).isGreaterThan(69 + 0.4 * 49));
        assertThat(changes(Fault.UNIT_CHANGE))
                .allSatisfy(cell -> assertThat(TextTable.number(cell[1])).isEqualTo(100 * TextTable.number(cell[0])));
        assertThat(changes(Fault.SIGN_FLIP))
                .allSatisfy(cell -> assertThat(TextTable.number(cell[1])).isEqualTo(-TextTable.number(cell[0])));
        assertThat(changes(Fault.PLACEHOLDER))
                .allSatisfy(cell -> assertThat(cell[1]).isEqualTo("-999"));
        assertThat(changes(Fault.DECIMAL_COMMA))
                .allSatisfy(cell -> assertThat(cell[1]).isEqualTo(cell[0].replace('.', ',')));
        assertThat(changes(Fault.NULLS)).allSatisfy(cell -> assertThat(cell[1]).isEqualTo("null"));
    }

    @Test
    void textsGoWrongAsTold() {
        assertThat(changes(Fault.NEW_CATEGORY))
                .allSatisfy(cell -> assertThat(CITIES).doesNotContain(cell[1]));
        assertThat(changes(Fault.TRUNCATED_TEXT))
                .allSatisfy(cell -> assertThat(cell[1]).isEqualTo(cell[0].substring(0, cell[0].length() / 2)));
        assertThat(changes(Fault.CASE_CHANGE))
                .allSatisfy(cell -> assertThat(cell[1]).isEqualTo(cell[0].toUpperCase(Locale.ROOT)));
        assertThat(changes(Fault.MOJIBAKE))
                .allSatisfy(cell -> assertThat(cell[1]).contains("\u00c3"));
        Set<String> ids = new HashSet<>(table().values(0));
        assertThat(changes(Fault.ORPHANED_KEY))
                .allSatisfy(cell -> assertThat(ids).doesNotContain(cell[1]));
        assertThat(changes(Fault.REPEATED_KEY))
                .allSatisfy(cell -> assertThat(ids).contains(cell[1]));
    }

    @Test
    void timesGoWrongAsTold() {
        assertThat(changes(Fault.DATE_FORMAT_FLIP)).allSatisfy(cell -> assertThat(cell[1])
                .isEqualTo(cell[0].replaceAll("(\\d+)-(\\d+)-(\\d+)", "$3/$2/$1")));
        assertThat(changes(Fault.CLOCK_RESET))
                .allSatisfy(cell -> assertThat(cell[1]).isEqualTo("1970-01-01"));
        List<String> stale = planted(Fault.STALE_DATA).table().values(4);
        assertThat(stale.get(ROWS - 1)).isEqualTo("2024-04-10");
        assertThat(stale.get(0)).isEqualTo("2023-09-24");
    }

    @Test
    void rowsGoWrongAsTold() {
        Injected twice = planted(Fault.DUPLICATED_ROWS);
        assertThat(twice.table().rows()).hasSize(220);
        assertThat(new HashSet<>(cells(twice.table()))).hasSize(ROWS);
        assertThat(planted(Fault.DROPPED_ROWS).table().rows()).hasSize(100);
        assertThat(cells(table())).containsAll(cells(planted(Fault.DROPPED_ROWS).table()));
    }

    @Test
    void columnsGoWrongAsTold() {
        assertThat(planted(Fault.MISSING_COLUMN).table().columns())
                .doesNotContain("city")
                .hasSize(5);
        assertThat(planted(Fault.MISSING_COLUMN).table().rows())
                .allSatisfy(row -> assertThat(row).hasSize(5));
        assertThat(planted(Fault.RENAMED_COLUMN).table().columns())
                .contains("city_new")
                .doesNotContain("city");
        assertThat(new HashSet<>(planted(Fault.CONSTANT_COLUMN).table().values(3)))
                .hasSize(1);
        Injected shuffled = planted(Fault.SHUFFLED_COLUMN);
        assertThat(counts(shuffled.table().values(1))).isEqualTo(counts(table().values(1)));
        assertThat(changes(shuffled, "age").size()).isGreaterThan(ROWS / 2);
        Injected swapped = planted(Fault.SWAPPED_COLUMNS);
        assertThat(swapped.columns()).containsExactly("city", "colour");
        assertThat(changes(swapped, "city")).hasSize(40).allSatisfy(cell -> assertThat(cell[1])
                .isIn("red", "green", "blue"));
        assertThat(changes(swapped, "colour")).hasSize(40).allSatisfy(cell -> assertThat(CITIES)
                .contains(cell[1]));
    }

    private static TreeMap<String, Integer> counts(List<String> values) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        values.forEach(value -> counts.merge(value, 1, Integer::sum));
        return counts;
    }

    @Test
    void faultsThatDoNotApplyAreNotPlanted() {
        Injector injector = new Injector(1);
        assertThat(injector.inject(table(), Fault.SIGN_FLIP, "city")).isEmpty();
        assertThat(injector.inject(table(), Fault.MOJIBAKE, "age")).isEmpty();
        assertThat(injector.inject(table(), Fault.REPEATED_KEY, "age")).isEmpty();
        assertThat(injector.inject(table(), Fault.CLOCK_RESET, "pay")).isEmpty();
        assertThat(injector.inject(table(), Fault.NULLS, "no such column")).isEmpty();
    }
}
