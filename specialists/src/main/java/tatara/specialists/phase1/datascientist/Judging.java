package tatara.specialists.phase1.datascientist;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.DataDesign.Role;
import tatara.core.design.DataDesign.Table;
import tatara.core.design.Decision;
import tatara.core.design.Evidence;
import tatara.core.design.FeatureDesign.Evaluation;
import tatara.core.design.FeatureDesign.Threshold;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableProfile;
import tatara.core.spec.Constraints;
import tatara.core.spec.Metric;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.specialists.Figures;
import tatara.specialists.words.Words;

/** How quality is judged: metrics, baselines, decision threshold, segments (S6, S8, S12). */
final class Judging {
    private static final int MOST_SEGMENTS = 6;
    private static final Set<String> PERSONAL = Set.of(
            "sex",
            "gender",
            "age",
            "race",
            "ethnicity",
            "religion",
            "nationality",
            "country",
            "region",
            "geography",
            "marital",
            "disability",
            "性別",
            "年齢",
            "国籍");

    private final Spec spec;
    private final TableProfile main;
    private final Table table;
    private final List<Decision> decisions = new ArrayList<>();

    Judging(Spec spec, TableProfile main, Table table) {
        this.spec = spec;
        this.main = main;
        this.table = table;
    }

    Evaluation evaluation() {
        List<Metric> others =
                others().stream().filter(metric -> metric != spec.metric()).toList();
        List<String> baselines = baselines();
        Optional<Threshold> threshold = threshold();
        List<String> segments = segments();
        decisions.add(new Decision(
                "Quality is led by " + spec.metric().key() + ", against " + String.join(", ", baselines),
                "a model is worth its cost only if it beats what is simpler",
                spec.constraints().goals().stream()
                        .map(goal ->
                                Figures.evidence("goal for " + goal.metric().key(), goal.value(), "requirement"))
                        .toList()));
        return new Evaluation(
                spec.metric(), others, baselines, spec.constraints().goals(), threshold, segments);
    }

    List<Decision> decisions() {
        return decisions;
    }

    private List<Metric> others() {
        return switch (spec.task()) {
            case BINARY ->
                List.of(
                        Metric.ROC_AUC,
                        Metric.AVERAGE_PRECISION,
                        Metric.LOG_LOSS,
                        Metric.BRIER,
                        Metric.ACCURACY,
                        Metric.BALANCED_ACCURACY,
                        Metric.F1,
                        Metric.PRECISION,
                        Metric.RECALL);
            case MULTICLASS -> List.of(Metric.LOG_LOSS, Metric.ACCURACY, Metric.BALANCED_ACCURACY, Metric.F1);
            case REGRESSION -> List.of(Metric.RMSE, Metric.MAE, Metric.R2, Metric.MAPE);
            case FORECAST -> List.of(Metric.SMAPE, Metric.MASE, Metric.MAE, Metric.RMSE, Metric.MAPE);
            case ANOMALY -> spec.target().isPresent() ? List.of(Metric.AVERAGE_PRECISION, Metric.ROC_AUC) : List.of();
        };
    }

    private List<String> baselines() {
        return switch (spec.task()) {
            case BINARY, MULTICLASS -> List.of("majority", "one-feature", "linear");
            case REGRESSION -> List.of("mean", "one-feature", "linear");
            case FORECAST -> List.of("seasonal-naive", "naive");
            case ANOMALY -> List.of();
        };
    }

    private Optional<Threshold> threshold() {
        if (spec.task() != Task.BINARY) {
            return Optional.empty();
        }
        Constraints wish = spec.constraints();
        Threshold chosen = wish.alertsPerDay()
                .map(this::byAlerts)
                .or(() -> wish.topShare()
                        .map(share -> new Threshold(
                                Threshold.Rule.TOP_SHARE,
                                share,
                                "the sentence asks for the top " + Figures.percent(share))))
                .or(() -> wish.minPrecision()
                        .map(least -> new Threshold(
                                Threshold.Rule.MIN_PRECISION,
                                least,
                                "the sentence asks for a precision of at least " + Figures.percent(least))))
                .or(() -> wish.minRecall()
                        .map(least -> new Threshold(
                                Threshold.Rule.MIN_RECALL,
                                least,
                                "the sentence asks for a recall of at least " + Figures.percent(least))))
                .or(this::byCost)
                .orElse(new Threshold(
                        Threshold.Rule.BEST_F1,
                        0,
                        "the sentence names no cost and no limit: misses and false alarms are balanced"));
        decisions.add(new Decision(
                "The decision threshold follows "
                        + chosen.rule()
                                .name()
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace('_', ' '),
                chosen.why(),
                chosen.rule() == Threshold.Rule.BEST_F1
                        ? List.of()
                        : List.of(Figures.evidence("value of the rule", chosen.value(), "requirement"))));
        return Optional.of(chosen);
    }

    private Optional<Threshold> byCost() {
        Optional<Double> miss = spec.constraints().falseNegativeCost();
        Optional<Double> alarm = spec.constraints().falsePositiveCost();
        if (miss.isEmpty() || alarm.isEmpty() || alarm.get() <= 0) {
            return Optional.empty();
        }
        double ratio = miss.get() / alarm.get();
        return Optional.of(new Threshold(
                Threshold.Rule.COST_RATIO, ratio, "a miss costs " + Figures.number(ratio) + " times a false alarm"));
    }

    /** Alerts a day as a share of the rows a day, counted on the time column; without one the data counts as one day. */
    private Threshold byAlerts(double alerts) {
        Optional<ColumnProfile> time =
                spec.time().flatMap(main::find).filter(column -> column.times().isPresent());
        double days = time.flatMap(ColumnProfile::times)
                .map(times -> Duration.between(times.min(), times.max()).toSeconds() / 86_400.0 + 1)
                .orElse(1.0);
        double daily = main.rows() / days;
        double share = Math.min(1, alerts / Math.max(1e-9, daily));
        String basis = time.isPresent()
                ? Figures.number(daily) + " rows a day by "
                        + Figures.name(time.get().name())
                : "no column of time: the " + main.rows() + " rows count as one day";
        decisions.add(new Decision(
                "At most " + Figures.number(alerts) + " alerts a day are the top " + Figures.percent(share),
                basis,
                List.of(
                        Figures.evidence("rows", main.rows(), "profile"),
                        Figures.evidence("days", days, time.isPresent() ? "profile" : "assumed"))));
        return new Threshold(
                Threshold.Rule.TOP_SHARE, share, "at most " + Figures.number(alerts) + " alerts a day; " + basis);
    }

    private List<String> segments() {
        List<Contract> kinds = table.withRole(Role.FEATURE).stream()
                .filter(column -> column.type() == ColumnType.CATEGORY || column.type() == ColumnType.BOOLEAN)
                .filter(column -> main.find(column.name())
                        .filter(profile -> profile.distinct() >= 2 && profile.distinct() <= 12)
                        .isPresent())
                .sorted(Comparator.comparing((Contract column) -> !isPersonal(column.name())))
                .limit(MOST_SEGMENTS)
                .toList();
        List<String> names = new ArrayList<>();
        if (spec.task() == Task.FORECAST) {
            spec.entity().ifPresent(names::add);
        } else {
            kinds.forEach(column -> names.add(column.name()));
        }
        List<Evidence> personal = kinds.stream()
                .filter(column -> isPersonal(column.name()) && names.contains(column.name()))
                .map(column -> Figures.evidence(
                        "values of " + Figures.name(column.name()),
                        main.find(column.name()).map(ColumnProfile::distinct).orElse(0L),
                        "profile"))
                .toList();
        if (!names.isEmpty()) {
            decisions.add(new Decision(
                    "Quality is also broken down by " + Figures.names(names),
                    personal.isEmpty()
                            ? "a good average can hide a bad segment"
                            : "a good average can hide a bad segment; those about persons come first",
                    personal));
        }
        return List.copyOf(names);
    }

    private static boolean isPersonal(String column) {
        return Words.of(column).stream().anyMatch(PERSONAL::contains);
    }
}
