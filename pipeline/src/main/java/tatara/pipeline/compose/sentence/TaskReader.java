package tatara.pipeline.compose.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.ValueCount;
import tatara.core.spec.Reading;
import tatara.core.spec.Task;
import tatara.pipeline.compose.sentence.Sentence.Intent;
import tatara.specialists.words.Words;

/** Decides the task from the target's type and values, and from what the sentence asks for. */
final class TaskReader {
    /** Classes that a model tells apart at most: as many values as a profile lists. */
    static final int MOST_CLASSES = 50;

    /** The square of this, summed over any number of rows, still fits a single-precision number's range. */
    private static final double LARGEST = 1e18;

    private static final int FEW_NUMBERS = 20;
    private static final long LABELS_TO_LEARN_FROM = 30;
    private static final Set<String> CLASS_NAMES = Set.of(
            "class",
            "clas",
            "category",
            "categori",
            "kind",
            "type",
            "label",
            "speci",
            "segment",
            "group",
            "cluster",
            "tier",
            "クラス",
            "種類",
            "分類",
            "ラベル");

    private final Sentence sentence;
    private final TableProfile table;
    private final ColumnProfile target;
    private final Optional<String> order;
    private final boolean horizonGiven;
    private final List<String> because = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();

    /** @param order column that could order the steps of a forecast */
    TaskReader(
            Sentence sentence, TableProfile table, ColumnProfile target, Optional<String> order, boolean horizonGiven) {
        this.sentence = sentence;
        this.table = table;
        this.target = target;
        this.order = order;
        this.horizonGiven = horizonGiven;
    }

    /** The task and how it was read. */
    record Found(Task task, Reading reading) {}

    static Found anomaly() {
        return new Found(
                Task.ANOMALY,
                new Reading(
                        "task",
                        "anomaly",
                        List.of("the sentence asks for what is unusual", "no column says which rows are"),
                        List.of("binary: there are no labels to learn from")));
    }

    Found read() {
        Task task = isNumber() ? ofNumber() : ofValues();
        return new Found(task, new Reading("task", word(task), because, rejected));
    }

    private boolean isNumber() {
        return target.type() == ColumnType.NUMBER || target.type() == ColumnType.INTEGER;
    }

    private Task ofValues() {
        if (target.distinct() < 2) {
            throw unsuitable("it has " + (target.distinct() == 0 ? "no value" : "one value only"));
        }
        if (target.type() == ColumnType.BOOLEAN || target.distinct() == 2) {
            return binary();
        }
        if (target.type() == ColumnType.TIME) {
            throw unsuitable("it is a time; a model predicts a class or a number");
        }
        if (target.distinct() > MOST_CLASSES) {
            throw unsuitable(
                    "it is text with " + target.distinct() + " distinct values; a class needs at most " + MOST_CLASSES);
        }
        because.add(shown() + " has " + target.distinct() + " distinct values that are not numbers");
        rejected.add("regression: its values are not numbers");
        return Task.MULTICLASS;
    }

    private Task binary() {
        because.add(shown() + " has two values: "
                + String.join(
                        " and ",
                        target.top().stream()
                                .limit(2)
                                .map(top -> ColumnMatch.shown(top.value()))
                                .toList()));
        if (!sentence.asks(Intent.ANOMALY)) {
            return Task.BINARY;
        }
        long rare = target.top().stream().mapToLong(ValueCount::count).min().orElse(0);
        if (rare >= LABELS_TO_LEARN_FROM) {
            rejected.add("anomaly: with " + rare + " labelled cases, learning from the labels is better");
            return Task.BINARY;
        }
        because.add("the sentence asks for what is unusual, and " + rare + " labelled cases are too few to learn from");
        rejected.add(
                "binary: needs " + LABELS_TO_LEARN_FROM + " labelled cases; the labels still serve to judge the model");
        return Task.ANOMALY;
    }

    private Task ofNumber() {
        if (target.distinct() < 2) {
            throw unsuitable("it has " + (target.distinct() == 0 ? "no value" : "one value only"));
        }
        if (WideSeries.is(table) && target.name().equals(WideSeries.VALUE)) {
            because.add("each row of the source is one series, step by step");
            rejected.add("regression: the steps of a series follow one another");
            return Task.FORECAST;
        }
        double reach = target.numbers()
                .map(numbers -> Math.max(Math.abs(numbers.min()), Math.abs(numbers.max())))
                .orElse(0.0);
        if (!(reach <= LARGEST)) {
            throw unsuitable("its numbers reach " + reach + ", too far to be squared and averaged (at most " + LARGEST
                    + "); divide them by a constant");
        }
        boolean asksForecast = sentence.asks(Intent.FORECAST) || horizonGiven;
        if (asksForecast && target.distinct() > 2 && order.isPresent()) {
            because.add(
                    horizonGiven && !sentence.asks(Intent.FORECAST)
                            ? "--horizon asks for coming steps"
                            : "the sentence asks to forecast");
            because.add(ColumnMatch.shown(order.orElseThrow()) + " orders the steps");
            rejected.add("regression: it would not look ahead");
            return Task.FORECAST;
        }
        if (asksForecast && target.distinct() > 2) {
            rejected.add("forecast: no column of time orders the rows");
        } else if (order.isPresent()) {
            rejected.add("forecast: the sentence asks for no coming steps");
        }
        return target.distinct() == 2 ? binary() : numberOrClass();
    }

    private Task numberOrClass() {
        boolean few = target.distinct() <= FEW_NUMBERS;
        boolean named = Words.stems(target.name()).stream().anyMatch(CLASS_NAMES::contains);
        boolean asked = sentence.asks(Intent.CLASSIFY) && target.distinct() <= MOST_CLASSES;
        if (target.type() == ColumnType.INTEGER && (asked || (few && named && !sentence.asks(Intent.AMOUNT)))) {
            because.add(
                    asked
                            ? "the sentence asks to classify"
                            : shown() + " has " + target.distinct()
                                    + " distinct whole numbers and the name of a class");
            rejected.add("regression: the numbers are names of classes");
            return Task.MULTICLASS;
        }
        because.add(shown() + " is a number with " + target.distinct() + " distinct values");
        if (few) {
            rejected.add("multiclass: its " + target.distinct()
                    + " values are in order, and the sentence does not say classify");
        }
        if (sentence.asks(Intent.CLASSIFY) && !asked) {
            rejected.add("multiclass: " + target.distinct() + " distinct numbers are too many for classes");
        }
        return Task.REGRESSION;
    }

    private String shown() {
        return ColumnMatch.shown(target.name());
    }

    private TataraException unsuitable(String why) {
        return new TataraException(
                SentenceErrorCode.UNSUITABLE_TARGET,
                Fault.of("column " + shown() + " cannot be predicted: " + why)
                        .at("table " + table.name())
                        .expecting("a column with two or more classes or numbers")
                        .todo("Name another column with --target"));
    }

    static String word(Task task) {
        return task.name().toLowerCase(java.util.Locale.ROOT);
    }
}
