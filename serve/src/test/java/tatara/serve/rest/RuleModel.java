package tatara.serve.rest;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.json.Json;
import tatara.core.spec.Task;
import tatara.model.bundle.Signature;
import tatara.model.prediction.Predictions;

/** A model by a rule that tests can compute: P(Yes) = 1 / (1 + exp(-(age - 40 + shift) / 10)), missing age counts as 40. */
final class RuleModel implements ServedModel {
    private final double shift;
    private final long delayMillis;

    RuleModel(double shift, long delayMillis) {
        this.shift = shift;
        this.delayMillis = delayMillis;
    }

    /** A server with the models churn, slow (300 ms) and stuck (4 s), a deadline of 2 s, and room for 4 requests that wait. */
    static PredictionServer serve(Path home) {
        FixedModels models = new FixedModels()
                .with("churn", new RuleModel(0, 0))
                .with("slow", new RuleModel(0, 300))
                .with("stuck", new RuleModel(0, 4_000));
        PageSource pages =
                path -> path.equals("/reports/churn") ? Optional.of(Page.html("<h1>Churn</h1>")) : Optional.empty();
        return PredictionServer.start(
                new ServerSettings("127.0.0.1", 0, 200_000, 1_000, 4, 2_000, Optional.empty()),
                ServerParts.in(home, models, pages, Clock.systemUTC()));
    }

    static double probability(double age, double shift) {
        return 1 / (1 + Math.exp(-((Double.isNaN(age) ? 40 : age) - 40 + shift) / 10));
    }

    @Override
    public Signature signature() {
        return new Signature(
                Task.BINARY,
                List.of(
                        new Signature.Input("age", ColumnType.NUMBER, CellFormat.plain(), true),
                        new Signature.Input("plan \"x\"", ColumnType.CATEGORY, CellFormat.plain(), false),
                        new Signature.Input("senior", ColumnType.BOOLEAN, CellFormat.plain(), false)),
                "churn",
                List.of("No", "Yes"),
                Optional.of("Yes"),
                0.5,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    @Override
    public Frame read(List<Json.Obj> rows) {
        double[] ages = new double[rows.size()];
        for (int row = 0; row < ages.length; row++) {
            Json age = rows.get(row).find("age").orElseThrow(() -> refusal("missing column: age"));
            if (age instanceof Json.Str) {
                throw refusal("row " + row + ", column age: not a number");
            }
            ages[row] = age instanceof Json.Num number ? number.asDouble() : Double.NaN;
        }
        return new Frame(
                new Schema(List.of(new Field("age", Kind.NUMBER), new Field("plan \"x\"", Kind.TEXT))),
                List.of(
                        new NumberColumn(ages),
                        TextColumn.of(
                                ages.length,
                                row -> rows.get(row).find("plan \"x\"").orElse(Json.NULL) instanceof Json.Str text
                                        ? text.value()
                                        : null)),
                ages.length);
    }

    @Override
    public Predictions predict(Frame frame) {
        if (delayMillis > 0) {
            LockSupport.parkNanos(delayMillis * 1_000_000);
        }
        NumberColumn ages = (NumberColumn) frame.column("age");
        List<String> labels = new ArrayList<>();
        double[][] probabilities = new double[frame.rows()][];
        for (int row = 0; row < frame.rows(); row++) {
            double yes = probability(ages.values()[row], shift);
            labels.add(yes >= 0.5 ? "Yes" : "No");
            probabilities[row] = new double[] {1 - yes, yes};
        }
        return new Predictions(
                frame.rows(), labels, new double[0], List.of("No", "Yes"), probabilities, new double[0], new double[0]);
    }

    @Override
    public List<Map<String, Double>> explain(Frame frame) {
        NumberColumn ages = (NumberColumn) frame.column("age");
        List<Map<String, Double>> shares = new ArrayList<>();
        for (double age : ages.values()) {
            Map<String, Double> share = new LinkedHashMap<>();
            share.put("age", age - 40);
            share.put("plan \"x\"", 0.0);
            shares.add(share);
        }
        return shares;
    }

    private static TataraException refusal(String what) {
        return new TataraException(RestErrorCode.BAD_REQUEST, Fault.of(what));
    }
}
