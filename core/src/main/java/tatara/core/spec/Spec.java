package tatara.core.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user asked, as read from the sentence, the options and the data (A5). The file {@code requirement.yaml}.
 *
 * @param name pipeline name: lower-case letters, digits and dashes
 * @param sentence the sentence as given
 * @param data where the data is
 * @param table the table with one row for each thing to predict
 * @param target column to predict; empty for {@link Task#ANOMALY} without labels
 * @param positive for {@link Task#BINARY}: the target value that the sentence is about
 * @param time column that orders the rows
 * @param entity column that names the thing a row is about
 * @param horizon for {@link Task#FORECAST}: steps ahead
 * @param metric what the search optimises and the report leads with
 * @param budgetSeconds training budget
 * @param seed of every random choice
 * @param options the seven options that were set, by option name
 * @param readings how each part was read
 */
public record Spec(
        String name,
        String sentence,
        List<DataArgument> data,
        Task task,
        String table,
        Optional<String> target,
        Optional<String> positive,
        Optional<String> time,
        Optional<String> entity,
        Optional<Integer> horizon,
        Metric metric,
        Constraints constraints,
        double budgetSeconds,
        long seed,
        Map<String, String> options,
        List<Reading> readings) {}
