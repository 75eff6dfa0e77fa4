package tatara.core.remote;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/**
 * A place in an object store: {@code SCHEME://CONTAINER/KEY?OPTION=VALUE&…}. Container and key are taken as they stand, so that a key may hold
 * spaces, {@code %}, {@code +} and {@code #}; what follows the last {@code ?} are the options. A key with a {@code ?} is written with
 * another one at its end. Values of options may be percent-encoded.
 *
 * @param scheme in lower case
 * @param container bucket or container
 * @param key without a leading slash; empty for the whole container; a folder's ends with a slash
 * @param options by name
 */
public record ObjectLocation(String scheme, String container, String key, Map<String, String> options) {
    public ObjectLocation {
        options = java.util.Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /**
     * @param known names that options may have
     * @throws TataraException if the container is missing, or an option is unknown or has no value; shows no option's value
     */
    public static ObjectLocation parse(String location, Set<String> known) {
        int colon = location.indexOf("://");
        if (colon < 1) {
            throw malformed("not a location of an object store: " + location, "SCHEME://CONTAINER/KEY");
        }
        String scheme = location.substring(0, colon).toLowerCase(Locale.ROOT);
        int mark = location.lastIndexOf('?');
        String place = location.substring(colon + 3, mark < 0 ? location.length() : mark);
        int slash = place.indexOf('/');
        String container = slash < 0 ? place : place.substring(0, slash);
        if (container.isBlank()) {
            throw malformed("the location names no container: " + scheme + "://" + place, scheme + "://CONTAINER/KEY");
        }
        Map<String, String> options = mark < 0 ? Map.of() : options(location.substring(mark + 1), place, known);
        return new ObjectLocation(scheme, container, slash < 0 ? "" : place.substring(slash + 1), options);
    }

    private static Map<String, String> options(String text, String place, Set<String> known) {
        Map<String, String> options = new TreeMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (pair.isEmpty()) {
                continue;
            }
            if (!known.contains(name) || equals < 0) {
                String names = known.stream().sorted().collect(Collectors.joining(", "));
                throw malformed(
                        (equals < 0 ? "an option without a value: " : "an option that is not known: ") + name + " of "
                                + place,
                        "NAME=VALUE with one of " + names
                                + "; a key with a ? in it is written with another ? at its end");
            }
            options.put(name, decoded(pair.substring(equals + 1), name));
        }
        return options;
    }

    private static String decoded(String value, String name) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("the option " + name + " is not percent-encoded as it should be", "%XX for each odd byte");
        }
    }

    private static TataraException malformed(String what, String expected) {
        return new TataraException(
                RemoteErrorCode.LOCATION_MALFORMED,
                Fault.of(what).expecting(expected).todo("Correct the location"));
    }

    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** Whether an option stands there as {@code true}. */
    public boolean isSet(String name) {
        return option(name).map(value -> value.equalsIgnoreCase("true")).orElse(false);
    }

    /** The same store, with another key. */
    public ObjectLocation at(String otherKey) {
        return new ObjectLocation(scheme, container, otherKey, options);
    }

    /** Without the options: {@code SCHEME://CONTAINER/KEY}. */
    public String place() {
        return scheme + "://" + container + "/" + key;
    }

    /** The text that {@link #parse} reads as this; options that are references stay references. */
    @Override
    public String toString() {
        String written = options.entrySet().stream()
                .map(option -> option.getKey() + "=" + encoded(option.getValue()))
                .collect(Collectors.joining("&"));
        return place() + (written.isEmpty() && key.indexOf('?') < 0 ? "" : "?" + written);
    }

    private static String encoded(String value) {
        return value.replace("%", "%25").replace("&", "%26").replace("?", "%3F");
    }
}
