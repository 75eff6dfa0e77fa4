package tatara.core.design;

import java.util.List;

/**
 * One decision of a specialist.
 *
 * @param what what was decided
 * @param why the reason
 * @param evidence the measurements behind it
 */
public record Decision(String what, String why, List<Evidence> evidence) {}
