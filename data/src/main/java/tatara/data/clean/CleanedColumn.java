package tatara.data.clean;

import java.util.List;
import java.util.Optional;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.Mending;

/**
 * What was done to a column.
 *
 * @param missing cells without a value in the source
 * @param missingTokens how those are written, beside the empty cell
 * @param mended cells read in another form
 * @param leftOut cells that fit in no form
 * @param mending the rules, as a data contract holds them
 * @param why how the column is read, for people
 */
public record CleanedColumn(
        String name,
        ColumnType type,
        long missing,
        List<String> missingTokens,
        long mended,
        long leftOut,
        Optional<Mending> mending,
        String why) {}
