package tatara.core.design;

/**
 * One measurement that a decision rests on.
 *
 * @param measure what was measured, such as {@code missing share of TotalCharges}
 * @param value its value, as text
 * @param source where it comes from: a profile, an evaluation, the requirement
 */
public record Evidence(String measure, String value, String source) {}
