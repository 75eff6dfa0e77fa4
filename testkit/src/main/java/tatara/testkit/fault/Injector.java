package tatara.testkit.fault;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tatara.core.evidence.ColumnType;

/**
 * Plants a fault into a table. Whether a fault applies to a column is decided from the table alone, not from any rule about it: a sign flip needs
 * numbers that are never negative, a shuffled column needs another that it goes with. The same seed gives the same rows.
 */
public final class Injector {
    private static final double FILLED = 0.95;
    private static final double GOES_WITH = 0.4;

    private final long seed;

    public Injector(long seed) {
        this.seed = seed;
    }

    /** With the fault's usual strength. */
    public Optional<Injected> inject(TextTable table, Fault fault, String column) {
        return inject(table, fault, column, fault.strength());
    }

    /**
     * @param column the column it is about; any for faults of rows
     * @param strength share of rows in (0, 1]
     * @return empty if the fault does not apply to the column
     */
    public Optional<Injected> inject(TextTable table, Fault fault, String column, double strength) {
        int at = table.columns().indexOf(column);
        if (at < 0 || table.rows().size() < 2 || !applies(table, fault, at)) {
            return Optional.empty();
        }
        Random random = new Random(seed * 31 + fault.name().hashCode() * 1_009L + at);
        TextTable copy = table.copy();
        return switch (fault) {
            case DUPLICATED_ROWS, DROPPED_ROWS -> Optional.of(ofRows(copy, fault, strength, random));
            case MISSING_COLUMN -> Optional.of(without(copy, at));
            case RENAMED_COLUMN -> Optional.of(renamed(copy, at));
            case CONSTANT_COLUMN -> Optional.of(constant(copy, at));
            case SHUFFLED_COLUMN -> Optional.of(shuffled(copy, at, random));
            case SWAPPED_COLUMNS -> swapped(copy, at, strength, random);
            case REPEATED_KEY -> Optional.of(repeated(copy, at, strength, random));
            case STALE_DATA -> TimeFaults.stale(copy, at);
            default -> cells(copy, fault, at, strength, random);
        };
    }

    private static boolean applies(TextTable table, Fault fault, int column) {
        ColumnType type = table.types().get(column);
        boolean number = type == ColumnType.NUMBER || type == ColumnType.INTEGER;
        boolean text = type == ColumnType.CATEGORY || type == ColumnType.TEXT || type == ColumnType.IDENTIFIER;
        List<String> values = table.values(column);
        Set<String> distinct = new HashSet<>(values);
        return switch (fault) {
            case NULLS -> values.size() >= FILLED * table.rows().size();
            case TYPE_FLIP, OUT_OF_RANGE -> number && distinct.size() > 2;
            case UNIT_CHANGE -> number && mostly(table, column, value -> Math.abs(value) > 0) && distinct.size() > 2;
            case SIGN_FLIP ->
                number
                        && mostly(table, column, value -> value > 0)
                        && Arrays.stream(table.numbers(column)).noneMatch(value -> value < 0);
            case DECIMAL_COMMA ->
                type == ColumnType.NUMBER
                        && values.stream().filter(value -> value.contains(".")).count() > 0.8 * values.size();
            case PLACEHOLDER -> (number && mostly(table, column, value -> value > -900)) || text;
            case NEW_CATEGORY -> type == ColumnType.CATEGORY && distinct.size() <= 0.05 * values.size();
            case TRUNCATED_TEXT ->
                text && values.stream().mapToInt(String::length).average().orElse(0) >= 4;
            case CASE_CHANGE, MOJIBAKE ->
                text
                        && values.stream()
                                        .filter(value -> value.matches(".*[A-Za-z]{2}.*"))
                                        .count()
                                > 0.8 * values.size();
            case DATE_FORMAT_FLIP, CLOCK_RESET, STALE_DATA -> type == ColumnType.TIME && distinct.size() > 10;
            case CONSTANT_COLUMN -> distinct.size() > 1 && mostFrequent(values) < 0.9 * values.size();
            case SWAPPED_COLUMNS -> partner(table, column) >= 0;
            case SHUFFLED_COLUMN -> number && goesWith(table, column);
            case REPEATED_KEY -> distinct.size() == table.rows().size();
            case DUPLICATED_ROWS, DROPPED_ROWS, MISSING_COLUMN, RENAMED_COLUMN, ORPHANED_KEY -> true;
        };
    }

    private interface Condition {
        boolean holds(double value);
    }

    private static boolean mostly(TextTable table, int column, Condition condition) {
        double[] numbers = table.numbers(column);
        long held = Arrays.stream(numbers)
                .filter(value -> !Double.isNaN(value) && condition.holds(value))
                .count();
        return held > 0.5 * numbers.length;
    }

    private static long mostFrequent(List<String> values) {
        Map<String, Long> counts = new HashMap<>();
        values.forEach(value -> counts.merge(value, 1L, Long::sum));
        return counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** Whether the ranks of another numeric column go with this one's. */
    private static boolean goesWith(TextTable table, int column) {
        double[] ranks = Ranks.of(table.numbers(column));
        for (int other = 0; other < table.columns().size(); other++) {
            ColumnType type = table.types().get(other);
            boolean number = type == ColumnType.NUMBER || type == ColumnType.INTEGER;
            if (other != column
                    && number
                    && Math.abs(Ranks.correlation(ranks, Ranks.of(table.numbers(other)))) >= GOES_WITH) {
                return true;
            }
        }
        return false;
    }

    /** The next column of the same type that is distributed unlike this one, or -1. */
    private static int partner(TextTable table, int column) {
        ColumnType type = table.types().get(column);
        for (int other = column + 1; other < table.columns().size(); other++) {
            if (table.types().get(other) == type && unlike(table, column, other)) {
                return other;
            }
        }
        return -1;
    }

    private static boolean unlike(TextTable table, int first, int second) {
        ColumnType type = table.types().get(first);
        if (type == ColumnType.NUMBER || type == ColumnType.INTEGER) {
            return Ranks.distance(table.numbers(first), table.numbers(second)) >= 0.4;
        }
        if (type != ColumnType.CATEGORY) {
            return false;
        }
        Set<String> one = new HashSet<>(table.values(first));
        Set<String> both = new HashSet<>(one);
        both.retainAll(new HashSet<>(table.values(second)));
        return !one.isEmpty() && both.size() <= 0.2 * one.size();
    }

    private static Injected ofRows(TextTable table, Fault fault, double strength, Random random) {
        List<@Nullable String[]> rows = new ArrayList<>(table.rows());
        int count = touched(rows.size(), strength);
        if (fault == Fault.DUPLICATED_ROWS) {
            chosen(rows.size(), count, random)
                    .forEach(row -> rows.add(table.rows().get(row).clone()));
        } else {
            List<Integer> lost = chosen(rows.size(), Math.min(count, rows.size() - 1), random);
            lost.sort(Collections.reverseOrder());
            lost.forEach(row -> rows.remove((int) row));
        }
        return new Injected(fault, table.withRows(rows), List.of(), count);
    }

    private static int touched(int rows, double strength) {
        return Math.max(1, (int) Math.round(strength * rows));
    }

    private static List<Integer> chosen(int rows, int count, Random random) {
        List<Integer> all = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            all.add(row);
        }
        Collections.shuffle(all, random);
        return new ArrayList<>(all.subList(0, Math.min(count, rows)));
    }

    private static Injected without(TextTable table, int column) {
        List<String> names = new ArrayList<>(table.columns());
        List<ColumnType> types = new ArrayList<>(table.types());
        String name = names.remove(column);
        types.remove(column);
        List<@Nullable String[]> rows = new ArrayList<>();
        for (@Nullable String[] row : table.rows()) {
            @Nullable String[] shorter = new String[row.length - 1];
            System.arraycopy(row, 0, shorter, 0, column);
            System.arraycopy(row, column + 1, shorter, column, shorter.length - column);
            rows.add(shorter);
        }
        return new Injected(Fault.MISSING_COLUMN, new TextTable(names, types, rows), List.of(name), rows.size());
    }

    private static Injected renamed(TextTable table, int column) {
        List<String> names = new ArrayList<>(table.columns());
        String name = names.get(column);
        names.set(column, name + "_new");
        return new Injected(
                Fault.RENAMED_COLUMN,
                new TextTable(names, table.types(), table.rows()),
                List.of(name),
                table.rows().size());
    }

    private static Injected constant(TextTable table, int column) {
        Map<String, Integer> counts = new HashMap<>();
        table.values(column).forEach(value -> counts.merge(value, 1, Integer::sum));
        String most = counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("");
        table.rows().forEach(row -> row[column] = most);
        return done(Fault.CONSTANT_COLUMN, table, column, table.rows().size());
    }

    private static Injected done(Fault fault, TextTable table, int column, int touched) {
        return new Injected(fault, table, List.of(table.columns().get(column)), touched);
    }

    private static Injected shuffled(TextTable table, int column, Random random) {
        List<Optional<String>> cells = new ArrayList<>();
        table.rows().forEach(row -> cells.add(Optional.ofNullable(row[column])));
        Collections.shuffle(cells, random);
        for (int row = 0; row < cells.size(); row++) {
            table.rows().get(row)[column] = cells.get(row).orElse(null);
        }
        return done(Fault.SHUFFLED_COLUMN, table, column, cells.size());
    }

    private static Optional<Injected> swapped(TextTable table, int column, double strength, Random random) {
        int other = partner(table, column);
        List<Integer> rows = chosen(table.rows().size(), touched(table.rows().size(), strength), random);
        for (int row : rows) {
            @Nullable String[] cells = table.rows().get(row);
            String cell = cells[column];
            cells[column] = cells[other];
            cells[other] = cell;
        }
        List<String> names =
                List.of(table.columns().get(column), table.columns().get(other));
        return Optional.of(new Injected(Fault.SWAPPED_COLUMNS, table, names, rows.size()));
    }

    private static Injected repeated(TextTable table, int column, double strength, Random random) {
        List<Integer> rows = chosen(table.rows().size(), touched(table.rows().size(), strength), random);
        for (int row : rows) {
            table.rows().get(row)[column] = table.rows()
                    .get((row + 1 + random.nextInt(table.rows().size() - 1))
                            % table.rows().size())[column];
        }
        return done(Fault.REPEATED_KEY, table, column, rows.size());
    }

    private static Optional<Injected> cells(TextTable table, Fault fault, int column, double strength, Random random) {
        double[] numbers = Arrays.stream(table.numbers(column))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double min = numbers.length == 0 ? 0 : numbers[0];
        double max = numbers.length == 0 ? 0 : numbers[numbers.length - 1];
        int touched = 0;
        for (int row : chosen(table.rows().size(), touched(table.rows().size(), strength), random)) {
            String cell = table.rows().get(row)[column];
            if (cell == null || cell.isBlank()) {
                continue;
            }
            Optional<String> changed = changed(fault, cell, table.types().get(column), min, max, random);
            if (changed.isPresent() && !changed.get().equals(cell)) {
                table.rows().get(row)[column] = changed.get().isEmpty() ? null : changed.get();
                touched++;
            }
        }
        return touched == 0 ? Optional.empty() : Optional.of(done(fault, table, column, touched));
    }

    private static Optional<String> changed(
            Fault fault, String cell, ColumnType type, double min, double max, Random random) {
        boolean number = type == ColumnType.NUMBER || type == ColumnType.INTEGER;
        double value = TextTable.number(cell);
        boolean whole = !cell.contains(".");
        return switch (fault) {
            case NULLS -> Optional.of("");
            case TYPE_FLIP -> Optional.of("see note");
            case OUT_OF_RANGE -> number(max + (0.5 + 1.5 * random.nextDouble()) * Math.max(1, max - min), whole);
            case UNIT_CHANGE -> number(value * 100, whole);
            case SIGN_FLIP -> number(-value, whole);
            case NEW_CATEGORY -> Optional.of("Zyx-" + random.nextInt(3));
            case TRUNCATED_TEXT -> Optional.of(cell.substring(0, Math.max(1, cell.length() / 2)));
            case MOJIBAKE -> Optional.of(mojibake(cell));
            case DECIMAL_COMMA -> Optional.of(cell.replace('.', ','));
            case PLACEHOLDER -> Optional.of(number ? "-999" : "#N/A!");
            case CASE_CHANGE -> {
                String upper = cell.toUpperCase(Locale.ROOT);
                yield Optional.of(upper.equals(cell) ? cell.toLowerCase(Locale.ROOT) : upper);
            }
            case DATE_FORMAT_FLIP -> TimeFaults.flipped(cell);
            case CLOCK_RESET -> TimeFaults.reset(cell);
            case ORPHANED_KEY ->
                Optional.of(
                        number
                                ? number(max + 1_000 + random.nextInt(1_000), true)
                                        .orElse("")
                                : "no-" + cell);
            default -> Optional.empty();
        };
    }

    private static Optional<String> number(double value, boolean whole) {
        if (Double.isNaN(value)) {
            return Optional.empty();
        }
        return Optional.of(whole ? Long.toString(Math.round(value)) : Double.toString(value));
    }

    private static String mojibake(String cell) {
        String accented = cell.replace('e', '\u00e9').replace('a', '\u00e4').replace('o', '\u00f6');
        String seen = accented.equals(cell) ? cell + "\u00e9" : accented;
        return new String(seen.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
