package tatara.serve.rest;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tatara.core.error.ErrorType;
import tatara.core.error.TataraException;
import tatara.core.frame.Frame;
import tatara.core.json.Json;
import tatara.core.spec.Task;
import tatara.model.bundle.Signature;
import tatara.model.prediction.Predictions;
import tatara.serve.batch.AnomalyAnswer;
import tatara.serve.journal.PredictionRecord;

/** The one way from rows to predictions: read, score, give ids, log. Every route ends here. Thread-safe. */
final class Scoring {
    /** A client's word on why it asks; what is not asked for use is marked in the log. */
    private static final String PURPOSE = "tatara-purpose";

    private static final Pattern PURPOSES = Pattern.compile("[a-z-]{1,40}");

    private final int maxRows;
    private final ServerParts parts;
    private final Metrics metrics;

    /**
     * Predictions of one request.
     *
     * @param answers one object for each row, as {@code /predict} gives them
     */
    record Scored(LiveModel live, Predictions predictions, List<Json.Obj> answers) {}

    Scoring(int maxRows, ServerParts parts, Metrics metrics) {
        this.maxRows = maxRows;
        this.parts = parts;
        this.metrics = metrics;
    }

    /**
     * Scores rows.
     *
     * @param request that brought the rows
     * @throws TataraException {@code BAD_REQUEST} that names row and column, or {@code TOO_LARGE}
     */
    Scored score(LiveModel live, List<Json.Obj> rows, Explaining explaining, AggregatedHttpRequest request) {
        checkCount(rows.size());
        Answered answered = answered(live.model(), rows, explaining);
        Predictions predictions = answered.predictions();
        List<Map<String, Double>> contributions = answered.contributions();
        List<Json.Obj> answers = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            Map<String, Json> answer = answer(live.model().signature(), predictions, rows.get(row), row);
            if (!contributions.isEmpty()) {
                Map<String, Json> shares = new LinkedHashMap<>();
                contributions.get(row).forEach((column, share) -> shares.put(column, Json.number(share)));
                answer.put("contributions", new Json.Obj(shares));
            }
            answer.put("id", Json.string(parts.ids().next(live.name())));
            answers.add(new Json.Obj(answer));
        }
        parts.predictions()
                .offer(new PredictionRecord(
                        live.name(),
                        live.version(),
                        parts.clock().instant(),
                        rows,
                        answers,
                        Optional.ofNullable(request.headers().get(PURPOSE)).filter(PURPOSES.asMatchPredicate()),
                        request.content().length()));
        metrics.predicted(live, rows.size());
        return new Scored(live, predictions, answers);
    }

    /** Whether contributions are asked for. */
    enum Explaining {
        YES,
        NO
    }

    void checkCount(int rows) {
        if (rows == 0) {
            throw Refusals.bad("no rows", "at least one");
        }
        if (rows > maxRows) {
            throw Refusals.tooLarge("rows: " + rows, "at most " + maxRows);
        }
    }

    private record Answered(Predictions predictions, List<Map<String, Double>> contributions) {}

    /** What the rows say wrongly is the request's fault, whoever found it. */
    private static Answered answered(ServedModel model, List<Json.Obj> rows, Explaining explaining) {
        try {
            Frame frame = model.read(rows);
            return new Answered(model.predict(frame), explaining == Explaining.YES ? model.explain(frame) : List.of());
        } catch (TataraException e) {
            if (e.code().type() == ErrorType.DATA || e.code().type() == ErrorType.USER) {
                throw new TataraException(RestErrorCode.BAD_REQUEST, e.fault(), e);
            }
            throw e;
        }
    }

    private static Map<String, Json> answer(Signature signature, Predictions predictions, Json.Obj given, int row) {
        Map<String, Json> answer = new LinkedHashMap<>();
        Task task = signature.task();
        if (task.isClassification()) {
            answer.put("prediction", Json.string(predictions.labels().get(row)));
            Map<String, Json> probabilities = new LinkedHashMap<>();
            for (int i = 0; i < predictions.classes().size(); i++) {
                probabilities.put(
                        predictions.classes().get(i), Json.number(predictions.probabilities()[row][i]));
            }
            answer.put("probabilities", new Json.Obj(probabilities));
            return answer;
        }
        double value = predictions.values()[row];
        if (task == Task.ANOMALY) {
            answer.put("prediction", Json.string(AnomalyAnswer.of(signature, value)));
            answer.put("score", Json.number(value));
            return answer;
        }
        answer.put("prediction", Json.number(value));
        if (task == Task.FORECAST) {
            echo(answer, "time", given, signature.time());
            echo(answer, "series", given, signature.series());
            answer.put("lower", Json.number(predictions.lower()[row]));
            answer.put("upper", Json.number(predictions.upper()[row]));
        }
        return answer;
    }

    private static void echo(Map<String, Json> answer, String name, Json.Obj given, Optional<String> column) {
        column.flatMap(given::find).ifPresent(value -> answer.put(name, value));
    }
}
