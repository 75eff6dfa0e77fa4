package tatara.core.design;

import java.util.List;
import java.util.Optional;
import tatara.core.spec.Goal;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;

/**
 * The data scientist's hand-off (S1–S8): features, target, split, metric, decision threshold.
 *
 * @param features what the model sees, one record each
 * @param views aggregates over linked tables, joined to the main table before the features are computed
 * @param target what is predicted
 * @param split how the sealed hold-out and the folds are drawn
 * @param evaluation how quality is judged
 * @param forecast for {@link Task#FORECAST}
 */
public record FeatureDesign(
        List<Feature> features,
        List<ViewColumn> views,
        Target target,
        Split split,
        Evaluation evaluation,
        Optional<Forecast> forecast)
        implements Design {

    /** One feature, or a family of features of one column. */
    public sealed interface Feature permits NumberFeature, CategoryFeature, TimeFeature, TextFeature {
        String column();
    }

    /**
     * A number as it is.
     *
     * @param clipLow values below become this
     * @param clipHigh values above become this
     * @param missingFlag whether linear models also see that it was missing
     */
    public record NumberFeature(String column, Optional<Double> clipLow, Optional<Double> clipHigh, boolean missingFlag)
            implements Feature {}

    /**
     * A category; a level seen in fewer than {@code minRows} rows, or never, is "other".
     *
     * @param maxLevels levels kept, the most frequent first
     */
    public record CategoryFeature(String column, int maxLevels, int minRows) implements Feature {}

    /** Calendar parts of a time, and the time itself as a number where that may help. */
    public record TimeFeature(String column, List<Part> parts) implements Feature {}

    /** Part of a time. */
    public enum Part {
        /** Seconds since the epoch. */
        ELAPSED,
        YEAR,
        MONTH,
        DAY_OF_MONTH,
        DAY_OF_WEEK,
        DAY_OF_YEAR,
        HOUR
    }

    /**
     * Words of a text as TF-IDF terms, plus its length and number of words.
     *
     * @param maxTerms terms kept, by document frequency
     * @param minRows rows a term must occur in
     * @param pairs whether pairs of neighbouring words are terms too
     */
    public record TextFeature(String column, int maxTerms, int minRows, boolean pairs) implements Feature {}

    /**
     * A column computed from a linked table, using only rows that had arrived at the main row's time.
     *
     * @param name its name among the main table's columns
     * @param table the linked table
     * @param key column of the linked table that refers to the main table
     * @param mainKey column of the main table it refers to
     * @param aggregate what is computed
     * @param column column aggregated, empty for {@link Aggregate#COUNT}
     * @param windowDays only rows of so many days before the main row's time; 0 for all
     */
    public record ViewColumn(
            String name,
            String table,
            String key,
            String mainKey,
            Aggregate aggregate,
            Optional<String> column,
            int windowDays) {}

    /** An aggregate of a linked table's rows. */
    public enum Aggregate {
        COUNT,
        SUM,
        MEAN,
        MIN,
        MAX,
        LAST,
        DISTINCT,
        DAYS_SINCE_LAST,
        DAYS_SINCE_FIRST
    }

    /**
     * What is predicted.
     *
     * @param column empty for unlabelled anomaly detection
     * @param classes for classification: labels in order of probability columns
     * @param positive for binary: the class of interest
     * @param logarithm for regression: models fit log(1 + y)
     */
    public record Target(
            Task task, Optional<String> column, List<String> classes, Optional<String> positive, boolean logarithm) {}

    /**
     * How rows are set apart.
     *
     * @param kind how
     * @param column time or group column
     * @param holdoutShare share of rows in the sealed hold-out, in (0, 0.5]
     */
    public record Split(Kind kind, Optional<String> column, double holdoutShare, String why) {
        /** The way of splitting. */
        public enum Kind {
            /** At random, classes in equal shares. */
            STRATIFIED,
            /** At random. */
            RANDOM,
            /** The latest rows. */
            TIME,
            /** All rows of a group on one side. */
            GROUP
        }
    }

    /**
     * How quality is judged.
     *
     * @param metric leads
     * @param others also reported
     * @param baselines names of baselines to beat
     * @param goals what the hold-out must reach
     * @param threshold for binary: how the decision threshold is chosen
     * @param segments columns by whose values quality is broken down
     */
    public record Evaluation(
            Metric metric,
            List<Metric> others,
            List<String> baselines,
            List<Goal> goals,
            Optional<Threshold> threshold,
            List<String> segments) {}

    /**
     * How the decision threshold is chosen on out-of-fold predictions.
     *
     * @param value of the rule: a share, a precision, a recall or the cost ratio miss : false alarm
     */
    public record Threshold(Rule rule, double value, String why) {
        /** The rule. */
        public enum Rule {
            /** Best F1. */
            BEST_F1,
            /** So large a share of rows is positive. */
            TOP_SHARE,
            /** Most recall at this precision at least. */
            MIN_PRECISION,
            /** Most precision at this recall at least. */
            MIN_RECALL,
            /** Least expected cost. */
            COST_RATIO
        }
    }

    /**
     * What a forecast looks ahead at.
     *
     * @param series column that names the series, empty for one series
     * @param time column of time, empty if steps are only numbered
     * @param horizon steps ahead, at least 1
     * @param periods seasonal periods in steps, longest last, empty if none was found
     * @param stepSeconds length of a step, 0 if unknown
     */
    public record Forecast(
            Optional<String> series, Optional<String> time, int horizon, List<Integer> periods, double stepSeconds) {}
}
