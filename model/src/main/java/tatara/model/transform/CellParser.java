package tatara.model.transform;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.Mending;
import tatara.core.frame.Column;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;

/**
 * From a cell's text, or a raw column of any kind, to the value that the column's type means; the one parser of ingestion,
 * server and batch. White space around a cell is dropped; an empty cell, a missing token and, for numbers, {@code NaN} are
 * missing; so is a text that does not fit the type (invalid: {@link #isMissing} is false for it). A text that does not fit is read once
 * more as the format's mending says. Immutable, thread-safe.
 */
public final class CellParser {
    private static final String[] TRUE_WORDS = {"true", "yes", "1"};
    private static final String[] FALSE_WORDS = {"false", "no", "0"};

    private final ColumnType type;
    private final Set<String> missing;
    private final Map<String, String> repairs;
    private final double[] missingNumbers;
    private final NumberText numbers;
    private final TimeText times;
    private final Map<String, String> booleans = new HashMap<>();

    private CellParser(ColumnType type, CellFormat format) {
        this.type = type;
        this.missing = new HashSet<>(format.missing());
        this.repairs = Map.copyOf(format.mending().orElse(Mending.none()).repairs());
        this.numbers = new NumberText(format);
        this.times = new TimeText(type == ColumnType.TIME ? format : CellFormat.plain());
        this.missingNumbers = missing.stream()
                .mapToDouble(new NumberText(CellFormat.plain())::parse)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        boolean standard = format.trueTokens().isEmpty() && format.falseTokens().isEmpty();
        for (String token : standard ? Arrays.asList(TRUE_WORDS) : format.trueTokens()) {
            booleans.put(folded(token), "true");
        }
        for (String token : standard ? Arrays.asList(FALSE_WORDS) : format.falseTokens()) {
            booleans.putIfAbsent(folded(token), "false");
        }
        booleans.putIfAbsent("true", "true");
        booleans.putIfAbsent("false", "false");
    }

    /** @throws tatara.core.error.TataraException with {@code INVALID_TIME_PATTERN} if the format's time pattern is none */
    public static CellParser of(ColumnType type, CellFormat format) {
        return new CellParser(type, format);
    }

    private static String folded(String token) {
        return Space.trim(token).toLowerCase(Locale.ROOT);
    }

    /** The cell without the white space around it, as every reading here begins. */
    public static String trimmed(String cell) {
        return Space.trim(cell);
    }

    /** Whether the cell says that there is no value. */
    public boolean isMissing(String cell) {
        return isMissingToken(read(cell));
    }

    /** The text that the cell is read as. */
    private String read(String cell) {
        String trimmed = Space.trim(cell);
        return repairs.isEmpty() ? trimmed : repairs.getOrDefault(trimmed, trimmed);
    }

    private boolean isMissingToken(String trimmed) {
        return trimmed.isEmpty()
                || missing.contains(trimmed)
                || (type.kind() == Kind.NUMBER && trimmed.equalsIgnoreCase("nan"));
    }

    /** The cell's number, finite, or NaN if missing or invalid. */
    public double number(String cell) {
        String trimmed = read(cell);
        return isMissingToken(trimmed) ? Double.NaN : numbers.parse(trimmed);
    }

    /** The cell's time in microseconds since the epoch, UTC, or {@link TimeColumn#MISSING} if missing or invalid. */
    public long time(String cell) {
        String trimmed = read(cell);
        if (isMissingToken(trimmed)) {
            return TimeColumn.MISSING;
        }
        long micros = times.isEpoch() ? times.epoch(numbers.parse(trimmed)) : times.parse(trimmed);
        return micros == TimeColumn.MISSING ? times.mended(trimmed) : micros;
    }

    /** The cell's text, trimmed; for booleans {@code true} or {@code false}; null if missing or invalid. */
    public @Nullable String text(String cell) {
        String trimmed = read(cell);
        if (isMissingToken(trimmed)) {
            return null;
        }
        return type == ColumnType.BOOLEAN ? booleans.get(trimmed.toLowerCase(Locale.ROOT)) : trimmed;
    }

    /**
     * Converts a raw column of any kind to the type's kind; each distinct text is parsed once. A number that becomes a text
     * is its shortest decimal ({@code 3} for 3.0), so that a JSON 3 and a CSV "3" are the same value.
     */
    public Column parse(Column raw) {
        return switch (type.kind()) {
            case NUMBER -> new NumberColumn(toNumbers(raw));
            case TIME -> new TimeColumn(toTimes(raw));
            case TEXT -> toText(raw);
        };
    }

    private double[] toNumbers(Column raw) {
        double[] values = new double[raw.size()];
        if (raw instanceof TextColumn texts) {
            double[] parsed =
                    Arrays.stream(texts.dictionary()).mapToDouble(this::number).toArray();
            Arrays.setAll(values, row -> texts.isMissing(row) ? Double.NaN : parsed[texts.codes()[row]]);
        } else if (raw instanceof NumberColumn given) {
            Arrays.setAll(values, row -> number(given.values()[row]));
        } else if (raw instanceof TimeColumn given) {
            Arrays.setAll(values, row -> given.isMissing(row) ? Double.NaN : given.micros()[row] / 1e6);
        }
        return values;
    }

    /** A number that is one already: NaN if it is not finite or equals a missing token. */
    public double number(double value) {
        if (Double.isInfinite(value)) {
            return Double.NaN;
        }
        for (double token : missingNumbers) {
            if (token == value) {
                return Double.NaN;
            }
        }
        return value;
    }

    private long[] toTimes(Column raw) {
        long[] micros = new long[raw.size()];
        if (raw instanceof TextColumn texts) {
            long[] parsed =
                    Arrays.stream(texts.dictionary()).mapToLong(this::time).toArray();
            Arrays.setAll(micros, row -> texts.isMissing(row) ? TimeColumn.MISSING : parsed[texts.codes()[row]]);
        } else if (raw instanceof NumberColumn given) {
            Arrays.setAll(micros, row -> time(given.values()[row]));
        } else if (raw instanceof TimeColumn given) {
            return given.micros();
        }
        return micros;
    }

    /** The time that a number stands for: since the epoch, or by the digits of its shortest decimal. */
    public long time(double number) {
        double value = number(number);
        if (Double.isNaN(value)) {
            return TimeColumn.MISSING;
        }
        return times.isEpoch() ? times.epoch(value) : times.parse(NumberText.shortest(value));
    }

    private TextColumn toText(Column raw) {
        if (raw instanceof TextColumn texts) {
            return recoded(texts);
        }
        if (raw instanceof NumberColumn given) {
            return TextColumn.of(raw.size(), row -> text(given.values()[row]));
        }
        TimeColumn given = (TimeColumn) raw;
        return TextColumn.of(raw.size(), row -> given.isMissing(row) ? null : text(isoText(given.micros()[row])));
    }

    /** The text of a number: its shortest decimal, read as {@link #text(String)}. */
    public @Nullable String text(double number) {
        double value = number(number);
        return Double.isNaN(value) ? null : text(NumberText.shortest(value));
    }

    private TextColumn recoded(TextColumn texts) {
        String[] before = texts.dictionary();
        Map<String, Integer> index = new HashMap<>();
        String[] after = new String[before.length];
        int[] recode = new int[before.length];
        boolean same = true;
        for (int code = 0; code < before.length; code++) {
            String value = text(before[code]);
            same &= before[code].equals(value);
            recode[code] = TextColumn.MISSING;
            if (value != null) {
                Integer known = index.putIfAbsent(value, index.size());
                recode[code] = known == null ? index.size() - 1 : known;
                after[recode[code]] = value;
            }
        }
        if (same) {
            return texts;
        }
        int[] codes = new int[texts.size()];
        Arrays.setAll(codes, row -> texts.isMissing(row) ? TextColumn.MISSING : recode[texts.codes()[row]]);
        return new TextColumn(codes, Arrays.copyOf(after, index.size()));
    }

    /** ISO-8601 in UTC without a zone; the date alone at midnight. */
    private static String isoText(long micros) {
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return time.toLocalTime().toNanoOfDay() == 0 ? time.toLocalDate().toString() : time.toString();
    }
}
