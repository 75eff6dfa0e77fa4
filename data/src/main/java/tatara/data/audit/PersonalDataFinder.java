package tatara.data.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.PersonalData;
import tatara.core.evidence.PersonalData.Kind;
import tatara.core.evidence.PersonalData.Place;
import tatara.core.evidence.TableProfile;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;

/**
 * Finds personal data in a table (D1) by its values: forms, check digits, dictionaries of names; a column's name supports or hinders,
 * and decides alone only for dates of birth and coordinates, which look like others. Values are looked at and not kept.
 *
 * <p>Of each column at most 2,000 distinct values are looked at, from a sample of about 50,000 rows spread evenly over the table; the
 * same on every run. Thread-safe.
 */
public final class PersonalDataFinder {
    private static final long SAMPLED_ROWS = 50_000;
    private static final int MOST_VALUES = 2_000;
    private static final int LONGEST = 2_000;
    private static final int SHORTEST_NUMBER = 8;

    private final Lake lake;

    public PersonalDataFinder(Lake lake) {
        this.lake = lake;
    }

    /** At most one find a kind and column, in the order of the columns, the surest first. */
    public List<PersonalData> find(TableProfile table) {
        List<PersonalData> found = new ArrayList<>();
        for (ColumnProfile column : table.columns()) {
            Map<Kind, Finding> byKind = new LinkedHashMap<>();
            for (Finding finding : look(table, column)) {
                byKind.merge(
                        finding.kind(), finding, (old, other) -> old.confidence() >= other.confidence() ? old : other);
            }
            boolean whole = byKind.values().stream().anyMatch(finding -> finding.place() == Place.CELL);
            byKind.values().stream()
                    .filter(finding -> !whole || finding.place() == Place.CELL)
                    .map(finding -> finding.in(table.name(), column.name()))
                    .forEach(found::add);
        }
        return List.copyOf(found);
    }

    private List<Finding> look(TableProfile table, ColumnProfile column) {
        Optional<Finding> gender = WhereAndWho.gender(column);
        if (gender.isPresent()) {
            return List.of(gender.get());
        }
        Optional<Finding> birth = WhereAndWho.birth(LookedAt.of(column, List.of()));
        if (birth.isPresent()) {
            return List.of(birth.get());
        }
        if (!isWorthALook(column)) {
            return List.of();
        }
        LookedAt looked = LookedAt.of(column, values(table, column));
        List<Finding> accounts = new ArrayList<>(Accounts.look(looked));
        if (!accounts.isEmpty()) {
            return accounts;
        }
        List<Finding> found = new ArrayList<>(Contacts.look(looked));
        NationalIds.look(looked).ifPresent(found::add);
        found.addAll(WhereAndWho.look(looked));
        if (column.type() != ColumnType.NUMBER && column.type() != ColumnType.INTEGER && found.isEmpty()) {
            PersonNames.look(looked).ifPresent(found::add);
        }
        if (column.type().kind() == tatara.core.frame.Kind.TEXT) {
            found.addAll(Mentions.look(looked));
        }
        return found;
    }

    private static boolean isWorthALook(ColumnProfile column) {
        boolean coordinates = LookedAt.of(column, List.of()).says("lat", "latitude", "lon", "lng", "long", "longitude");
        return switch (column.type()) {
            case TEXT, CATEGORY, IDENTIFIER -> column.distinct() >= 2;
            case INTEGER -> column.distinct() >= 3 && column.meanLength() >= SHORTEST_NUMBER;
            case NUMBER -> coordinates;
            case BOOLEAN, TIME, EMPTY -> false;
        };
    }

    private List<String> values(TableProfile table, ColumnProfile column) {
        long step = Math.max(1, table.rows() / SAMPLED_ROWS);
        String name = Engine.quote(column.name());
        String sql = "SELECT v FROM (SELECT trim(CAST(" + name + " AS VARCHAR)) AS v, min(" + Lake.ROW
                + ") AS first FROM "
                + lake.from(table.raw()) + " WHERE " + name + " IS NOT NULL AND " + Lake.ROW + " % " + step
                + " = 0 GROUP BY 1) WHERE v <> '' AND length(v) <= " + LONGEST + " ORDER BY first LIMIT " + MOST_VALUES;
        List<String> missing = column.format().missing();
        return lake.engine().query(sql, row -> row.getString(1)).stream()
                .filter(value -> !missing.contains(value))
                .toList();
    }
}
