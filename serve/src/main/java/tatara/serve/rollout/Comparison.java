package tatara.serve.rollout;

import java.util.ArrayList;
import java.util.List;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.model.prediction.Predictions;

/** Collects how answers differ from what was expected. Not thread-safe. */
final class Comparison {
    private final Predictions expected;
    private final double tolerance;
    private final List<ParityResult.Mismatch> mismatches = new ArrayList<>();
    private int count;
    private double greatest;

    Comparison(Predictions expected, double tolerance) {
        this.expected = expected;
        this.tolerance = tolerance;
    }

    /** Compares everything that is expected of a row with what {@code got} holds of it, by the names of the batch columns. */
    void row(int row, String path, java.util.function.Function<String, Json> got) {
        if (expected.labels().size() > row) {
            label(row, path, got.apply("prediction"));
            for (int i = 0; i < expected.classes().size(); i++) {
                String name = "probability_" + expected.classes().get(i);
                number(row, path, name, expected.probabilities()[row][i], got.apply(name));
            }
            return;
        }
        Json score = got.apply("score");
        String name = score instanceof Json.Null ? "prediction" : "score";
        number(row, path, name, expected.values()[row], got.apply(name));
        if (expected.lower().length > row) {
            number(row, path, "lower", expected.lower()[row], got.apply("lower"));
            number(row, path, "upper", expected.upper()[row], got.apply("upper"));
        }
    }

    /** No answer at all for a row. */
    void absent(int row, String path, String got) {
        add(row, path, "response", "a prediction", got);
    }

    ParityResult result(int rows) {
        return new ParityResult(rows, greatest, mismatches, count);
    }

    private void label(int row, String path, Json got) {
        String label = expected.labels().get(row);
        if (!(got instanceof Json.Str text) || !text.value().equals(label)) {
            add(row, path, "prediction", label, JsonText.write(got));
        }
    }

    private void number(int row, String path, String name, double value, Json got) {
        double answer = got instanceof Json.Num number ? number.asDouble() : Double.NaN;
        double difference = Math.abs(answer - value) / Math.max(1, Math.abs(value));
        boolean equal = difference <= tolerance;
        greatest = Math.max(greatest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
        if (!equal) {
            add(row, path, name, Double.toString(value), JsonText.write(got));
        }
    }

    private void add(int row, String path, String name, String wanted, String got) {
        count++;
        if (mismatches.size() < ParityGate.LISTED) {
            mismatches.add(new ParityResult.Mismatch(row, path, name, wanted, got));
        }
    }
}
