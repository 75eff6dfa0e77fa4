package tatara.model.bundle;

import java.util.List;
import java.util.Optional;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.spec.Task;

/**
 * What a model takes and gives.
 *
 * @param inputs raw columns, in the order of the training data
 * @param target name of what is predicted
 * @param classes for classification: labels in order of the probabilities
 * @param positive for binary: the class whose probability meets the threshold
 * @param threshold for binary: least probability of {@code positive} that predicts it
 * @param series for forecasts: the column that names the series
 * @param time for forecasts: the time column
 * @param horizon for forecasts: steps ahead
 */
public record Signature(
        Task task,
        List<Input> inputs,
        String target,
        List<String> classes,
        Optional<String> positive,
        double threshold,
        Optional<String> series,
        Optional<String> time,
        int horizon) {
    /**
     * One raw input column.
     *
     * @param required whether a request without the column is refused; a missing value never is
     */
    public record Input(String name, ColumnType type, CellFormat format, boolean required) {}
}
