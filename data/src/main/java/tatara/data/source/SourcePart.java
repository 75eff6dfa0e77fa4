package tatara.data.source;

import java.util.List;
import tatara.core.evidence.SourceFile;

/**
 * One file of a source table.
 *
 * @param columns its columns in the file's order, names made distinct
 */
public record SourcePart(SourceFile file, Dialect dialect, List<String> columns) {
    public SourcePart {
        columns = List.copyOf(columns);
    }
}
