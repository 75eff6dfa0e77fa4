package tatara.data.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Patterns that a text may be a time by. */
final class TimePattern {
    /** ISO-8601, written as the empty pattern. */
    static final String ISO = "";

    private static final int LONGEST = 48;
    private static final Pattern ISO_TIME = Pattern.compile(
            "\\d{4}-\\d{2}(?:-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?: ?(?:Z|[+-]\\d{2}(?::?\\d{2})?))?)?)?");
    private static final Pattern COMPACT_TIME =
            Pattern.compile("(?:1[89]|2[01])\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])T[0-2]\\d[0-5]\\d[0-5]\\d");
    private static final Pattern SEPARATOR = Pattern.compile("[-/., ]{1,3}");
    private static final Pattern CLOCK = Pattern.compile(
            "(?<gap>T|,? )(?<hour>\\d{1,2}):\\d{2}(?<seconds>:\\d{2}(?<fraction>\\.\\d{1,6})?)?(?<half> ?[AaPp][Mm])?(?<zone> ?(?:Z|[+-]\\d{2}:?\\d{2}))?$");
    private static final Pattern NORMAL_CLOCK =
            Pattern.compile("-\\d{1,2}:\\d{2}(?<seconds>:\\d{2}(?<fraction>-\\d{1,6})?)?(?<half>-[ap]m)?$");
    private static final Pattern MAY = Pattern.compile("(?i)\\bmay\\b");
    private static final Pattern TOKEN = Pattern.compile("\\d+|\\p{L}+|[^\\d\\p{L}]+");
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final List<String> DAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    private static final Map<String, String> STRPTIME = Map.ofEntries(
            Map.entry("yyyy", "%Y"),
            Map.entry("yy", "%y"),
            Map.entry("MMMM", "%B"),
            Map.entry("MMM", "%b"),
            Map.entry("MM", "%m"),
            Map.entry("M", "%m"),
            Map.entry("dd", "%d"),
            Map.entry("d", "%d"),
            Map.entry("EEEE", "%A"),
            Map.entry("EEE", "%a"),
            Map.entry("HH", "%H"),
            Map.entry("H", "%H"),
            Map.entry("h", "%I"),
            Map.entry("mm", "%M"),
            Map.entry("ss", "%S"),
            Map.entry("a", "%p"),
            Map.entry("XXX", "%z"),
            Map.entry("XX", "%z"));

    private TimePattern() {}

    /** Patterns that read this text; two where day and month can't be told apart, none if it is no time. */
    static List<String> of(String text) {
        if (text.length() > LONGEST || text.length() < 5) {
            return List.of();
        }
        if (ISO_TIME.matcher(text).matches()) {
            return List.of(ISO);
        }
        if (COMPACT_TIME.matcher(text).matches()) {
            return List.of("yyyyMMdd'T'HHmmss");
        }
        Matcher clock = CLOCK.matcher(text);
        boolean timed = clock.find();
        String date = timed ? text.substring(0, clock.start()) : text;
        String tail = timed ? clockPattern(clock) : "";
        return datePatterns(date).stream().map(pattern -> pattern + tail).toList();
    }

    /** Patterns that read the normal form of a text; ISO-8601 is no special case there. */
    static List<String> ofNormal(String normal) {
        if (normal.length() > LONGEST || normal.length() < 5) {
            return List.of();
        }
        Matcher clock = NORMAL_CLOCK.matcher(normal);
        boolean timed = clock.find();
        String tail = "";
        if (timed) {
            String fraction = clock.group("fraction");
            tail = (clock.group("half") == null ? "-H:mm" : "-h:mm")
                    + (clock.group("seconds") == null ? "" : ":ss")
                    + (fraction == null ? "" : "-" + "S".repeat(fraction.length() - 1))
                    + (clock.group("half") == null ? "" : "-a");
        }
        String end = tail;
        return datePatterns(timed ? normal.substring(0, clock.start()) : normal).stream()
                .filter(pattern -> !pattern.contains("MMMM"))
                .map(pattern -> pattern + end)
                .toList();
    }

    private static String clockPattern(Matcher clock) {
        StringBuilder pattern = new StringBuilder(clock.group("gap").equals("T") ? "'T'" : clock.group("gap"));
        String half = clock.group("half");
        pattern.append(half == null ? "H:mm" : "h:mm");
        pattern.append(clock.group("seconds") == null ? "" : ":ss");
        String fraction = clock.group("fraction");
        pattern.append(fraction == null ? "" : "." + "S".repeat(fraction.length() - 1));
        pattern.append(half == null ? "" : half.startsWith(" ") ? " a" : "a");
        String zone = clock.group("zone");
        if (zone != null) {
            pattern.append(zone.startsWith(" ") ? " " : "")
                    .append(zone.contains(":") || zone.endsWith("Z") ? "XXX" : "XX");
        }
        return pattern.toString();
    }

    private static List<String> datePatterns(String date) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(date);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        List<Integer> numbers = new ArrayList<>();
        String[] letters = new String[tokens.size()];
        boolean month = false;
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (Character.isDigit(token.charAt(0))) {
                numbers.add(i);
            } else if (Character.isLetter(token.charAt(0))) {
                String letter = word(token);
                if (letter.isEmpty() || (month && letter.startsWith("M"))) {
                    return List.of();
                }
                month |= letter.startsWith("M");
                letters[i] = letter;
            } else if (SEPARATOR.matcher(token).matches()) {
                letters[i] = token;
            } else {
                return List.of();
            }
        }
        return orders(tokens, numbers, month).stream()
                .map(order -> joined(letters, numbers, order))
                .flatMap(pattern -> MAY.matcher(date).find()
                        ? Stream.of(pattern, pattern.replace("MMM", "MMMM"))
                        : Stream.of(pattern))
                .distinct()
                .toList();
    }

    private static String joined(String[] letters, List<Integer> numbers, List<String> order) {
        StringBuilder pattern = new StringBuilder();
        int next = 0;
        for (int i = 0; i < letters.length; i++) {
            pattern.append(numbers.contains(i) ? order.get(next++) : letters[i]);
        }
        return pattern.toString();
    }

    private static String word(String token) {
        String lower = token.toLowerCase(Locale.ROOT);
        if (MONTHS.contains(lower)) {
            return lower.equals("may") ? "MMM" : "MMMM";
        }
        if (DAYS.contains(lower)) {
            return "EEEE";
        }
        if (lower.length() == 3) {
            return MONTHS.stream().anyMatch(name -> name.startsWith(lower))
                    ? "MMM"
                    : DAYS.stream().anyMatch(name -> name.startsWith(lower)) ? "EEE" : "";
        }
        return "";
    }

    /** The letters of the number tokens, in their order, for each way to read them. */
    private static List<List<String>> orders(List<String> tokens, List<Integer> numbers, boolean monthNamed) {
        int[] lengths = numbers.stream().mapToInt(i -> tokens.get(i).length()).toArray();
        int[] values = new int[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] > 8) {
                return List.of();
            }
            values[i] = Integer.parseInt(tokens.get(numbers.get(i)));
        }
        if (monthNamed) {
            return named(lengths, values);
        }
        return switch (lengths.length) {
            case 1 ->
                lengths[0] == 8 && isDate(values[0] / 10_000, values[0] / 100 % 100, values[0] % 100)
                        ? List.of(List.of("yyyyMMdd"))
                        : List.of();
            case 2 -> yearAndMonth(lengths, values);
            case 3 -> yearMonthDay(lengths, values);
            default -> List.of();
        };
    }

    private static List<List<String>> named(int[] lengths, int[] values) {
        if (lengths.length == 1) {
            return isYear(lengths[0], values[0]) ? List.of(List.of("yyyy")) : List.of();
        }
        if (lengths.length != 2) {
            return List.of();
        }
        if (isYear(lengths[0], values[0]) && isIn(values[1], 31, lengths[1])) {
            return List.of(List.of("yyyy", "d"));
        }
        if (!isIn(values[0], 31, lengths[0])) {
            return List.of();
        }
        return isYear(lengths[1], values[1])
                ? List.of(List.of("d", "yyyy"))
                : lengths[1] == 2 ? List.of(List.of("d", "yy")) : List.of();
    }

    private static List<List<String>> yearAndMonth(int[] lengths, int[] values) {
        if (isYear(lengths[0], values[0]) && isIn(values[1], 12, lengths[1])) {
            return List.of(List.of("yyyy", "M"));
        }
        return isYear(lengths[1], values[1]) && isIn(values[0], 12, lengths[0])
                ? List.of(List.of("M", "yyyy"))
                : List.of();
    }

    private static List<List<String>> yearMonthDay(int[] lengths, int[] values) {
        if (isYear(lengths[0], values[0])) {
            return isIn(values[1], 12, lengths[1]) && isIn(values[2], 31, lengths[2])
                    ? List.of(List.of("yyyy", "M", "d"))
                    : isIn(values[2], 12, lengths[2]) && isIn(values[1], 31, lengths[1])
                            ? List.of(List.of("yyyy", "d", "M"))
                            : List.of();
        }
        boolean long4 = isYear(lengths[2], values[2]);
        if (!long4 && lengths[2] != 2) {
            return List.of();
        }
        String year = long4 ? "yyyy" : "yy";
        List<List<String>> orders = new ArrayList<>();
        if (isIn(values[0], 31, lengths[0]) && isIn(values[1], 12, lengths[1])) {
            orders.add(List.of("d", "M", year));
        }
        if (isIn(values[0], 12, lengths[0]) && isIn(values[1], 31, lengths[1])) {
            orders.add(List.of("M", "d", year));
        }
        return orders;
    }

    private static boolean isYear(int length, int value) {
        return length == 4 && value >= 1000 && value < 3000;
    }

    private static boolean isIn(int value, int greatest, int length) {
        return length <= 2 && value >= 1 && value <= greatest;
    }

    private static boolean isDate(int year, int month, int day) {
        return year >= 1800 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }

    /** The same pattern in the letters of {@code strptime}. */
    static String strptime(String pattern) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '\'') {
                int end = pattern.indexOf('\'', at + 1);
                result.append(end == at + 1 ? "'" : pattern.substring(at + 1, end));
                at = end + 1;
            } else if (Character.isLetter(c)) {
                int end = at;
                while (end < pattern.length() && pattern.charAt(end) == c) {
                    end++;
                }
                String letters = pattern.substring(at, end);
                result.append(c == 'S' ? "%f" : STRPTIME.getOrDefault(letters, letters));
                at = end;
            } else {
                result.append(c == '%' ? "%%" : String.valueOf(c));
                at++;
            }
        }
        return result.toString();
    }

    static boolean isTwoDigitYear(String pattern) {
        return pattern.contains("yy") && !pattern.contains("yyyy");
    }
}
