package tatara.core.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands on the command line, before the data is looked at. Everything optional here is read from the sentence and the
 * data when absent.
 *
 * @param budgetSeconds training budget
 * @param goals {@code --goal}
 * @param options {@code --set}, by option name
 */
public record Request(
        String sentence,
        List<DataArgument> data,
        Optional<String> name,
        Optional<String> target,
        Optional<String> time,
        Optional<String> entity,
        Optional<Integer> horizon,
        double budgetSeconds,
        long seed,
        List<Goal> goals,
        Map<String, String> options) {}
