package tatara.serve.rest;

/**
 * A loaded version of a model.
 *
 * @param key content key of its bundle
 */
public record LiveModel(String name, int version, String key, ServedModel model) {}
