package tatara.data.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.evidence.CandidateKey;
import tatara.core.evidence.ColumnStructure;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.Dependency;
import tatara.core.evidence.Outliers;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableStructure;
import tatara.data.lake.Lake;

/**
 * Looks deeper into a profiled table (D5): missing patterns, associations, keys, functional dependencies, outliers, the structure of
 * texts and times. Tables of at most 100,000 rows (fewer if they have more than 120 columns) are looked at whole; of others about so
 * many rows, chosen by a hash of their position, and what they suggest of keys and dependencies is measured on all rows. Memory and
 * time are bounded for any size; what is left out is told in the notes. Same rows, same result. Thread-safe.
 */
public final class StructureProfiler {
    private final Lake lake;

    public StructureProfiler(Lake lake) {
        this.lake = lake;
    }

    /** Without a say on what is the future. */
    public TableStructure structure(TableProfile profile) {
        return structure(profile, Optional.empty());
    }

    /** @param asOf times after it are counted as future */
    public TableStructure structure(TableProfile profile, Optional<Instant> asOf) {
        return of(RawTable.of(lake, profile.raw()), profile, asOf);
    }

    static TableStructure of(RawTable raw, TableProfile profile, Optional<Instant> asOf) {
        LookedTable table = LookedTable.of(raw, profile);
        List<String> notes = new ArrayList<>();
        Outlying outlying = new Outlying(table);
        List<ColumnStructure> columns = columns(table, raw, asOf, outlying);
        Associations associations = Associations.of(table, notes);
        List<CandidateKey> keys = new Keys(table, profile).find(notes);
        List<Dependency> dependencies = new Dependencies(table).find(notes);
        if (!table.exact()) {
            Confirmation confirmation = new Confirmation(raw, profile);
            keys = confirmation.keys(keys);
            dependencies = confirmation.dependencies(dependencies);
        }
        return new TableStructure(
                profile.name(),
                profile.rows(),
                table.rows(),
                table.exact(),
                asOf,
                columns,
                Missing.of(table),
                associations.strongest(),
                associations.matrix(),
                keys,
                dependencies,
                Inclusions.of(table),
                outlying.rows(),
                List.copyOf(notes));
    }

    private static List<ColumnStructure> columns(
            LookedTable table, RawTable raw, Optional<Instant> asOf, Outlying outlying) {
        Map<Integer, Outliers> outliers = outlying.columns(raw);
        List<ColumnStructure> columns = new ArrayList<>(table.columns().size());
        for (LookedColumn column : table.columns()) {
            boolean text = !column.isNumeric() && column.type() != ColumnType.BOOLEAN;
            columns.add(new ColumnStructure(
                    column.name(),
                    Optional.ofNullable(outliers.get(column.raw().index())),
                    text ? TextForms.of(column) : Optional.empty(),
                    column.type() == ColumnType.TIME ? TimeForms.of(column, raw, asOf) : Optional.empty()));
        }
        return List.copyOf(columns);
    }
}
