package tatara.core.evidence;

/**
 * What a gate measured.
 *
 * @param id gate id, such as {@code data.min-rows}
 * @param passed whether the value keeps to the limit
 * @param value measured
 * @param limit demanded
 * @param blocks whether a failure stops the run
 * @param message for people: what was measured on what, and what to do if it failed
 */
public record GateResult(String id, boolean passed, double value, double limit, boolean blocks, String message) {}
