package tatara.pipeline;

import java.util.List;
import tatara.core.design.Decision;
import tatara.core.design.Specialist;

/**
 * A hand-off as it was used.
 *
 * @param key content key of its design
 * @param edited whether a person changed it
 */
public record HandoffRecord(Specialist specialist, String key, boolean edited, List<Decision> decisions) {}
