package tatara.pipeline.compose.sentence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tatara.core.error.Fault;
import tatara.core.error.QuestionException;
import tatara.core.error.QuestionException.Answer;
import tatara.core.error.TataraException;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableProfile;
import tatara.core.spec.Reading;
import tatara.pipeline.compose.sentence.Sentence.Intent;
import tatara.specialists.words.Words;

/** Finds the column that the sentence asks about, or asks back. */
final class TargetReader {
    private static final Set<String> TARGET_NAMES = Set.of(
            "target",
            "label",
            "class",
            "y",
            "outcome",
            "response",
            "result",
            "dependent",
            "labels",
            "targets",
            "classes",
            "目的変数",
            "正解",
            "ラベル",
            "クラス");
    private static final Set<String> KNOWN_FIRST = Set.of("age", "sex", "gender", "id", "name");
    /** Least score of a column that the sentence names or means. */
    private static final double SPOKEN = 0.35;
    /** Least score of a column that only its shape speaks for. */
    private static final double SHAPED = 0.6;
    /** Score from which words speak clearly of a column. */
    private static final double CLEARLY = 0.6;
    /** How far the best has to be ahead of the second. */
    private static final double MARGIN = 0.12;

    private static final int SHOWN = 4;

    private final Sentence sentence;
    private final List<TableProfile> tables;
    private final List<ColumnLink> links;

    TargetReader(Sentence sentence, List<TableProfile> tables, List<ColumnLink> links) {
        this.sentence = sentence;
        this.tables = tables;
        this.links = links;
    }

    /** The target with its table and how it was found. */
    record Found(TableProfile table, ColumnProfile column, Reading reading) {}

    private record Candidate(
            TableProfile table, ColumnProfile column, double spoken, double shape, List<String> because) {
        double score() {
            return spoken + shape;
        }

        /** Where words speak clearly, the form of a column counts for less. */
        Candidate withLessShape() {
            return new Candidate(table, column, spoken, shape / 2, because);
        }
    }

    /** The best column, or empty if the sentence asks for what is unusual and no column says what that is. */
    Optional<Found> read() {
        List<Candidate> candidates = candidates();
        boolean anomaly = sentence.asks(Intent.ANOMALY);
        if (!anomaly && candidates.stream().noneMatch(candidate -> candidate.spoken >= SPOKEN)) {
            refuseWhatIsNamed();
        }
        if (candidates.isEmpty() || (anomaly && candidates.get(0).spoken < SPOKEN)) {
            if (anomaly) {
                return Optional.empty();
            }
            throw new TataraException(
                    SentenceErrorCode.NOTHING_ASKED,
                    Fault.of("no column can be predicted: each is an id, a time, free text or has one value only")
                            .expecting("a column with the outcome that past rows had")
                            .todo("Add a column with the outcome, or name one with --target"));
        }
        Candidate best = candidates.get(0);
        boolean plausible = best.spoken >= SPOKEN || best.score() >= SHAPED;
        boolean close =
                candidates.size() > 1 && best.score() - candidates.get(1).score() < MARGIN;
        if (!plausible || close) {
            throw question(candidates);
        }
        return Optional.of(new Found(best.table, best.column, reading(best, candidates)));
    }

    /** A column that the sentence clearly names, and that holds nothing to predict: it says so instead of asking for another. */
    private void refuseWhatIsNamed() {
        for (TableProfile table : tables) {
            for (ColumnProfile column : table.columns()) {
                if (column.distinct() < 2
                        && ColumnMatch.ofName(sentence, column.name()).score() >= CLEARLY) {
                    throw new TataraException(
                            SentenceErrorCode.UNSUITABLE_TARGET,
                            Fault.of("column " + ColumnMatch.shown(column.name()) + " cannot be predicted: it has "
                                            + (column.distinct() == 0 ? "no value" : "one value only"))
                                    .at("table " + table.name())
                                    .expecting("a column with two or more classes or numbers")
                                    .todo("Give data in which it varies, or name another column with --target"));
                }
            }
        }
    }

    private List<Candidate> candidates() {
        List<Candidate> candidates = new ArrayList<>();
        Map<String, Integer> columnsByStem = ColumnMatch.columnsByStem(tables);
        for (TableProfile table : tables) {
            double named = ColumnMatch.ofName(sentence, table.name()).score();
            for (int i = 0; i < table.columns().size(); i++) {
                ColumnProfile column = table.columns().get(i);
                boolean place = WideSeries.is(table) && !column.name().equals(WideSeries.VALUE);
                if (!place && excluded(column).isEmpty()) {
                    candidates.add(candidate(table, i, named, columnsByStem));
                }
            }
        }
        double spoken = candidates.stream().mapToDouble(Candidate::spoken).max().orElse(0);
        return candidates.stream()
                .map(candidate -> spoken >= CLEARLY ? candidate.withLessShape() : candidate)
                .sorted(Comparator.comparingDouble(Candidate::score).reversed())
                .toList();
    }

    private Candidate candidate(TableProfile table, int index, double tableNamed, Map<String, Integer> columnsByStem) {
        ColumnProfile column = table.columns().get(index);
        ColumnMatch match = ColumnMatch.of(sentence, column, columnsByStem);
        List<String> because = new ArrayList<>(match.because());
        double shape = shape(table, index, because);
        if (match.score() > 0 && tables.size() > 1) {
            shape += 0.3 * Math.min(1, tableNamed);
        }
        return new Candidate(table, column, match.score(), shape, because);
    }

    /** Why a column cannot be what a sentence asks for, empty if it can. */
    private static Optional<String> excluded(ColumnProfile column) {
        return switch (column.type()) {
            case IDENTIFIER -> Optional.of("it names things");
            case TIME -> Optional.of("it is a time");
            case TEXT -> Optional.of("it is free text");
            case EMPTY -> Optional.of("it is empty");
            default -> column.distinct() < 2 ? Optional.of("it has one value only") : Optional.empty();
        };
    }

    /** What the form of a column says, without a word: its place, its number of values, a name that targets have. */
    private double shape(TableProfile table, int index, List<String> because) {
        ColumnProfile column = table.columns().get(index);
        boolean binary = column.distinct() == 2;
        boolean number = column.type() == ColumnType.NUMBER || column.type() == ColumnType.INTEGER;
        double score = 0;
        if (TARGET_NAMES.contains(column.name().strip().toLowerCase(Locale.ROOT))) {
            because.add("its name is one that targets have");
            score += 0.6;
        }
        if (index == lastFull(table)) {
            because.add("it is the last column");
            score += 0.1;
        }
        if (sentence.asks(Intent.WHETHER) && binary) {
            because.add("it has two values, as an answer to \"which\" or \"whether\" has");
            score += onlyBinary(table) ? 0.3 : 0.15;
        }
        boolean amount = sentence.asks(Intent.AMOUNT) || sentence.asks(Intent.FORECAST);
        if (amount && number && !binary) {
            because.add("it is a number, as the sentence asks for");
            score += 0.15;
        }
        score -= amount && !number ? 0.3 : 0;
        score -= sentence.asks(Intent.WHETHER) && number && !binary ? 0.2 : 0;
        score -= Words.of(column.name()).stream().anyMatch(KNOWN_FIRST::contains) ? 0.1 : 0;
        score -= column.missingShare() > 0.5 ? 0.3 : 0;
        boolean child = links.stream()
                .anyMatch(link ->
                        link.table().equals(table.name()) && !link.toTable().equals(table.name()));
        return child ? score - 0.1 : score;
    }

    private static int lastFull(TableProfile table) {
        for (int i = table.columns().size() - 1; i >= 0; i--) {
            ColumnProfile column = table.columns().get(i);
            if (column.missingShare() < 0.9) {
                return i;
            }
        }
        return -1;
    }

    private static boolean onlyBinary(TableProfile table) {
        return table.columns().stream().filter(column -> column.distinct() == 2).count() == 1;
    }

    private Reading reading(Candidate best, List<Candidate> candidates) {
        List<String> rejected = new ArrayList<>();
        for (Candidate other : candidates.subList(1, Math.min(candidates.size(), SHOWN))) {
            String less = other.spoken > 0
                    ? String.join(", ", other.because) + ", but less clearly"
                    : "the sentence does not speak of it";
            rejected.add(label(other) + ": " + less);
        }
        for (ColumnProfile column : best.table.columns()) {
            ColumnMatch match = ColumnMatch.ofName(sentence, column.name());
            if (match.score() >= SPOKEN) {
                excluded(column).ifPresent(why -> rejected.add(column.name() + ": " + why));
            }
        }
        List<String> because = best.because.isEmpty() ? List.of("no other column fits better") : best.because;
        return new Reading("target", best.column.name(), because, rejected);
    }

    private QuestionException question(List<Candidate> candidates) {
        List<Answer> answers = new ArrayList<>();
        double best = candidates.get(0).score();
        for (Candidate candidate : candidates) {
            boolean near = best - candidate.score() < 0.5 && candidate.score() > 0;
            if (answers.size() < SHOWN && (near || answers.size() < 2)) {
                answers.add(new Answer("--target " + quoted(candidate), meaning(candidate)));
            }
        }
        String said = sentence.text().isBlank() ? "the sentence is empty" : "the sentence does not say it clearly";
        return new QuestionException(
                Fault.of("Which column is to be predicted? " + said)
                        .at(String.join(
                                ", ", tables.stream().map(TableProfile::name).toList()))
                        .todo("Answer with one of the options below, or name another column"),
                answers);
    }

    private String meaning(Candidate candidate) {
        String values = candidate.column.distinct() == 2
                ? "whether it is "
                        + String.join(
                                " or ",
                                candidate.column.top().stream()
                                        .limit(2)
                                        .map(top -> ColumnMatch.shown(top.value()))
                                        .toList())
                : candidate.column.distinct() + " distinct values";
        String why = candidate.because.isEmpty() ? "" : "; " + String.join(", ", candidate.because);
        return "predicts " + label(candidate) + " (" + values + ")" + why;
    }

    private String label(Candidate candidate) {
        return tables.size() > 1 ? candidate.table.name() + "." + candidate.column.name() : candidate.column.name();
    }

    private String quoted(Candidate candidate) {
        return shell(label(candidate));
    }

    /** As a shell would have to be given it. */
    static String shell(String text) {
        boolean plain =
                text.chars().allMatch(letter -> Character.isLetterOrDigit(letter) || "._-".indexOf(letter) >= 0);
        return plain ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
