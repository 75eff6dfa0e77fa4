package tatara.data.audit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tatara.core.evidence.PersonalData.Kind;

/**
 * Numbers by which states know persons, each after its published rule. Where the rule is only a form, the column's name must agree or the
 * form be unmistakable.
 */
final class NationalIds {
    private static final double MOST = 0.8;
    private static final Pattern UK = Pattern.compile(
            "(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]");
    private static final Pattern ITALY = Pattern.compile("[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]");
    private static final String SPAIN_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

    /**
     * A kind of number.
     *
     * @param test whether a value, in upper case, is one
     * @param chance share of random values of this form that pass
     * @param names words of column names that support it
     */
    private record Scheme(String name, Predicate<String> test, double chance, List<String> names) {}

    private static final List<Scheme> SCHEMES = List.of(
            new Scheme("US social security numbers", NationalIds::isUsDashed, 0.02, List.of("ssn", "social")),
            new Scheme("US social security numbers", NationalIds::isUsPlain, 0.8, List.of("ssn", "socialsecurity")),
            new Scheme(
                    "UK national insurance numbers",
                    text -> UK.matcher(text).matches(),
                    0.01,
                    List.of("nino", "insurance")),
            new Scheme(
                    "Japanese My Numbers",
                    NationalIds::isJapanese,
                    0.1,
                    List.of("mynumber", "individualnumber", "個人番号")),
            new Scheme("Spanish identity numbers", NationalIds::isSpanish, 0.04, List.of("dni", "nif", "nie")),
            new Scheme("Brazilian CPF numbers", NationalIds::isBrazilian, 0.01, List.of("cpf")),
            new Scheme("Italian tax codes", text -> ITALY.matcher(text).matches(), 0.001, List.of("fiscale", "fiscal")),
            new Scheme("Indian Aadhaar numbers", NationalIds::isIndian, 0.1, List.of("aadhaar", "aadhar", "uid")),
            new Scheme("French social security numbers", NationalIds::isFrench, 0.005, List.of("nir", "insee", "secu")),
            new Scheme("Polish PESEL numbers", NationalIds::isPolish, 0.05, List.of("pesel")));

    private NationalIds() {}

    static Optional<Finding> look(LookedAt column) {
        List<String> upper = column.values().stream()
                .map(text -> text.toUpperCase(Locale.ROOT))
                .toList();
        LookedAt same = new LookedAt(column.profile(), column.words(), upper);
        for (Scheme scheme : SCHEMES) {
            double share = same.share(scheme.test);
            boolean named = column.contains(scheme.names.toArray(String[]::new));
            boolean byChance = Math.pow(scheme.chance, Math.min(60, upper.size())) > 1e-6;
            double least = named ? 0.5 : scheme.chance > 0.05 ? 0.98 : MOST;
            if (share >= least && !(byChance && !named)) {
                double confidence = named ? 0.97 : 0.9;
                return Optional.of(Finding.cells(Kind.NATIONAL_ID, share, confidence, "are " + scheme.name));
            }
        }
        return Optional.empty();
    }

    static boolean isUsDashed(String text) {
        return text.matches("\\d{3}-\\d{2}-\\d{4}") && isUsPlain(text.replace("-", ""));
    }

    private static boolean isUsPlain(String text) {
        return text.matches("(?!000|666|9\\d\\d)\\d{3}(?!00)\\d{2}(?!0000)\\d{4}");
    }

    /** Twelve digits; the last from the weights 6 5 4 3 2 7 6 5 4 3 2, modulo 11. */
    private static boolean isJapanese(String text) {
        String digits = text.replaceAll("[ -]", "");
        if (!digits.matches("\\d{12}") || !text.matches("\\d{12}|\\d{4}[ -]\\d{4}[ -]\\d{4}")) {
            return false;
        }
        int rest = CheckDigits.weighted(digits, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return digits.charAt(11) - '0' == (rest <= 1 ? 0 : 11 - rest);
    }

    private static boolean isSpanish(String text) {
        if (!text.matches("[XYZ\\d]\\d{7}-?[A-Z]")) {
            return false;
        }
        String plain = text.replace("-", "");
        String number =
                plain.substring(0, 8).replace('X', '0').replace('Y', '1').replace('Z', '2');
        return SPAIN_LETTERS.charAt(Integer.parseInt(number) % 23) == plain.charAt(8);
    }

    private static boolean isBrazilian(String text) {
        if (!text.matches("\\d{11}|\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}")) {
            return false;
        }
        String digits = text.replaceAll("[.-]", "");
        int first = CheckDigits.weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        int second = CheckDigits.weighted(digits, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        return digits.charAt(9) - '0' == first
                && digits.charAt(10) - '0' == second
                && digits.chars().distinct().count() > 1;
    }

    private static boolean isIndian(String text) {
        return text.matches("[2-9]\\d{3} ?\\d{4} ?\\d{4}") && CheckDigits.verhoeff(text.replace(" ", ""));
    }

    /** Thirteen digits and a key of two: 97 less the number modulo 97; Corsica's 2A and 2B count as 19 and 18. */
    private static boolean isFrench(String text) {
        String plain = text.replace(" ", "");
        if (!plain.matches("[12]\\d{2}(0[1-9]|1[0-2])(\\d{2}|2A|2B)\\d{8}")) {
            return false;
        }
        String number = plain.substring(0, 13).replace("2A", "19").replace("2B", "18");
        return 97 - Long.parseLong(number) % 97 == Integer.parseInt(plain.substring(13));
    }

    private static boolean isPolish(String text) {
        if (!text.matches("\\d{2}([02468][1-9]|[13579][0-2])(0[1-9]|[12]\\d|3[01])\\d{5}")) {
            return false;
        }
        int sum = CheckDigits.weighted(text, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3);
        return (10 - sum % 10) % 10 == text.charAt(10) - '0';
    }
}
