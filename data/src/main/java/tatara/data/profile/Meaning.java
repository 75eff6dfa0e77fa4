package tatara.data.profile;

import java.util.Locale;
import java.util.regex.Pattern;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.ValueCount;
import tatara.data.lake.TableColumn;

/**
 * What a column's values mean, with the evidence.
 *
 * @param type the meaning
 * @param why for people
 */
record Meaning(ColumnType type, String why) {
    private static final double NEARLY_UNIQUE = 0.98;
    private static final int FEW_ROWS = 20;
    private static final int SEQUENCE_ROWS = 50;
    private static final int YEAR_ROWS = 300;
    private static final int FEW_VALUES = 50;
    private static final int MANY_LEVELS = 1_000;
    private static final int REPEATS = 5;
    private static final double TEXT_WORDS = 3;
    private static final double NAME_WORDS = 1.8;
    private static final double LONG_TEXT = 100;
    private static final Pattern CODE =
            Pattern.compile("(?=.*\\d)[\\p{L}\\d][\\p{L}\\d_./:#-]*|[^\\s@]+@[^\\s@]+|\\w+://\\S+");

    /**
     * @param distinct distinct values
     * @param exact whether that number is exact
     */
    record Facts(ColumnSample sample, Reading reading, Measure measure, long rows, long distinct, boolean exact) {
        double distinctShare() {
            return measure.valid() == 0 ? 0 : (double) distinct / measure.valid();
        }

        boolean isUnique() {
            return exact && distinct == measure.valid() && distinct > 1;
        }

        boolean isNearlyUnique() {
            return exact && measure.present() >= FEW_ROWS && distinctShare() >= NEARLY_UNIQUE;
        }

        ColumnName name() {
            return new ColumnName(sample.column().name());
        }

        String distinctText() {
            return (exact ? "" : "about ") + distinct + " distinct values in " + measure.present() + " rows";
        }
    }

    static Meaning of(Facts facts) {
        return switch (facts.reading().kind()) {
            case EMPTY -> new Meaning(ColumnType.EMPTY, facts.reading().why());
            case BOOLEAN -> new Meaning(ColumnType.BOOLEAN, facts.reading().why());
            case TIME -> new Meaning(ColumnType.TIME, facts.reading().why());
            case NUMBER -> number(facts);
            case TEXT -> text(facts);
        };
    }

    private static Meaning number(Facts facts) {
        String why = facts.reading().why();
        Measure measure = facts.measure();
        if (measure.whole() < measure.valid()) {
            return new Meaning(ColumnType.NUMBER, why + ", " + facts.distinctText());
        }
        boolean plain = facts.reading().format().prefix().isEmpty()
                && facts.reading().format().suffix().isEmpty();
        if (plain && facts.isUnique() && isSequence(facts)) {
            return new Meaning(
                    ColumnType.IDENTIFIER,
                    "whole numbers from " + plain(measure.min()) + " to " + plain(measure.max())
                            + ", each once: they only number the rows");
        }
        if (plain && isIdentityNumber(facts)) {
            return new Meaning(ColumnType.IDENTIFIER, "the name says identity, and " + facts.distinctText());
        }
        if (plain && facts.name().saysIdentity() && isLevel(facts)) {
            return new Meaning(
                    ColumnType.CATEGORY,
                    "the name says identity, " + facts.distinctText() + ": numbers that name one of several things");
        }
        String stored = facts.sample().column().stored() == TableColumn.Type.DOUBLE ? ", stored with decimals" : "";
        return new Meaning(ColumnType.INTEGER, why + ", all whole" + stored + ", " + facts.distinctText());
    }

    /** 0..n-1 or 1..n and the like; short runs of years are years. */
    private static boolean isSequence(Facts facts) {
        Measure measure = facts.measure();
        boolean complete = measure.max() - measure.min() + 1 == facts.distinct();
        boolean years = measure.min() >= 1500 && measure.max() <= 2200 && facts.distinct() < YEAR_ROWS;
        boolean named = facts.name().saysNumbering() && facts.distinct() >= 2;
        return complete
                && !years
                && facts.measure().present() == facts.rows()
                && (named || facts.distinct() >= SEQUENCE_ROWS);
    }

    private static boolean isIdentityNumber(Facts facts) {
        boolean identity = facts.name().saysIdentity() && facts.distinct() > FEW_ROWS && !isLevel(facts);
        return identity || (facts.name().saysNumbering() && facts.isNearlyUnique());
    }

    /** Numbers that name one of several things, each met again and again. */
    private static boolean isLevel(Facts facts) {
        return facts.distinct() <= MANY_LEVELS && facts.measure().present() >= REPEATS * facts.distinct();
    }

    private static Meaning text(Facts facts) {
        ColumnSample sample = facts.sample();
        String shape = String.format(
                Locale.ROOT,
                "%s, %.1f words and %.1f characters on average",
                facts.distinctText(),
                sample.words(),
                sample.characters());
        if (sample.characters() > LONG_TEXT || isSentences(facts)) {
            return new Meaning(ColumnType.TEXT, "free text: " + shape);
        }
        boolean single = sample.words() < 1.2;
        if (single && facts.isNearlyUnique() && (facts.name().saysNumbering() || isCodes(sample) || facts.isUnique())) {
            return new Meaning(ColumnType.IDENTIFIER, "texts that name the row: " + shape);
        }
        if (facts.name().saysIdentity() && facts.distinct() > FEW_ROWS && !isLevel(facts) && single) {
            return new Meaning(ColumnType.IDENTIFIER, "the name says identity: " + shape);
        }
        if (facts.distinctShare() >= 0.5 && facts.distinct() > FEW_VALUES && sample.words() >= NAME_WORDS) {
            return new Meaning(ColumnType.TEXT, "free text, rarely the same: " + shape);
        }
        return new Meaning(ColumnType.CATEGORY, "levels: " + shape);
    }

    private static boolean isSentences(Facts facts) {
        boolean wordy = facts.sample().words() >= TEXT_WORDS && facts.distinctShare() >= 0.1;
        boolean lengthy = facts.sample().words() >= 2 * TEXT_WORDS && facts.distinct() > MANY_LEVELS;
        return (facts.distinct() > FEW_VALUES && (wordy || lengthy))
                || (facts.sample().words() >= TEXT_WORDS && facts.distinctShare() >= 0.5 && facts.distinct() > REPEATS);
    }

    private static boolean isCodes(ColumnSample sample) {
        long codes = sample.values().stream()
                .filter(value -> CODE.matcher(value.value()).matches())
                .mapToLong(ValueCount::count)
                .sum();
        return codes >= 0.9 * sample.rows();
    }

    private static String plain(double value) {
        return Long.toString((long) value);
    }
}
