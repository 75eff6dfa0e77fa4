package tatara.pipeline.outcome;

import java.util.List;
import tatara.core.design.TableContract;
import tatara.data.schema.CellReading;
import tatara.data.schema.SchemaChange;

/**
 * A line of {@code pipelines/NAME/contracts.jsonl}: the contract of a table from a moment on, or what was found and refused.
 *
 * @param when ISO-8601
 * @param what {@code inferred}, {@code edited}, {@code evolved}, {@code refused} (the contract stays as it was) or {@code forgotten}
 * @param compatibility of the schema changes together, {@code full} if there are none
 * @param changes of the columns since the line before
 * @param made key of the evidence that the contract was inferred from; empty if it was not
 * @param columns how cells are read
 */
public record ContractEntry(
        String when,
        String table,
        String what,
        String why,
        SchemaChange.Compatibility compatibility,
        List<SchemaChange> changes,
        String made,
        TableContract contract,
        List<CellReading> columns) {}
