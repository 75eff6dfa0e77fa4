package tatara.data.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Texts after numbers that mean the same unit, another unit of the same quantity, or thousands and millions. */
final class Units {
    private static final Map<String, Double> MULTIPLIERS = Map.ofEntries(
            Map.entry("k", 1e3),
            Map.entry("K", 1e3),
            Map.entry("thousand", 1e3),
            Map.entry("tsd", 1e3),
            Map.entry("m", 1e6),
            Map.entry("M", 1e6),
            Map.entry("mn", 1e6),
            Map.entry("mln", 1e6),
            Map.entry("mio", 1e6),
            Map.entry("million", 1e6),
            Map.entry("millions", 1e6),
            Map.entry("B", 1e9),
            Map.entry("b", 1e9),
            Map.entry("bn", 1e9),
            Map.entry("mrd", 1e9),
            Map.entry("billion", 1e9),
            Map.entry("billions", 1e9),
            Map.entry("trillion", 1e12),
            Map.entry("lakh", 1e5),
            Map.entry("crore", 1e7));
    private static final Set<String> PLAIN_MULTIPLIERS = Set.of("k", "K");

    /** @param factor how many of the quantity's smallest unit */
    private record Unit(String quantity, double factor) {}

    private static final Map<String, Unit> KNOWN = known();

    private Units() {}

    private static Map<String, Unit> known() {
        Map<String, Unit> units = new HashMap<>();
        put(units, "mass", 1, "g gr gram grams gramme");
        put(units, "mass", 1e-3, "mg");
        put(units, "mass", 1e3, "kg kgs kilo kilos kilogram kilograms");
        put(units, "mass", 1e6, "t ton tons tonne tonnes");
        put(units, "mass", 28.349523125, "oz ounce ounces");
        put(units, "mass", 453.59237, "lb lbs pound pounds");
        put(units, "length", 1, "m metre metres meter meters");
        put(units, "length", 1e-3, "mm");
        put(units, "length", 1e-2, "cm");
        put(units, "length", 1e3, "km kms kilometre kilometres kilometer kilometers");
        put(units, "length", 0.0254, "in inch inches");
        put(units, "length", 0.3048, "ft foot feet");
        put(units, "length", 0.9144, "yd yard yards");
        put(units, "length", 1609.344, "mi mile miles");
        put(units, "duration", 1e-3, "ms");
        put(units, "duration", 1, "s sec secs second seconds");
        put(units, "duration", 60, "min mins minute minutes");
        put(units, "duration", 3600, "h hr hrs hour hours");
        put(units, "duration", 86_400, "d day days");
        put(units, "volume", 1, "l liter liters litre litres");
        put(units, "volume", 1e-3, "ml");
        put(units, "volume", 1e-2, "cl");
        put(units, "volume", 3.785411784, "gal gallon gallons");
        put(units, "share", 1, "% percent pct");
        put(units, "people", 1, "person persons people");
        return units;
    }

    private static void put(Map<String, Unit> units, String quantity, double factor, String names) {
        for (String name : names.split(" ")) {
            units.put(name, new Unit(quantity, factor));
        }
    }

    /**
     * Factors of thousands and millions, if that is what the texts are: words, a currency before the number, several different ones, or
     * {@code k}. A single letter alone may be anything else.
     */
    static Map<String, Double> multipliers(Collection<String> suffixes, boolean currency) {
        Map<String, Double> found = new TreeMap<>();
        boolean words = false;
        for (String suffix : suffixes) {
            String word = suffix.length() > 1 ? suffix.toLowerCase(Locale.ROOT).replace(".", "") : suffix;
            Double factor = MULTIPLIERS.get(word);
            if (factor != null) {
                found.put(suffix, factor);
                words |= word.length() > 1;
            }
        }
        long different = found.values().stream().distinct().count();
        boolean sure = words || currency || different > 1 || PLAIN_MULTIPLIERS.containsAll(found.keySet());
        return sure ? found : Map.of();
    }

    /** Factors, in units of {@code main}, of other texts that name a unit of the same quantity. */
    static Map<String, Double> besides(String main, Collection<String> suffixes) {
        Map<String, Double> found = new LinkedHashMap<>();
        for (String suffix : new TreeSet<>(suffixes)) {
            if (!suffix.equals(main)) {
                factor(main, suffix).ifPresent(factor -> found.put(suffix, factor));
            }
        }
        return found;
    }

    private static Optional<Double> factor(String main, String other) {
        String one = word(main);
        String two = word(other);
        if (one.isEmpty() || two.isEmpty()) {
            return Optional.empty();
        }
        if (one.equals(two) && (one.length() > 1 || main.equals(other) || KNOWN.containsKey(one))) {
            return Optional.of(1.0);
        }
        Unit first = KNOWN.get(one);
        Unit second = KNOWN.get(two);
        return first == null || second == null || !first.quantity().equals(second.quantity())
                ? Optional.empty()
                : Optional.of(second.factor() / first.factor());
    }

    /** The first word, in lower case and without its point; empty if something else comes first. */
    private static String word(String suffix) {
        List<String> letters = new ArrayList<>();
        for (int i = 0; i < suffix.length() && (Character.isLetter(suffix.charAt(i)) || suffix.charAt(i) == '%'); i++) {
            letters.add(suffix.substring(i, i + 1));
        }
        return String.join("", letters).toLowerCase(Locale.ROOT);
    }
}
