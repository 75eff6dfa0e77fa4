package tatara.data.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.PersonalData.Kind;
import tatara.core.evidence.TimeSummary;
import tatara.core.evidence.ValueCount;

/** Postal addresses, coordinates, dates of birth and gender. */
final class WhereAndWho {
    private static final Pattern HOUSE_FIRST = Pattern.compile("\\d{1,6}[A-Za-z]?(?:[-/]\\d+)?,? +\\p{L}.*");
    private static final Pattern HOUSE_LAST = Pattern.compile("\\p{L}.*[ .]\\d{1,5} ?[A-Za-z]?(?:,.*)?");
    private static final Pattern BOX = Pattern.compile("(?i)p\\.? ?o\\.? ?box +\\d+.*");
    private static final Pattern JAPANESE = Pattern.compile("(?:〒?\\d{3}-?\\d{4}\\s*)?.{1,4}[都道府県].{1,8}[市区町村郡].*");
    private static final Pattern STREET_END = Pattern.compile("(?i).*(straße|strasse|str\\.|weg|gasse|platz|allee)");
    private static final Pattern PAIR = Pattern.compile("\\(?[+-]?\\d{1,2}\\.\\d{3,},\\s*[+-]?\\d{1,3}\\.\\d{3,}\\)?");
    private static final Pattern FINE = Pattern.compile("[+-]?\\d{1,3}\\.\\d{3,}");
    private static final Set<String> GENDERS = Set.of(
            "m",
            "f",
            "male",
            "female",
            "man",
            "woman",
            "men",
            "women",
            "boy",
            "girl",
            "männlich",
            "weiblich",
            "divers",
            "d",
            "homme",
            "femme",
            "hombre",
            "mujer",
            "masculino",
            "femenino",
            "masculin",
            "féminin",
            "w",
            "x",
            "other",
            "unknown",
            "non-binary",
            "nonbinary",
            "男",
            "女",
            "男性",
            "女性",
            "その他",
            "u",
            "prefer not to say");
    private static final Set<String> CLEAR =
            Set.of("male", "female", "männlich", "weiblich", "男性", "女性", "男", "女", "homme", "femme", "hombre", "mujer");
    private static final int MOST_GENDERS = 8;

    private WhereAndWho() {}

    static List<Finding> look(LookedAt column) {
        List<Finding> found = new ArrayList<>();
        address(column).ifPresent(found::add);
        coordinates(column).ifPresent(found::add);
        return found;
    }

    private static Optional<Finding> address(LookedAt column) {
        double share = column.share(WhereAndWho::isAddress);
        boolean named = column.contains("address", "street", "adresse", "anschrift", "住所", "direccion");
        boolean enough = column.values().size() >= (named ? 3 : 10);
        return share >= (named ? 0.3 : 0.6) && enough
                ? Optional.of(
                        Finding.cells(Kind.ADDRESS, share, named ? 0.95 : 0.85, "have the form of a street address"))
                : Optional.empty();
    }

    private static boolean isAddress(String text) {
        if (BOX.matcher(text).matches() || JAPANESE.matcher(text).matches()) {
            return true;
        }
        if (text.length() > 150
                || !(HOUSE_FIRST.matcher(text).matches()
                        || HOUSE_LAST.matcher(text).matches())) {
            return false;
        }
        return Arrays.stream(text.split("[\\s,]+"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .anyMatch(word -> WordList.streets().contains(word.replaceAll("\\.$", ""))
                        || (word.length() > 5 && STREET_END.matcher(word).matches()));
    }

    /** Coordinates finer than about 100 metres, which is three digits after the point. */
    private static Optional<Finding> coordinates(LookedAt column) {
        double pairs = column.share(text -> PAIR.matcher(text).matches());
        if (pairs >= 0.9 && column.values().size() >= 3) {
            return Optional.of(Finding.cells(Kind.LOCATION, pairs, 0.9, "are pairs of coordinates"));
        }
        boolean latitude = column.says("lat", "latitude");
        boolean longitude = column.says("lon", "lng", "long", "longitude");
        if ((!latitude && !longitude) || column.profile().numbers().isEmpty()) {
            return Optional.empty();
        }
        double limit = latitude ? 90 : 180;
        boolean within = column.profile()
                .numbers()
                .filter(numbers -> numbers.min() >= -limit && numbers.max() <= limit)
                .isPresent();
        double fine = column.share(text -> FINE.matcher(text).matches());
        return within && fine >= 0.5
                ? Optional.of(Finding.cells(
                        Kind.LOCATION,
                        fine,
                        0.85,
                        "are finer than 100 m, and the column's name says that they are coordinates"))
                : Optional.empty();
    }

    /** By the column's name and plausible dates: nothing in a date itself says that someone was born. */
    static Optional<Finding> birth(LookedAt column) {
        boolean named =
                column.contains("birth", "geburt", "naissance", "nacimiento", "生年月日") || column.says("dob", "born");
        if (!named || column.contains("place", "weight", "rate", "order", "country", "city")) {
            return Optional.empty();
        }
        ColumnProfile profile = column.profile();
        boolean dates = profile.times().filter(WhereAndWho::isLifetime).isPresent();
        boolean years = profile.type() == ColumnType.INTEGER
                && profile.numbers()
                        .filter(numbers -> numbers.min() >= 1880 && numbers.max() <= 2035)
                        .isPresent();
        return dates || years
                ? Optional.of(Finding.cells(
                        Kind.BIRTH_DATE, 1, 0.95, "lie within lifetimes, and the column's name says birth"))
                : Optional.empty();
    }

    private static boolean isLifetime(TimeSummary times) {
        String first = times.min().toString();
        String last = times.max().toString();
        return first.compareTo("1880") >= 0 && first.matches("\\d{4}-.*") && last.matches("(19|20[0-3])\\d.*");
    }

    static Optional<Finding> gender(ColumnProfile profile) {
        if (profile.distinct() < 1
                || profile.distinct() > MOST_GENDERS
                || profile.top().isEmpty()) {
            return Optional.empty();
        }
        LookedAt column = LookedAt.of(
                profile, profile.top().stream().map(ValueCount::value).toList());
        boolean named = column.says("gender", "sex", "geschlecht", "sexe", "sexo", "性別") || column.contains("gender");
        double known = column.share(text -> GENDERS.contains(text.toLowerCase(Locale.ROOT)));
        double coded = column.share(text -> text.matches("[0129](\\.0)?"));
        boolean clear = column.count(text -> CLEAR.contains(text.toLowerCase(Locale.ROOT))) >= 2 && known == 1;
        if (clear || (named && Math.max(known, coded) >= 0.6)) {
            return Optional.of(Finding.cells(
                    Kind.GENDER, Math.max(known, coded), named ? 0.97 : 0.85, "are words or codes for gender"));
        }
        return Optional.empty();
    }
}
