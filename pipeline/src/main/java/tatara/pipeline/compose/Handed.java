package tatara.pipeline.compose;

import tatara.core.design.Design;
import tatara.pipeline.outcome.HandoffRecord;

/**
 * A hand-off in use.
 *
 * @param design what was decided
 * @param record its key, its decisions, whether a person edited it
 */
public record Handed<D extends Design>(D design, HandoffRecord record) {
    /** Content key of the design: the same as long as nothing but comments and reasons changed. */
    public String key() {
        return record.key();
    }
}
