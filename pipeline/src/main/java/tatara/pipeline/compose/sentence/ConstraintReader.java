package tatara.pipeline.compose.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tatara.core.spec.Constraints;
import tatara.core.spec.Goal;
import tatara.core.spec.Metric;
import tatara.core.spec.Reading;

/** Reads limits, costs and goals from the sentence. Patterns hold no nested repetition, so time is linear in the sentence. */
final class ConstraintReader {
    private static final String NUMBER = "(\\d[\\d,]{0,15}(?:\\.\\d{1,9})?)";
    private static final String SHARE = NUMBER + "\\s?(%|percent|per cent)?";
    private static final String LEAST =
            "(?:at least|no less than|not less than|minimum(?: of)?|min\\.?|>=|≥|over|above|of)";
    private static final Pattern ALERTS = Pattern.compile(
            "(?:at most|no more than|not more than|up to|maximum(?: of)?|max\\.?|" + "only|limited to|<=|≤)\\s?"
                    + NUMBER + "\\s(?:[\\p{L}-]{1,20}\\s){0,3}(?:a|per|each|every|/)\\s?(hour|day|week|month)");
    private static final Pattern CAPACITY = Pattern.compile(
            NUMBER
                    + "\\s(?:alerts|alarms|calls|cases|reviews|checks|investigations|inspections|visits)\\s(?:a|per|each|every|/)\\s?(hour|day|week|month)");
    private static final Pattern TOP =
            Pattern.compile("(?:top|riskiest|worst|best|highest|likeliest)\\s" + NUMBER + "\\s?(%|percent|per cent)");
    private static final Pattern PRECISION_BEFORE = Pattern.compile(SHARE + "\\s(?:of\\s)?precision\\b");
    private static final Pattern PRECISION_AFTER =
            Pattern.compile("\\bprecision\\s(?:of\\s)?" + LEAST + "\\s?" + SHARE);
    private static final Pattern RECALL_BEFORE = Pattern.compile(SHARE + "\\s(?:of\\s)?(?:recall|sensitivity)\\b");
    private static final Pattern RECALL_AFTER =
            Pattern.compile("\\b(?:recall|sensitivity)\\s(?:of\\s)?" + LEAST + "\\s?" + SHARE);
    private static final Pattern CATCH =
            Pattern.compile("\\b(?:catch|catches|catching|find|cover|detect|capture)\\s(?:at least\\s)?" + NUMBER
                    + "\\s?(%|percent|per cent)");
    private static final String MISS = "\\b(?:missing|misses|missed|miss|false negatives?)\\b";
    private static final String ALARM = "false (?:alarms?|positives?|alerts?)";
    private static final String TIMES = "\\s?(?:times|x|×)\\b";
    private static final Pattern MISS_TIMES = Pattern.compile(
            MISS + "[^.;]{0,60}?\\b(?:costs?|is|are)\\s(?:about\\s)?" + NUMBER + TIMES + "[^.;]{0,40}?" + ALARM);
    private static final Pattern ALARM_TIMES = Pattern.compile(
            ALARM + "[^.;]{0,40}?\\b(?:costs?|is|are)\\s(?:about\\s)?" + NUMBER + TIMES + "[^.;]{0,40}?" + MISS);
    private static final Pattern BOTH_COSTS = Pattern.compile(MISS + "[^.;]{0,40}?\\bcosts?\\s[$€£¥]?" + NUMBER
            + "[^.;]{0,40}?" + ALARM + "[^.;\\d]{0,20}?[$€£¥]?" + NUMBER);
    private static final Pattern EXPLAIN = Pattern.compile(
            "\\b(?:explainable|interpretable|explainability|interpretability|transparent|must be explained)\\b|説明可能|説明できる");
    private static final Pattern LATENCY =
            Pattern.compile("(?:under|below|within|in|less than|at most|faster than|<|<=)\\s?" + NUMBER
                    + "\\s?(ms|milliseconds?|millis)\\b");
    private static final Pattern ANSWER =
            Pattern.compile("\\b(?:respond|response|answer|answers|reply|latency)\\b[^.;\\d]{0,40}?"
                    + "(?:under|below|within|in|less than|at most)\\s?" + NUMBER + "\\s?(seconds?|s)\\b");
    private static final Map<String, Metric> METRICS = Map.ofEntries(
            Map.entry("roc auc", Metric.ROC_AUC),
            Map.entry("auroc", Metric.ROC_AUC),
            Map.entry("auc", Metric.ROC_AUC),
            Map.entry("f1", Metric.F1),
            Map.entry("accuracy", Metric.ACCURACY),
            Map.entry("balanced accuracy", Metric.BALANCED_ACCURACY),
            Map.entry("average precision", Metric.AVERAGE_PRECISION),
            Map.entry("log loss", Metric.LOG_LOSS),
            Map.entry("logloss", Metric.LOG_LOSS),
            Map.entry("brier", Metric.BRIER),
            Map.entry("rmse", Metric.RMSE),
            Map.entry("mae", Metric.MAE),
            Map.entry("mape", Metric.MAPE),
            Map.entry("smape", Metric.SMAPE),
            Map.entry("mase", Metric.MASE),
            Map.entry("r2", Metric.R2));
    private static final Pattern GOAL = Pattern.compile("\\b(roc[ _]auc|auroc|auc|f1|balanced[ _]accuracy|accuracy|"
            + "average[ _]precision|log[ _]?loss|brier|rmse|mae|mape|smape|mase|r2)(?:\\sscore)?\\s?(?:of\\s|is\\s|should be\\s|must be\\s)?"
            + "(at least|>=|≥|>|above|over|greater than|better than|at most|<=|≤|<|below|under|less than)\\s?" + SHARE);

    private final String text;
    private final List<Goal> given;
    private final List<String> because = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();

    ConstraintReader(Sentence sentence, List<Goal> given) {
        this.text = sentence.plain();
        this.given = given;
    }

    /** The constraints, and how they were read if there are any. */
    record Found(Constraints constraints, Optional<Reading> reading) {}

    Found read() {
        Optional<Double> alerts = alertsPerDay();
        Optional<Double> top = number(TOP, value -> value / 100, "the top share");
        Optional<Double> precision = share(PRECISION_AFTER).or(() -> share(PRECISION_BEFORE));
        Optional<Double> recall =
                share(RECALL_AFTER).or(() -> share(RECALL_BEFORE)).or(() -> share(CATCH));
        double[] costs = costs();
        boolean explainable = matched(EXPLAIN);
        Optional<Double> latency =
                number(LATENCY, value -> value, "latency").or(() -> number(ANSWER, value -> value * 1000, "latency"));
        List<Goal> goals = goals();
        Optional<Double> alarm = costs.length == 0 ? Optional.empty() : Optional.of(costs[0]);
        Optional<Double> miss = costs.length == 0 ? Optional.empty() : Optional.of(costs[1]);
        Constraints constraints =
                new Constraints(alerts, top, precision, recall, alarm, miss, explainable, latency, goals);
        if (because.isEmpty() && rejected.isEmpty()) {
            return new Found(constraints, Optional.empty());
        }
        if (because.isEmpty()) {
            because.add("nothing that holds could be read");
        }
        return new Found(constraints, Optional.of(new Reading("constraints", value(constraints), because, rejected)));
    }

    private Optional<Double> alertsPerDay() {
        for (Pattern pattern : List.of(ALERTS, CAPACITY)) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                double days =
                        switch (matcher.group(2)) {
                            case "hour" -> 1.0 / 24;
                            case "week" -> 7;
                            case "month" -> 30.436875;
                            default -> 1;
                        };
                double count = parse(matcher.group(1)) / days;
                if (count > 0) {
                    because.add("\"" + matcher.group() + "\"");
                    return Optional.of(count);
                }
            }
        }
        return Optional.empty();
    }

    private interface Scale {
        double of(double value);
    }

    private Optional<Double> number(Pattern pattern, Scale scale, String what) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        double value = scale.of(parse(matcher.group(1)));
        boolean share = pattern == TOP;
        if (value <= 0 || (share && value > 1)) {
            rejected.add("\"" + matcher.group() + "\": out of range for " + what);
            return Optional.empty();
        }
        because.add("\"" + matcher.group() + "\"");
        return Optional.of(value);
    }

    private Optional<Double> share(Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        double value = parse(matcher.group(1));
        double share = matcher.group(2) != null || value > 1 ? value / 100 : value;
        if (share <= 0 || share > 1) {
            rejected.add("\"" + matcher.group() + "\": a share is above 0 and at most 100 %");
            return Optional.empty();
        }
        because.add("\"" + matcher.group() + "\"");
        return Optional.of(share);
    }

    /** Cost of a false alarm and of a miss, or nothing. */
    private double[] costs() {
        Matcher both = BOTH_COSTS.matcher(text);
        Matcher miss = MISS_TIMES.matcher(text);
        Matcher alarm = ALARM_TIMES.matcher(text);
        double[] costs = {};
        String said = "";
        if (miss.find()) {
            costs = new double[] {1, parse(miss.group(1))};
            said = miss.group();
        } else if (alarm.find()) {
            costs = new double[] {parse(alarm.group(1)), 1};
            said = alarm.group();
        } else if (both.find()) {
            costs = new double[] {parse(both.group(2)), parse(both.group(1))};
            said = both.group();
        }
        if (costs.length == 2 && (costs[0] <= 0 || costs[1] <= 0)) {
            rejected.add("\"" + said + "\": a cost is above 0");
            return new double[0];
        }
        if (costs.length == 2) {
            because.add("\"" + said + "\"");
        }
        return costs;
    }

    private boolean matched(Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return false;
        }
        because.add("\"" + matcher.group() + "\"");
        return true;
    }

    private List<Goal> goals() {
        List<Goal> goals = new ArrayList<>(given);
        if (!given.isEmpty()) {
            because.add("--goal");
        }
        Matcher matcher = GOAL.matcher(text);
        while (matcher.find()) {
            Metric metric = Optional.ofNullable(METRICS.get(matcher.group(1).replace('_', ' ')))
                    .orElseThrow();
            double value = parse(matcher.group(3));
            boolean percent = matcher.group(4) != null && metric != Metric.MAPE && metric != Metric.SMAPE;
            boolean atLeast =
                    switch (matcher.group(2)) {
                        case "at least", ">=", "≥", ">", "above", "over", "greater than" -> true;
                        case "better than" -> metric.higherIsBetter();
                        default -> false;
                    };
            boolean already = given.stream().anyMatch(goal -> goal.metric() == metric);
            if (already) {
                rejected.add("\"" + matcher.group() + "\": --goal says otherwise");
            } else {
                goals.add(new Goal(metric, atLeast, percent ? value / 100 : value));
                because.add("\"" + matcher.group() + "\"");
            }
        }
        return List.copyOf(goals);
    }

    /** A metric that the sentence names, such as "maximise f1". */
    static Optional<Metric> named(Sentence sentence) {
        String text = sentence.plain();
        Matcher matcher = Pattern.compile(
                        "\\b(?:maximi[sz]e|minimi[sz]e|optimi[sz]e(?: for)?|measured by|judged by|lowest|highest|best)\\s"
                                + "(?:the\\s)?(roc auc|auroc|auc|f1|balanced accuracy|accuracy|average precision|log ?loss|brier|rmse|mae|mape|smape|mase|r2)\\b")
                .matcher(text);
        return matcher.find() ? Optional.ofNullable(METRICS.get(matcher.group(1))) : Optional.empty();
    }

    private static double parse(String number) {
        return Double.parseDouble(number.replace(",", ""));
    }

    private static String value(Constraints constraints) {
        List<String> parts = new ArrayList<>();
        constraints.alertsPerDay().ifPresent(value -> parts.add("at most " + text(value) + " alerts a day"));
        constraints.topShare().ifPresent(value -> parts.add("top " + text(100 * value) + " %"));
        constraints.minPrecision().ifPresent(value -> parts.add("precision at least " + text(value)));
        constraints.minRecall().ifPresent(value -> parts.add("recall at least " + text(value)));
        constraints
                .falseNegativeCost()
                .ifPresent(miss -> parts.add("a miss costs " + text(miss) + ", a false alarm "
                        + text(constraints.falsePositiveCost().orElse(1.0))));
        if (constraints.explainable()) {
            parts.add("explainable");
        }
        constraints.maxLatencyMillis().ifPresent(value -> parts.add("answers within " + text(value) + " ms"));
        constraints
                .goals()
                .forEach(goal ->
                        parts.add(goal.metric().key() + (goal.atLeast() ? " >= " : " <= ") + text(goal.value())));
        return String.join("; ", parts);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.4g", value);
    }
}
