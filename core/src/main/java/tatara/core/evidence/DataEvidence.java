package tatara.core.evidence;

import java.util.List;
import java.util.Optional;

/**
 * All that phase 1 measured about the data, with the target known.
 *
 * @param tables profiles, the main table first
 * @param links foreign keys between tables
 * @param suspects columns of the main table that should not be features
 * @param personal personal data found in the tables' columns
 * @param shapes what the rows of each table have in common, in the order of the tables; empty if not measured
 */
public record DataEvidence(
        List<TableProfile> tables,
        List<ColumnLink> links,
        List<Suspect> suspects,
        List<PersonalData> personal,
        List<TableShape> shapes) {
    /** Evidence in whose tables nobody looked for personal data or shapes. */
    public DataEvidence(List<TableProfile> tables, List<ColumnLink> links, List<Suspect> suspects) {
        this(tables, links, suspects, List.of(), List.of());
    }

    /** Personal data found in a table, in the order of its columns. */
    public List<PersonalData> personal(String table) {
        return personal.stream().filter(found -> found.table().equals(table)).toList();
    }

    /** The shape of a table, if it was measured. */
    public Optional<TableShape> shape(String table) {
        return shapes.stream().filter(shape -> shape.table().equals(table)).findFirst();
    }

    public TableProfile main() {
        return tables.get(0);
    }
}
