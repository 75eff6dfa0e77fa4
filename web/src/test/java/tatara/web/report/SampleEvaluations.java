package tatara.web.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.run.Evaluation;
import tatara.core.run.Evaluation.CandidateScore;
import tatara.core.run.Evaluation.Curve;
import tatara.core.run.Evaluation.Importance;
import tatara.core.run.Evaluation.LearningPoint;
import tatara.core.run.Evaluation.Segment;
import tatara.core.run.Evaluation.ThresholdResult;
import tatara.core.run.Interval;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.testkit.subscription.CustomerHistory;
import tatara.testkit.subscription.Simulation;

/** Evaluations of each kind of task. */
final class SampleEvaluations {
    private SampleEvaluations() {}

    static Evaluation binary(List<CustomerHistory> customers) {
        List<CustomerHistory> ranked = customers.stream()
                .sorted(Comparator.comparingDouble(CustomerHistory::probability).reversed())
                .toList();
        double auc = Simulation.bestAuc(
                customers.stream().mapToDouble(CustomerHistory::probability).toArray());
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("roc_auc", auc);
        metrics.put("average_precision", 0.6231);
        metrics.put("log_loss", 0.3614);
        metrics.put("calibration_error", 0.01312);
        Map<String, Double> baselines = new LinkedHashMap<>();
        baselines.put("majority", 0.5);
        baselines.put("best single column", 0.7123);
        baselines.put("logistic regression", 0.8066);
        return new Evaluation(
                Task.BINARY,
                Metric.ROC_AUC,
                new Interval(auc, auc - 0.024, auc + 0.021),
                auc + 0.004,
                customers.size(),
                metrics,
                baselines,
                List.of(
                        new CandidateScore("lightgbm-1", "lightgbm", 0.8452, 0.55, 41.2),
                        new CandidateScore("linear-1", "linear", 0.8312, 0.25, 2.9),
                        new CandidateScore("xgboost-1", "xgboost", 0.8431, 0.2, 63.7),
                        new CandidateScore("extra-trees-1", "extra_trees", 0.8121, 0, 12.2)),
                Optional.of(threshold(ranked)),
                List.of(roc(ranked), precisionRecall(ranked), calibration(ranked)),
                List.of(
                        new Segment("country", "PT", 41, new Interval(0.761, 0.59, 0.9)),
                        new Segment("plan", "family", 118, new Interval(0.804, 0.72, 0.88)),
                        new Segment("payment_method", "invoice", 97, new Interval(0.812, 0.73, 0.89))),
                importances(),
                List.of(
                        new LearningPoint(375, 0.782),
                        new LearningPoint(750, 0.811),
                        new LearningPoint(1_500, 0.832),
                        new LearningPoint(3_000, auc)),
                List.of(
                        "The hold-out holds the latest quarter of the rows.",
                        "Intervals are from 1,000 bootstrap samples."));
    }

    private static List<Importance> importances() {
        String[] columns = {
            "usage_last_30d",
            "contract",
            "last_ticket_subject",
            "failed_payments",
            "tenure_months",
            "days_to_renewal",
            "usage_trend",
            "days_since_last_use",
            "age",
            "payment_method",
            "country",
            "monthly_fee",
            "tickets_open",
            "plan",
            "newsletter",
            "experiment_arm",
            "signup_date"
        };
        List<Importance> result = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < columns.length; i++) {
            sum += 1.0 / (i + 2);
        }
        for (int i = 0; i < columns.length; i++) {
            result.add(new Importance(columns[i], 1.3 / (i + 2), 1 / (i + 2.0) / sum));
        }
        return result;
    }

    private static boolean cancelled(CustomerHistory customer) {
        return customer.snapshot().cancelled().orElseThrow();
    }

    private static ThresholdResult threshold(List<CustomerHistory> ranked) {
        int called = ranked.size() / 5;
        long hits = ranked.subList(0, called).stream()
                .filter(SampleEvaluations::cancelled)
                .count();
        long positives = ranked.stream().filter(SampleEvaluations::cancelled).count();
        return new ThresholdResult(
                ranked.get(called).probability(),
                "cost of a miss is 5 times that of a false alarm",
                hits,
                called - hits,
                ranked.size() - called - (positives - hits),
                positives - hits,
                (double) hits / called,
                (double) hits / positives);
    }

    private static Curve roc(List<CustomerHistory> ranked) {
        long positives = ranked.stream().filter(SampleEvaluations::cancelled).count();
        double[] x = new double[ranked.size()];
        double[] y = new double[ranked.size()];
        int hits = 0;
        for (int i = 0; i < ranked.size(); i++) {
            hits += cancelled(ranked.get(i)) ? 1 : 0;
            x[i] = (i + 1.0 - hits) / (ranked.size() - positives);
            y[i] = (double) hits / positives;
        }
        return new Curve("roc", x, y, new double[0]);
    }

    private static Curve precisionRecall(List<CustomerHistory> ranked) {
        long positives = ranked.stream().filter(SampleEvaluations::cancelled).count();
        double[] x = new double[ranked.size()];
        double[] y = new double[ranked.size()];
        int hits = 0;
        for (int i = 0; i < ranked.size(); i++) {
            hits += cancelled(ranked.get(i)) ? 1 : 0;
            x[i] = (double) hits / positives;
            y[i] = hits / (i + 1.0);
        }
        return new Curve("precision-recall", x, y, new double[0]);
    }

    private static Curve calibration(List<CustomerHistory> ranked) {
        int bins = 10;
        double[] x = new double[bins];
        double[] y = new double[bins];
        double[] size = new double[bins];
        int width = ranked.size() / bins;
        for (int i = 0; i < bins; i++) {
            List<CustomerHistory> bin = ranked.subList((bins - 1 - i) * width, (bins - i) * width);
            x[i] = bin.stream()
                    .mapToDouble(CustomerHistory::probability)
                    .average()
                    .orElseThrow();
            y[i] = bin.stream().filter(SampleEvaluations::cancelled).count() / (double) width;
            size[i] = width;
        }
        return new Curve("calibration", x, y, size);
    }

    static Evaluation regression(List<CustomerHistory> customers) {
        int n = customers.size();
        double[] predicted = new double[n];
        double[] actual = new double[n];
        double[] errors = new double[n];
        for (int i = 0; i < n; i++) {
            predicted[i] = 20_000 + 300_000 * customers.get(i).probability();
            actual[i] = predicted[i] * (0.7 + customers.get(i).snapshot().usageLast30d() / 15);
            errors[i] = actual[i] - predicted[i];
        }
        double[] bins = new double[40];
        double[] counts = new double[40];
        for (int bin = 0; bin < 40; bin++) {
            bins[bin] = -98_000 + 5_000 * bin;
        }
        for (double error : errors) {
            counts[(int) Math.max(0, Math.min(39, (error + 100_500) / 5_000))]++;
        }
        return new Evaluation(
                Task.REGRESSION,
                Metric.RMSE,
                new Interval(45_362.4, 43_980, 46_811),
                45_870,
                n,
                Map.of("rmse", 45_362.4, "mae", 30_112.7, "r2", 0.8431),
                Map.of("mean", 115_383.1, "linear", 69_120.4),
                List.of(),
                Optional.empty(),
                List.of(
                        new Curve("predicted-actual", predicted, actual, new double[0]),
                        new Curve("residuals", bins, counts, new double[0])),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    static Evaluation forecast() {
        List<Curve> curves = new ArrayList<>();
        for (String country : new String[] {"DE", "FR"}) {
            double[] past = new double[56];
            double[] history = new double[56];
            double[][] ahead = new double[5][28];
            for (int i = 0; i < 84; i++) {
                double day = 1_735_689_600 + i * 86_400.0;
                double middle = 40 + 8 * Math.sin(2 * Math.PI * i / 7) + i * 0.05;
                double value = middle + 3 * Math.sin(i * 12.9898);
                if (i < 56) {
                    past[i] = day;
                    history[i] = value;
                } else {
                    int step = i - 56;
                    double[] parts = {day, value, middle, middle - 4 - 0.05 * step, middle + 4 + 0.05 * step};
                    for (int part = 0; part < parts.length; part++) {
                        ahead[part][step] = parts[part];
                    }
                }
            }
            String name = "forecast:" + country + ":";
            curves.add(new Curve(name + "history", past, history, new double[0]));
            curves.add(new Curve(name + "actual", ahead[0], ahead[1], new double[0]));
            curves.add(new Curve(name + "forecast", ahead[0], ahead[2], new double[0]));
            curves.add(new Curve(name + "lower", ahead[0], ahead[3], new double[0]));
            curves.add(new Curve(name + "upper", ahead[0], ahead[4], new double[0]));
        }
        curves.add(new Curve(
                "error-by-step", new double[] {1, 2, 3, 4}, new double[] {0.71, 0.79, 0.83, 0.9}, new double[] {
                    2, 2, 2, 2
                }));
        return new Evaluation(
                Task.FORECAST,
                Metric.MASE,
                new Interval(0.8123, 0.77, 0.861),
                0.8345,
                84,
                Map.of("mase", 0.8123, "smape", 9.43),
                Map.of("seasonal naive", 1.032, "naive", 1.91),
                List.of(),
                Optional.empty(),
                curves,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
