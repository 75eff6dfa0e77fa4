package tatara.data.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tatara.core.evidence.PersonalData.Kind;
import tatara.core.evidence.PersonalData.Place;

/**
 * Personal data that longer texts mention, of kinds that can be told from their form alone. Where most numbers of the form fail their
 * check, those that pass do so by chance.
 */
final class Mentions {
    private static final double LEAST_WORDS = 3;
    private static final double LEAST_LENGTH = 25;
    private static final int LEAST_MENTIONS = 3;
    private static final String START = "(?<![\\p{L}\\d.+-])";
    private static final String END = "(?![\\p{L}\\d-]|\\.\\d)";
    private static final Pattern EMAIL = Pattern.compile("(?<![\\w.+-])" + Contacts.EMAIL.pattern() + "(?![\\w-])");
    private static final Pattern PHONE = Pattern.compile("(?<![\\p{L}\\d.])(?:" + Contacts.INTERNATIONAL.pattern() + "|"
            + Contacts.NORTH_AMERICAN.pattern() + "|0[1-9]\\d{9}|0\\d{2,4}[ -]\\d{3,4}[ -]\\d{3,4})" + END);
    private static final Pattern CARD = Pattern.compile(START + "\\d(?:[ -]?\\d){12,18}" + END);
    private static final Pattern IBAN =
            Pattern.compile(START + "[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?" + END);
    private static final Pattern SSN = Pattern.compile(START + "\\d{3}-\\d{2}-\\d{4}" + END);
    private static final Pattern IP = Pattern.compile(START + Contacts.IPV4.pattern() + END);

    private Mentions() {}

    static List<Finding> look(LookedAt column) {
        List<Finding> found = new ArrayList<>();
        boolean text =
                column.profile().meanWords() >= LEAST_WORDS || column.profile().meanLength() >= LEAST_LENGTH;
        if (!text) {
            return found;
        }
        add(found, column, Kind.EMAIL, EMAIL, match -> true, "an e-mail address");
        add(found, column, Kind.PHONE, PHONE, Mentions::isLongEnough, "a phone number");
        add(found, column, Kind.PAYMENT_CARD, CARD, Accounts::isCard, "the number of a payment card");
        add(found, column, Kind.BANK_ACCOUNT, IBAN, Accounts::isIban, "an account number (IBAN)");
        add(found, column, Kind.NATIONAL_ID, SSN, NationalIds::isUsDashed, "a US social security number");
        add(found, column, Kind.IP_ADDRESS, IP, match -> true, "an IP address");
        return found;
    }

    private static boolean isLongEnough(String match) {
        long digits = match.chars().filter(Character::isDigit).count();
        return digits >= 9 && digits <= 15;
    }

    private static void add(
            List<Finding> found, LookedAt column, Kind kind, Pattern pattern, Predicate<String> test, String what) {
        long count = column.count(text -> mentions(text, pattern, test));
        long alike = count < LEAST_MENTIONS ? 0 : column.count(text -> mentions(text, pattern, match -> true));
        if (count >= LEAST_MENTIONS && 2 * count >= alike) {
            double share = (double) count / column.values().size();
            String why = String.format(
                    Locale.ROOT,
                    "%d of %d texts looked at mention %s",
                    count,
                    column.values().size(),
                    what);
            found.add(new Finding(kind, Place.WITHIN_TEXT, share, 0.85, why));
        }
    }

    private static boolean mentions(String text, Pattern pattern, Predicate<String> test) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (test.test(matcher.group())) {
                return true;
            }
        }
        return false;
    }
}
