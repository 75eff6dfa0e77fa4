package tatara.data.clean;

import java.util.List;
import tatara.core.evidence.SourceAudit;

/**
 * A cleaned table.
 *
 * @param rows of the cleaned table
 * @param columns in table order
 */
public record Cleaned(long rows, SourceAudit source, List<CleanedColumn> columns) {}
