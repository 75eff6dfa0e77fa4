package tatara.core.evidence;

import java.util.List;

/**
 * All that phase 1 measured about the data, with the target known.
 *
 * @param tables profiles, the main table first
 * @param links foreign keys between tables
 * @param suspects columns of the main table that should not be features
 * @param personal personal data found in the tables' columns
 */
public record DataEvidence(
        List<TableProfile> tables, List<ColumnLink> links, List<Suspect> suspects, List<PersonalData> personal) {
    /** Evidence in whose tables nobody looked for personal data. */
    public DataEvidence(List<TableProfile> tables, List<ColumnLink> links, List<Suspect> suspects) {
        this(tables, links, suspects, List.of());
    }

    /** Personal data found in a table, in the order of its columns. */
    public List<PersonalData> personal(String table) {
        return personal.stream().filter(found -> found.table().equals(table)).toList();
    }

    public TableProfile main() {
        return tables.get(0);
    }
}
