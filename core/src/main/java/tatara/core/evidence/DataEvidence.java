package tatara.core.evidence;

import java.util.List;

/**
 * All that phase 1 measured about the data, with the target known.
 *
 * @param tables profiles, the main table first
 * @param links foreign keys between tables
 * @param suspects columns of the main table that should not be features
 */
public record DataEvidence(List<TableProfile> tables, List<ColumnLink> links, List<Suspect> suspects) {
    public TableProfile main() {
        return tables.get(0);
    }
}
