package tatara.data.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tatara.core.evidence.PersonalData.Kind;

/** Names of persons: by their shape and by words that are often first or last names; the column's name helps or hinders. */
final class PersonNames {
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}][\\p{L}\\p{M}'’.-]*");
    private static final Pattern HAN =
            Pattern.compile("[\\p{IsHan}々]{1,4}[ 　]?[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]{1,4}");
    private static final Set<String> TITLES =
            Set.of("mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "mme", "sir", "jr", "sr", "rev", "master");
    private static final int LEAST_VALUES = 5;
    private static final int MANY_VALUES = 15;

    private PersonNames() {}

    static Optional<Finding> look(LookedAt column) {
        if (column.values().size() < LEAST_VALUES || column.profile().meanLength() > 60) {
            return Optional.empty();
        }
        double organisations = column.share(PersonNames::isOrganisation);
        if (organisations > 0.05) {
            return Optional.empty();
        }
        double han = column.share(PersonNames::isJapanese);
        if (han >= 0.5) {
            return Optional.of(Finding.cells(Kind.NAME, han, 0.9, "begin with a Japanese family name"));
        }
        return full(column).or(() -> single(column));
    }

    /** Two to five words, nearly all of them capitalised words, and often a known one among them. */
    private static Optional<Finding> full(LookedAt column) {
        double shaped = column.share(PersonNames::isFullName);
        if (shaped < 0.7) {
            return Optional.empty();
        }
        boolean hindered = elsewhere(column);
        boolean named = says(column);
        double known = column.share(text -> isFullName(text) && hasKnown(text));
        double both = column.share(text -> isFullName(text) && hasFirst(text) && hasKnown(text));
        double least = named ? 0.2 : hindered ? 0.85 : 0.5;
        boolean enough = named || column.values().size() >= MANY_VALUES;
        boolean first = named || both >= (hindered ? 0.6 : 0.35);
        return known >= least && first && enough
                ? Optional.of(Finding.cells(
                        Kind.NAME,
                        known,
                        named ? 0.95 : 0.75 + 0.2 * known,
                        "have the shape of a person's name and a known first or family name"))
                : Optional.empty();
    }

    private static Optional<Finding> single(LookedAt column) {
        double words =
                column.share(text -> text.length() > 1 && TOKEN.matcher(text).matches());
        if (words < 0.9 || elsewhere(column)) {
            return Optional.empty();
        }
        boolean firstNamed = column.contains("firstname", "givenname", "forename", "vorname", "prenom", "nombre")
                || column.profile().name().equalsIgnoreCase("first");
        boolean lastNamed = column.contains("surname", "lastname", "familyname", "nachname", "apellido", "nomdefamille")
                || column.profile().name().equalsIgnoreCase("last");
        double first = column.share(text -> WordList.firstNames().contains(lower(text)));
        double last = column.share(text -> WordList.lastNames().contains(lower(text)));
        if (first >= (firstNamed ? 0.2 : says(column) ? 0.35 : 0.6)
                && (firstNamed || column.values().size() >= MANY_VALUES)) {
            return Optional.of(Finding.cells(Kind.NAME, first, firstNamed ? 0.97 : 0.8, "are known first names"));
        }
        if (last >= (lastNamed ? 0.08 : says(column) ? 0.35 : 0.6)
                && (lastNamed || column.values().size() >= MANY_VALUES)) {
            return Optional.of(Finding.cells(Kind.NAME, last, lastNamed ? 0.97 : 0.8, "are known family names"));
        }
        return Optional.empty();
    }

    private static boolean says(LookedAt column) {
        return column.says(
                        "name",
                        "names",
                        "person",
                        "customer",
                        "employee",
                        "patient",
                        "author",
                        "director",
                        "actor",
                        "contact",
                        "owner",
                        "driver",
                        "agent",
                        "manager",
                        "passenger",
                        "student",
                        "teacher",
                        "doctor")
                && !elsewhere(column);
    }

    /** Whether the column's name says that these are names of something else. */
    private static boolean elsewhere(LookedAt column) {
        return column.says(
                "city",
                "town",
                "state",
                "country",
                "county",
                "street",
                "address",
                "company",
                "product",
                "brand",
                "brewery",
                "hospital",
                "school",
                "shop",
                "store",
                "title",
                "species",
                "file",
                "table",
                "region",
                "zone",
                "neighborhood",
                "neighbourhood",
                "team",
                "club",
                "model",
                "place",
                "station",
                "county",
                "measure",
                "location",
                "borough",
                "sex",
                "gender",
                "month",
                "language",
                "genre",
                "category",
                "type",
                "style");
    }

    private static List<String> tokens(String text) {
        return Arrays.stream(text.replaceAll("\\([^)]*\\)|\"[^\"]*\"", " ").split("[\\s,]+"))
                .filter(token -> !token.isEmpty())
                .filter(token -> !TITLES.contains(lower(token)))
                .toList();
    }

    private static boolean isFullName(String text) {
        List<String> tokens = tokens(text);
        if (tokens.size() < 2 || tokens.size() > 6 || text.chars().anyMatch(Character::isDigit)) {
            return false;
        }
        return tokens.stream().allMatch(token -> TOKEN.matcher(token).matches())
                && tokens.stream()
                                .filter(token -> Character.isUpperCase(token.charAt(0)))
                                .count()
                        >= 2;
    }

    private static boolean hasFirst(String text) {
        return tokens(text).stream().anyMatch(token -> WordList.firstNames().contains(lower(token)));
    }

    private static boolean hasKnown(String text) {
        return tokens(text).stream()
                .map(PersonNames::lower)
                .anyMatch(token -> WordList.firstNames().contains(token)
                        || WordList.lastNames().contains(token));
    }

    private static boolean isOrganisation(String text) {
        return Arrays.stream(text.split("[^\\p{L}]+"))
                .anyMatch(word -> WordList.organisations().contains(word.toLowerCase(Locale.ROOT))
                        || word.equals("of")
                        || word.equals("the")
                        || word.equals("The"));
    }

    private static boolean isJapanese(String text) {
        if (!HAN.matcher(text).matches()) {
            return false;
        }
        for (int length = Math.min(3, text.length() - 1); length >= 1; length--) {
            if (WordList.lastNames().contains(text.substring(0, length))) {
                return true;
            }
        }
        return false;
    }

    private static String lower(String token) {
        return token.toLowerCase(Locale.ROOT).replaceAll("[.'’]+$", "").replaceAll("^[.'’]+", "");
    }
}
