package tatara.core.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a table's columns have to do with each other, and how their values are built (D5).
 *
 * @param table table name as the user knows it
 * @param rows rows of the table
 * @param looked rows that were looked at, chosen by a hash of their position where they are not all
 * @param exact whether all rows were looked at
 * @param asOf what counts as the future lies after it; empty if nobody said
 * @param columns in source order
 * @param missing which values are missing together, and where
 * @param associations pairs of columns that say something of each other, strongest first
 * @param matrix the strength of association between columns
 * @param keys columns that tell rows apart, alone or together, least columns first
 * @param dependencies columns that determine another, surest first
 * @param inclusions columns whose values are values of another
 * @param outlyingRows rows with the most unusual numbers, most unusual first
 * @param notes what was left out for the table's size, for people
 */
public record TableStructure(
        String table,
        long rows,
        long looked,
        boolean exact,
        Optional<Instant> asOf,
        List<ColumnStructure> columns,
        MissingStructure missing,
        List<Association> associations,
        AssociationMatrix matrix,
        List<CandidateKey> keys,
        List<Dependency> dependencies,
        List<Inclusion> inclusions,
        List<OutlyingRow> outlyingRows,
        List<String> notes) {}
