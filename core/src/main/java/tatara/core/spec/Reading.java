package tatara.core.spec;

import java.util.List;

/**
 * How one part of the Spec was read.
 *
 * @param part the part, such as {@code target}
 * @param value what was read
 * @param because words of the sentence, columns and values that led to it
 * @param rejected other readings, each with what spoke against it
 */
public record Reading(String part, String value, List<String> because, List<String> rejected) {}
