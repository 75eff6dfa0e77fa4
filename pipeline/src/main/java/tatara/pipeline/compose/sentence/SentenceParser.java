package tatara.pipeline.compose.sentence;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tatara.pipeline.compose.sentence.Sentence.Intent;
import tatara.pipeline.compose.sentence.Sentence.Token;
import tatara.specialists.words.Lexicon;
import tatara.specialists.words.Words;

/** Walks over a sentence once and weighs each word by the place it stands in. */
final class SentenceParser {
    private static final Set<String> FORECAST_VERBS =
            stems("forecast forecasts project prognose vorhersage prevoir 予報 预报");
    private static final Set<String> CLASS_VERBS =
            stems("classify classification categorise categorize categories recognise recognize 分類 分类 klassifizieren");
    private static final Set<String> AMOUNT_VERBS = stems("estimate regress regression approximate calculate 推定 見積");
    private static final Set<String> VERBS = stems(
            "predict prediction predicting find identify tell determine flag spot guess "
                    + "infer model learn know detect alert warn anticipate 予測 预测 検出 vorhersagen predire predecir pronosticar");
    private static final Set<String> ANOMALY_WORDS = stems(
            "anomaly anomalies anomalous outlier outliers abnormal unusual strange novelty 異常 外れ値 anomalie anomalia");
    private static final Set<String> SUBJECT_WORDS = Set.of("which", "whose", "what", "whether", "if");
    private static final Set<String> AUXILIARY = Set.of(
            "will", "is", "are", "was", "were", "be", "has", "have", "had", "would", "may", "might", "can", "could",
            "does", "do", "did", "going", "likely", "gets", "get");
    private static final Set<String> SOURCE_WORDS = Set.of(
            "from", "using", "use", "given", "based", "with", "by", "per", "via", "because", "among", "within", "each",
            "every", "for", "where", "about", "so", "since", "between", "over", "under", "during");
    private static final Set<String> GENERIC =
            stems("probability risk chance likelihood number amount rate level type kind "
                    + "outcome result odds propensity expected total");
    private static final Set<String> FILLER = Set.of(
            "the", "a", "an", "and", "or", "to", "me", "us", "i", "we", "you", "my", "our", "your", "their", "his",
            "her", "its", "this", "that", "these", "those", "please", "want", "need", "it", "they", "them", "at", "on",
            "up", "as", "how", "when", "who", "whom", "there", "than", "also", "data", "dataset", "table", "csv",
            "file", "tatara", "を", "は", "が", "の", "に", "で", "と", "する", "ください", "どの", "か", "した", "して");
    private static final Set<String> NEGATIONS = Set.of("not", "never", "no", "without", "cannot");
    private static final Set<String> UNITS =
            stems("second minute hour day night week fortnight month quarter year step period "
                    + "point observation value reading");
    private static final Set<String> NEXT =
            Set.of("next", "coming", "following", "upcoming", "future", "ahead", "tomorrow");

    private static final double FOCUS = 1.0;
    private static final double START = 0.6;
    private static final double SUBJECT = 0.4;
    private static final double OF = 0.45;
    private static final double SOURCE = 0.2;
    private static final double PERIOD = 0.1;
    private static final double MODIFIER = 0.6;
    private static final double AMOUNT_OF = 0.5;
    private static final double LATER = 0.3;
    private static final Pattern CLAUSE = Pattern.compile("[;!?。、]|[.,](?=\\s|$)");

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final BitSet clauseStarts = new BitSet();
    private final double[] weights;
    private final boolean[] negated;
    private final Set<Intent> intents = EnumSet.noneOf(Intent.class);
    private double zone = START;
    private boolean negation;

    SentenceParser(String text) {
        this.text = text;
        for (String clause : CLAUSE.split(text)) {
            clauseStarts.set(words.size());
            words.addAll(Words.of(clause));
        }
        this.weights = new double[words.size()];
        this.negated = new boolean[words.size()];
    }

    Sentence parse(boolean cut) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (i > 0 && clauseStarts.get(i)) {
                zone = zone == START ? START : LATER;
                negation = false;
            }
            weights[i] = isPeriod(i) ? PERIOD : weigh(word, i);
            negated[i] = negation && weights[i] > 0;
        }
        weighHeads();
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            Set<Lexicon.Meaning> meanings = Lexicon.business().meanings(words, i);
            tokens.add(new Token(words.get(i), Words.stem(words.get(i)), weights[i], negated[i], meanings));
        }
        return new Sentence(text, cut, tokens, intents);
    }

    /** Moves the zone and gives the word its weight: 0 for words that only build the sentence. */
    private double weigh(String word, int at) {
        String stem = Words.stem(word);
        if (isVerb(stem)) {
            zone = FOCUS;
            negation = false;
            return ANOMALY_WORDS.contains(stem) ? FOCUS : 0;
        }
        if (isQuestion(word, at)) {
            return 0;
        }
        if (AUXILIARY.contains(word)) {
            noteFuture(word);
            zone = zone == SOURCE ? SOURCE : FOCUS;
            return 0;
        }
        if (NEGATIONS.contains(word)
                || (word.equals("t") && at > 0 && words.get(at - 1).endsWith("n"))) {
            negation = true;
            return 0;
        }
        if (SOURCE_WORDS.contains(word)) {
            zone = SOURCE;
            negation = false;
            return 0;
        }
        if (word.equals("of") || word.equals("in")) {
            boolean generic = at > 0 && GENERIC.contains(Words.stem(words.get(at - 1)));
            zone = generic ? zone : Math.min(zone, OF);
            return 0;
        }
        if (FILLER.contains(word)) {
            return 0;
        }
        return GENERIC.contains(stem) && zone == FOCUS && followedByOf(at) ? AMOUNT_OF : zone;
    }

    /** "which", "whether", "who", "what", "how many": moves the zone to what is asked. */
    private boolean isQuestion(String word, int at) {
        if (SUBJECT_WORDS.contains(word) || word.equals("who")) {
            intents.add(word.equals("what") ? Intent.AMOUNT : Intent.WHETHER);
            zone = word.equals("who") || word.equals("what") ? FOCUS : SUBJECT;
            negation = false;
            return true;
        }
        boolean amount = word.equals("how")
                && at + 1 < words.size()
                && Set.of("many", "much", "long").contains(words.get(at + 1));
        if (amount) {
            intents.add(Intent.AMOUNT);
            zone = FOCUS;
        }
        return amount;
    }

    private boolean followedByOf(int at) {
        return at + 1 < words.size() && words.get(at + 1).equals("of");
    }

    private boolean isVerb(String stem) {
        if (FORECAST_VERBS.contains(stem)) {
            intents.add(Intent.FORECAST);
        } else if (CLASS_VERBS.contains(stem)) {
            intents.add(Intent.CLASSIFY);
        } else if (AMOUNT_VERBS.contains(stem)) {
            intents.add(Intent.AMOUNT);
        } else if (ANOMALY_WORDS.contains(stem)) {
            intents.add(Intent.ANOMALY);
        } else {
            return VERBS.contains(stem);
        }
        return true;
    }

    private void noteFuture(String word) {
        if (word.equals("will") || word.equals("going") || word.equals("likely")) {
            intents.add(Intent.FUTURE);
        }
    }

    /** "next 12 months", "the coming week", "tomorrow", "3 days ahead": says when, not what. */
    private boolean isPeriod(int at) {
        String word = words.get(at);
        if (NEXT.contains(word)) {
            intents.add(Intent.FUTURE);
            return true;
        }
        boolean number = word.chars().allMatch(Character::isDigit);
        if (number && at + 1 < words.size() && UNITS.contains(Words.stem(words.get(at + 1)))) {
            return true;
        }
        boolean afterNumber = at > 0
                && (words.get(at - 1).chars().allMatch(Character::isDigit)
                        || NEXT.contains(words.get(at - 1))
                        || Set.of("two", "three", "four", "six", "few").contains(words.get(at - 1)));
        return afterNumber && UNITS.contains(Words.stem(word));
    }

    /**
     * In "house prices" the last word is what is asked for, the words before it only say which, unless they name an outcome, as in
     * "fraudulent claims". In "which customers leave" the last word is the verb.
     */
    private void weighHeads() {
        for (int i = 0; i + 1 < weights.length; i++) {
            boolean outcome = !Lexicon.business().meanings(words, i).isEmpty();
            if (weights[i] == FOCUS && weights[i + 1] == FOCUS && !outcome && !clauseStarts.get(i + 1)) {
                weights[i] = FOCUS * MODIFIER;
            }
        }
        for (int i = 1; i < weights.length; i++) {
            boolean run = weights[i] == SUBJECT && weights[i - 1] == SUBJECT;
            if (run && endsSubject(i)) {
                weights[i] = FOCUS;
            }
        }
    }

    /** Whether the subject's words end here with no auxiliary after them, so that the last one is the verb. */
    private boolean endsSubject(int at) {
        int next = at + 1;
        if (next == weights.length || clauseStarts.get(next)) {
            return true;
        }
        return weights[next] != SUBJECT && !AUXILIARY.contains(words.get(next));
    }

    private static Set<String> stems(String text) {
        return Set.copyOf(List.of(text.split(" ")).stream()
                .map(word -> Words.stem(Words.fold(word)))
                .distinct()
                .toList());
    }
}
