package tatara.data.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tatara.core.evidence.PersonalData.Kind;

/** E-mail addresses, phone numbers and IP addresses. */
final class Contacts {
    static final Pattern EMAIL = Pattern.compile(
            "[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,24}");
    static final Pattern INTERNATIONAL =
            Pattern.compile("(?:\\+|00)[1-9]\\d{0,2}[ .-]?(?:\\(0?\\d{1,4}\\)[ .-]?)?\\d[\\d .-]{5,15}\\d");
    static final Pattern NORTH_AMERICAN = Pattern.compile(
            "(?:1[ .-])?(?:\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}[-. ])[2-9]\\d{2}[-. ]\\d{4}(?: ?(?:x|ext\\.?) ?\\d{1,5})?");
    private static final Pattern NATIONAL = Pattern.compile(
            "\\(?0\\d{1,4}\\)?[ /-]?\\d{1,4}[ -]\\d{3,4}(?:[ -]\\d{2,4})?|\\(?0\\d{2,4}\\)?[ /-]\\d{4,8}");
    private static final Pattern BARE =
            Pattern.compile("0\\d{8,10}|1?[2-9]\\d{2}[2-9]\\d{6}|\\d{3}[ -]?\\d{3,4}[ -]?\\d{4}");
    static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");
    private static final Pattern IPV6 =
            Pattern.compile("(?=.*[a-fA-F:].*:)(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|(?=.*::)[0-9a-fA-F:]{2,39}");
    private static final int LEAST_VALUES = 3;

    private Contacts() {}

    static List<Finding> look(LookedAt column) {
        List<Finding> found = new ArrayList<>();
        if (column.values().size() < LEAST_VALUES) {
            return found;
        }
        double emails = column.share(text -> EMAIL.matcher(text).matches());
        if (emails >= 0.5) {
            found.add(Finding.cells(Kind.EMAIL, emails, 0.9 + 0.1 * emails, "are e-mail addresses"));
        }
        phone(column).ifPresent(found::add);
        address(column).ifPresent(found::add);
        return found;
    }

    /** Forms that only phone numbers have count alone; bare digits count only where the column's name says so. */
    private static Optional<Finding> phone(LookedAt column) {
        boolean named = column.contains("phone", "telefon", "telephone", "mobile", "cellular", "handy", "電話")
                || column.says("tel", "fax", "cell", "msisdn");
        double formed = column.share(Contacts::isPhone);
        if (formed >= (named ? 0.4 : 0.8)) {
            return Optional.of(
                    Finding.cells(Kind.PHONE, formed, named ? 0.98 : 0.88, "have the form of phone numbers"));
        }
        double bare = column.share(text -> isPhone(text) || BARE.matcher(text).matches());
        return named && bare >= 0.6
                ? Optional.of(Finding.cells(
                        Kind.PHONE, bare, 0.92, "can be phone numbers, and the column's name says that they are"))
                : Optional.empty();
    }

    static boolean isPhone(String text) {
        int digits = (int) text.chars().filter(Character::isDigit).count();
        if (digits < 8 || digits > 17) {
            return false;
        }
        return INTERNATIONAL.matcher(text).matches()
                || NORTH_AMERICAN.matcher(text).matches()
                || (digits >= 9 && digits <= 12 && NATIONAL.matcher(text).matches());
    }

    /** Four numbers with dots may be a version: those begin low and are small. */
    private static Optional<Finding> address(LookedAt column) {
        double share = column.share(
                text -> IPV4.matcher(text).matches() || IPV6.matcher(text).matches());
        double large = column.share(text -> !text.matches("\\d{1,2}\\.\\d{1,2}\\.\\d{1,2}\\.\\d{1,2}"));
        boolean named = column.says("ip", "ipv", "ipaddress", "host", "client");
        boolean sure = share >= 0.9 && (large >= 0.6 || named);
        return sure
                ? Optional.of(Finding.cells(Kind.IP_ADDRESS, share, named ? 0.98 : 0.9, "are IP addresses"))
                : Optional.empty();
    }
}
