package tatara.pipeline.outcome;

import java.util.List;
import tatara.core.design.Decision;
import tatara.core.design.Design;
import tatara.core.design.Specialist;

/**
 * A hand-off as it was used.
 *
 * @param design what was decided
 * @param key content key of the design
 * @param edited whether a person changed it
 */
public record HandoffRecord(
        Specialist specialist, Design design, String key, boolean edited, List<Decision> decisions) {}
