package tatara.serve.journal;

import tatara.core.json.Json;

/**
 * A true outcome.
 *
 * @param id the prediction's
 * @param value a string, a number or a truth value
 */
public record Label(String id, Json value) {}
