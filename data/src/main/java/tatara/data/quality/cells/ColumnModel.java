package tatara.data.quality.cells;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the sample says about the texts of one column. Learned once; thread-safe but for the traits of new texts. */
final class ColumnModel {
    private static final int MOST_PAIRS = 2_000_000;
    private static final int NEW_TEXTS = 50_000;
    private static final double REGULAR = 1.7;
    private static final double GARBLED = 5;

    private final CodedColumn column;
    private final Detachment values;
    private final Counted words;
    private final Counted runs;
    private final Counted exact;
    private final LetterPairs letters;
    private final Outliers outliers;
    private final Misspelling misspelling;
    private final Words vocabulary;
    private final ValueTraits[] known;
    private final Map<String, ValueTraits> unknown = new HashMap<>();

    ColumnModel(CodedColumn column) {
        this.column = column;
        this.values = new Detachment(column.counts, 0.9, 2.5);
        this.words = new Counted(column, TextShape::words, 0.9, 3.5);
        this.runs = new Counted(column, TextShape::runs, 0.9, 3.0);
        this.exact = new Counted(column, TextShape::exact, 0.9, 2.5);
        this.letters = new LetterPairs(column);
        this.outliers = new Outliers(column);
        this.misspelling = new Misspelling(List.of(column.values), column.counts, MOST_PAIRS);
        this.vocabulary = new Words(column, MOST_PAIRS);
        this.known = new ValueTraits[column.distinct()];
        for (int code = 0; code < known.length; code++) {
            known[code] = measure(column.values[code], column.counts[code]);
        }
    }

    CodedColumn column() {
        return column;
    }

    ValueTraits traits(int code) {
        return known[code];
    }

    /** Traits of a text that the sample may not hold. */
    ValueTraits traits(String text) {
        int code = column.code(text);
        if (code >= 0) {
            return known[code];
        }
        if (unknown.size() > NEW_TEXTS) {
            unknown.clear();
        }
        return unknown.computeIfAbsent(text, absent -> measure(absent, 0));
    }

    List<Words.Correction> corrections(String text) {
        int code = column.code(text);
        return vocabulary.corrections(text, code < 0 ? 0 : column.counts[code]);
    }

    /** Rows of the sample whose text has this shape. */
    int shapeCount(String text) {
        return words.count(text);
    }

    private ValueTraits measure(String text, int count) {
        double[] evidence = new double[Signal.COUNT];
        boolean missing = CellTexts.isMissing(text);
        Optional<Misspelling.Match> match = Optional.empty();
        if (!missing) {
            match = misspelling.match(text, count);
            evidence[Signal.MISSPELT_VALUE.slot] =
                    match.map(Misspelling.Match::evidence).orElse(0.0);
            evidence[Signal.MISSPELT_WORD.slot] = vocabulary.corrections(text, count).stream()
                    .mapToDouble(Words.Correction::evidence)
                    .max()
                    .orElse(0);
            evidence[Signal.RARE_VALUE.slot] = values.evidence(count);
            evidence[Signal.RARE_SHAPE.slot] = words.evidence(text);
            evidence[Signal.RARE_FORM.slot] = form(text);
            evidence[Signal.RARE_LETTERS.slot] = letters.evidence(text, count);
            evidence[Signal.RARE_WORD.slot] = vocabulary.evidence(text);
            evidence[Signal.GARBLED.slot] = TextShape.isGarbled(text) ? GARBLED : 0;
            evidence[Signal.OUTLIER.slot] = outliers.evidence(text, count);
        }
        return new ValueTraits(
                evidence,
                count,
                missing,
                match.map(Misspelling.Match::text),
                match.map(Misspelling.Match::count).orElse(0));
    }

    /** More than the shape says; in a column where nearly all texts have the same exact form, another form weighs double. */
    private double form(String text) {
        double beyond = Math.max(0, Math.max(runs.evidence(text), exact.evidence(text)) - words.evidence(text)) / 2;
        boolean other = runs.count(text) < 0.05 * column.rows();
        double regularity = Math.max(0, Math.min(1, (exact.topShare() - 0.8) / 0.15));
        return beyond + (other ? REGULAR * regularity : 0);
    }

    /** How often each image of the texts is seen. */
    private static final class Counted {
        private final Function<String, String> image;
        private final Map<String, Integer> counts = new HashMap<>();
        private final Detachment detachment;
        private final double topShare;

        Counted(CodedColumn column, Function<String, String> image, double cover, double most) {
            this.image = image;
            int top = 0;
            int rows = 0;
            for (int code = 0; code < column.distinct(); code++) {
                if (!CellTexts.isMissing(column.values[code])) {
                    top = Math.max(
                            top, counts.merge(image.apply(column.values[code]), column.counts[code], Integer::sum));
                    rows += column.counts[code];
                }
            }
            this.topShare = rows == 0 ? 0 : (double) top / rows;
            this.detachment = new Detachment(
                    counts.values().stream().mapToInt(Integer::intValue).toArray(), cover, most);
        }

        int count(String text) {
            return counts.getOrDefault(image.apply(text), 0);
        }

        /** Share of the most frequent image among texts that are not missing. */
        double topShare() {
            return topShare;
        }

        double evidence(String text) {
            return detachment.evidence(count(text));
        }
    }
}
