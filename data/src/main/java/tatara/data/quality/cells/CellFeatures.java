package tatara.data.quality.cells;

import java.util.BitSet;

/**
 * Features from which labels teach: the evidence of each kind, common to all columns and again for the column alone; the text's shape,
 * ends, characters and length; the text itself if it is repeated; and what is missing or doubtful elsewhere in the row. The values are
 * scales: with the same prior for every weight, a feature of value 1 learns four times as fast as one of 0.5.
 */
final class CellFeatures {
    private static final double EVIDENCE = 0.2;
    private static final double COMMON = 0.12;
    private static final double BIAS = 1.2;
    private static final double SHAPE = 1.2;
    private static final double CHARACTER = 0.5;
    private static final double ELSEWHERE = 0.7;

    private final boolean[] sometimesMissing;

    CellFeatures(TableModel model) {
        this.sometimesMissing = new boolean[model.columns().size()];
        for (int column = 0; column < sometimesMissing.length; column++) {
            CodedColumn coded = model.columns().get(column).column();
            long missing = 0;
            for (int code = 0; code < coded.distinct(); code++) {
                missing += CellTexts.isMissing(coded.values[code]) ? coded.counts[code] : 0;
            }
            sometimesMissing[column] = missing > 0 && missing < 0.7 * coded.rows();
        }
    }

    /** Kinds of feature, so that their keys differ. */
    private enum Kind {
        COMMON(1),
        BIAS(2),
        EVIDENCE(3),
        WORDS(4),
        RUNS(5),
        EXACT(6),
        TEXT(7),
        CHARACTER(8),
        FIRST(9),
        LAST(10),
        LAST_WORD(11),
        ENDING(12),
        BEGINNING(13),
        NUMBER(14),
        FOREIGN(15),
        LENGTH(16),
        MISSING(17),
        MISSING_ELSEWHERE(18),
        DOUBTFUL_ELSEWHERE(19);

        private final int slot;

        Kind(int slot) {
            this.slot = slot;
        }
    }

    private static long key(Kind kind, int column, long content) {
        return Mix.of(Mix.of(kind.slot, column), content);
    }

    /** Features that depend on the text alone. */
    void ofText(int column, String text, ValueTraits traits, FeatureList into) {
        into.add(key(Kind.BIAS, column, 0), BIAS);
        if (traits.missing()) {
            into.add(key(Kind.MISSING, column, 0), SHAPE);
        }
        into.add(key(Kind.WORDS, column, hash(TextShape.words(text))), SHAPE);
        into.add(key(Kind.RUNS, column, hash(TextShape.runs(text))), 0.6);
        into.add(key(Kind.EXACT, column, hash(TextShape.exact(text))), 0.6);
        if (traits.count() > 1 || text.isEmpty()) {
            into.add(key(Kind.TEXT, column, hash(text)), 1);
        }
        into.add(key(Kind.LENGTH, column, Math.min(12, text.length())), 0.3);
        if (!text.isEmpty()) {
            into.add(key(Kind.FIRST, column, TextShape.kind(text.charAt(0))), 0.5);
            into.add(key(Kind.LAST, column, TextShape.kind(text.charAt(text.length() - 1))), 0.5);
            String shape = TextShape.runs(text);
            into.add(key(Kind.LAST_WORD, column, hash(shape.substring(shape.lastIndexOf(' ') + 1))), 0.8);
        }
        if (text.length() >= 2) {
            into.add(key(Kind.ENDING, column, hash(text.substring(text.length() - 2))), 0.8);
            into.add(key(Kind.BEGINNING, column, text.charAt(0)), 0.5);
        }
        numbers(column, text, into);
        characters(column, text, into);
    }

    /** The leading digit of each number in the text, with the number of its digits. */
    private static void numbers(int column, String text, FeatureList into) {
        int number = 0;
        for (int i = 0; i < text.length() && number < 5; i++) {
            if (!isDigit(text, i) || (i > 0 && isDigit(text, i - 1))) {
                continue;
            }
            int end = i;
            while (isDigit(text, end)) {
                end++;
            }
            into.add(
                    key(Kind.NUMBER, column, 1000L * number + 20L * (text.charAt(i) - '0') + Math.min(19, end - i)),
                    0.6);
            number++;
        }
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static void characters(int column, String text, FeatureList into) {
        BitSet seen = new BitSet();
        for (int i = 0; i < text.length() && i < 300; i++) {
            char c = text.charAt(i);
            if (c > 127 && !seen.get(127)) {
                seen.set(127);
                into.add(key(Kind.FOREIGN, column, 0), 2 * CHARACTER);
                into.add(key(Kind.FOREIGN, -1, 0), CHARACTER);
            }
            char kind = TextShape.kind(c);
            if (!seen.get(kind)) {
                seen.set(kind);
                into.add(key(Kind.CHARACTER, column, kind), 2 * CHARACTER);
            }
            if (kind != c && kind != '9' && !seen.get(c)) {
                seen.set(c);
                into.add(key(Kind.CHARACTER, column, 1000L + c), 0.5 * CHARACTER);
            }
        }
    }

    /** Features that depend on the row. */
    void ofRow(int column, RowCells row, FeatureList into) {
        double[] evidence = row.evidence[column];
        for (int signal = 0; signal < evidence.length; signal++) {
            if (evidence[signal] != 0) {
                into.add(key(Kind.COMMON, -1, signal), COMMON * evidence[signal]);
                into.add(key(Kind.EVIDENCE, column, signal), EVIDENCE * evidence[signal]);
            }
        }
        into.add(key(Kind.COMMON, -1, 99), 0.3);
        if (row.traits[column].missing()) {
            into.add(key(Kind.COMMON, -1, 100), 0.3);
        }
        for (int other = 0; other < row.width(); other++) {
            if (other != column && sometimesMissing[other] && row.traits[other].missing()) {
                into.add(key(Kind.MISSING_ELSEWHERE, column, other), ELSEWHERE);
            }
            if (other != column && row.logit[other] > 0) {
                into.add(key(Kind.DOUBTFUL_ELSEWHERE, column, other), 0.4);
            }
        }
    }

    static long hash(String text) {
        long hash = 1125899906842597L;
        for (int i = 0; i < text.length(); i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }
}
