package tatara.data.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.ValueCount;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.profile.LongForm.Target;

/**
 * Finds foreign keys between tables: nearly all distinct values of a column are found in a key of another table, and that is no
 * accident of small numbers. Names break ties. Thread-safe.
 */
public final class Links {
    private static final double LEAST_COVERAGE = 0.95;
    private static final int FEW_VALUES = 10;
    private static final int MANY_NUMBERS = 100;
    private static final double KEY_SHARE = 0.2;
    private static final int LOOK = 50;
    private static final int LONGEST = 200;

    private final Lake lake;

    public Links(Lake lake) {
        this.lake = lake;
    }

    /** A key of a table. */
    private record Key(TableProfile table, ColumnProfile column) {}

    /**
     * The best link of each column that has one, tables and columns in their order. Where two tables have the same key values, each
     * links to the other.
     */
    public List<ColumnLink> find(List<TableProfile> tables) {
        List<Key> keys = new ArrayList<>();
        for (TableProfile table : tables) {
            for (String key : table.keys()) {
                table.find(key).filter(Links::mayLink).ifPresent(column -> keys.add(new Key(table, column)));
            }
        }
        List<ColumnLink> links = new ArrayList<>();
        for (TableProfile table : tables) {
            for (ColumnProfile column : table.columns()) {
                if (mayLink(column)) {
                    best(table, column, keys).ifPresent(links::add);
                }
            }
        }
        return links;
    }

    private static boolean mayLink(ColumnProfile column) {
        return switch (column.type()) {
            case IDENTIFIER, INTEGER, CATEGORY -> column.distinct() >= 2;
            case TEXT -> column.meanLength() <= LONGEST && column.distinct() >= 2;
            case NUMBER, BOOLEAN, TIME, EMPTY -> false;
        };
    }

    private Optional<ColumnLink> best(TableProfile table, ColumnProfile column, List<Key> keys) {
        return keys.stream()
                .filter(key -> !key.table().name().equals(table.name()) && isPlausible(table, column, key))
                .map(key -> new ColumnLink(
                        table.name(),
                        column.name(),
                        key.table().name(),
                        key.column().name(),
                        coverage(table, column, key)))
                .filter(link -> link.coverage() >= LEAST_COVERAGE)
                .max(Comparator.<ColumnLink>comparingInt(
                                link -> nameMatch(link.column(), link.toTable(), link.toColumn()))
                        .thenComparingDouble(ColumnLink::coverage)
                        .thenComparing(ColumnLink::toTable, Comparator.reverseOrder())
                        .thenComparing(ColumnLink::toColumn, Comparator.reverseOrder()));
    }

    /** Small whole numbers are found in any numbering: there the names must agree, or many large values. */
    private static boolean isPlausible(TableProfile table, ColumnProfile column, Key key) {
        if (column.distinct() > key.column().distinct() / LEAST_COVERAGE) {
            return false;
        }
        boolean named =
                nameMatch(column.name(), key.table().name(), key.column().name()) > 0;
        if (named) {
            return true;
        }
        if (column.type() == ColumnType.INTEGER || isNumbering(key.column())) {
            return column.type() == ColumnType.IDENTIFIER
                    && !isNumbering(key.column())
                    && column.distinct() >= MANY_NUMBERS
                    && column.distinct() >= KEY_SHARE * key.column().distinct();
        }
        return column.distinct() >= FEW_VALUES
                && column.distinct()
                        >= KEY_SHARE * Math.min(table.rows(), key.column().distinct());
    }

    /** Whether the key is a run of small whole numbers. */
    private static boolean isNumbering(ColumnProfile key) {
        return key.top().stream().allMatch(value -> value.value().matches("\\d{1,9}"))
                && key.meanLength() <= 1 + Math.log10(Math.max(1, 2.0 * key.distinct()));
    }

    /** 2 for {@code customer_id} to {@code customers.id} or an equal name that says which thing, 1 for an equal name. */
    private static int nameMatch(String column, String toTable, String toColumn) {
        List<String> from = new ColumnName(column).words();
        List<String> to = new ColumnName(toColumn).words();
        String thing = singular(toTable.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", ""));
        String joined = String.join("", from);
        boolean equal = joined.equals(String.join("", to));
        boolean namesTable =
                joined.equals(thing + String.join("", to)) || joined.equals(thing) || joined.equals(thing + "id");
        boolean bare = to.size() == 1 && to.get(0).length() <= 3;
        return namesTable || (equal && !bare) ? 2 : equal && !to.isEmpty() ? bare ? 0 : 1 : 0;
    }

    private static String singular(String table) {
        if (table.endsWith("ies")) {
            return table.substring(0, table.length() - 3) + "y";
        }
        return table.endsWith("s") ? table.substring(0, table.length() - 1) : table;
    }

    private double coverage(TableProfile table, ColumnProfile column, Key key) {
        List<String> look =
                column.top().stream().map(ValueCount::value).limit(LOOK).toList();
        String keys = values(key.table(), key.column());
        if (!look.isEmpty()) {
            String sql = "SELECT count(*) FROM (" + keys + ") WHERE k IN ("
                    + look.stream().map(Engine::literal).collect(Collectors.joining(", ")) + ")";
            long seen = lake.engine().first(sql, row -> row.getLong(1)).orElse(0L);
            if (seen < (LEAST_COVERAGE - 0.1) * look.size()) {
                return 0;
            }
        }
        String sql = "SELECT count(*), count(found.k) FROM (" + values(table, column) + ") AS given LEFT JOIN (" + keys
                + ") AS found ON given.k = found.k";
        return lake.engine()
                .first(sql, row -> row.getLong(1) == 0 ? 0.0 : (double) row.getLong(2) / row.getLong(1))
                .orElse(0.0);
    }

    /** Distinct values; 3.0 and 3 are the same. */
    private String values(TableProfile table, ColumnProfile column) {
        RawTable raw = RawTable.of(lake, table.raw());
        RawColumn stored = raw.columns().get(table.columns().indexOf(column));
        Target target = new Target(stored, Reading.of(column), true);
        return "SELECT DISTINCT regexp_replace(t, '^([+-]?[0-9]+)\\.0+$', '\\1') AS k FROM ("
                + LongForm.present(List.of(target), raw.from()) + ") WHERE t IS NOT NULL";
    }
}
