package tatara.data.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tatara.core.evidence.PersonalData.Kind;

/** Numbers of payment cards (ISO/IEC 7812: issuer, length, Luhn) and bank accounts (IBAN, ISO 13616: country, length, mod 97). */
final class Accounts {
    private static final Pattern CARD = Pattern.compile("\\d(?:[ -]?\\d){12,18}");
    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}\\d{2}[A-Z0-9]{11,30}");
    private static final double MOST = 0.6;
    private static final int LEAST_VALUES = 5;
    private static final Map<String, Integer> IBAN_LENGTHS = Map.ofEntries(
            Map.entry("AD", 24),
            Map.entry("AE", 23),
            Map.entry("AT", 20),
            Map.entry("BE", 16),
            Map.entry("BG", 22),
            Map.entry("BR", 29),
            Map.entry("CH", 21),
            Map.entry("CY", 28),
            Map.entry("CZ", 24),
            Map.entry("DE", 22),
            Map.entry("DK", 18),
            Map.entry("EE", 20),
            Map.entry("ES", 24),
            Map.entry("FI", 18),
            Map.entry("FR", 27),
            Map.entry("GB", 22),
            Map.entry("GR", 27),
            Map.entry("HR", 21),
            Map.entry("HU", 28),
            Map.entry("IE", 22),
            Map.entry("IL", 23),
            Map.entry("IS", 26),
            Map.entry("IT", 27),
            Map.entry("KW", 30),
            Map.entry("LI", 21),
            Map.entry("LT", 20),
            Map.entry("LU", 20),
            Map.entry("LV", 21),
            Map.entry("MC", 27),
            Map.entry("MT", 31),
            Map.entry("NL", 18),
            Map.entry("NO", 15),
            Map.entry("PL", 28),
            Map.entry("PT", 25),
            Map.entry("QA", 29),
            Map.entry("RO", 24),
            Map.entry("RS", 22),
            Map.entry("SA", 24),
            Map.entry("SE", 24),
            Map.entry("SI", 19),
            Map.entry("SK", 24),
            Map.entry("SM", 27),
            Map.entry("TR", 26),
            Map.entry("UA", 29));

    private Accounts() {}

    static List<Finding> look(LookedAt column) {
        List<Finding> found = new ArrayList<>();
        cells(
                        column,
                        Kind.PAYMENT_CARD,
                        column.share(Accounts::isCard),
                        "are numbers of payment cards (issuer, length and" + " check digit fit)")
                .ifPresent(found::add);
        cells(column, Kind.BANK_ACCOUNT, column.share(Accounts::isIban), "are account numbers (IBAN; check digits fit)")
                .ifPresent(found::add);
        return found;
    }

    private static Optional<Finding> cells(LookedAt column, Kind kind, double share, String what) {
        boolean enough = column.values().size() >= LEAST_VALUES
                || (share == 1 && column.values().size() >= 2);
        return share >= MOST && enough
                ? Optional.of(Finding.cells(kind, share, 0.8 + 0.2 * share, what))
                : Optional.empty();
    }

    static boolean isCard(String text) {
        if (!CARD.matcher(text).matches()) {
            return false;
        }
        String digits = text.replaceAll("[ -]", "");
        return isIssued(digits)
                && CheckDigits.luhn(digits)
                && digits.chars().distinct().count() > 2;
    }

    private static boolean isIssued(String digits) {
        int two = Integer.parseInt(digits.substring(0, 2));
        int four = Integer.parseInt(digits.substring(0, 4));
        return switch (digits.length()) {
            case 13 -> digits.charAt(0) == '4';
            case 14 -> two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059);
            case 15 -> two == 34 || two == 37;
            case 16 ->
                digits.charAt(0) == '4'
                        || (two >= 51 && two <= 55)
                        || (four >= 2221 && four <= 2720)
                        || four == 6011
                        || two == 65
                        || (four >= 3528 && four <= 3589);
            case 19 -> digits.charAt(0) == '4' || two == 62;
            default -> false;
        };
    }

    static boolean isIban(String text) {
        String plain = text.replace(" ", "").toUpperCase(Locale.ROOT);
        if (!IBAN.matcher(plain).matches()
                || !Integer.valueOf(plain.length()).equals(IBAN_LENGTHS.get(plain.substring(0, 2)))) {
            return false;
        }
        return CheckDigits.remainder(plain.substring(4) + plain.substring(0, 4), 97) == 1;
    }
}
