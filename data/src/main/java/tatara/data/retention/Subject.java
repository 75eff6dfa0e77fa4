package tatara.data.retention;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is to be forgotten, as the home knows them.
 *
 * @param pipelines whose tables are concerned
 * @param where the condition that was given: column to value
 * @param keys columns that refer to the person (in lower case) with the values that are theirs alone
 * @param traces texts that occur in the person's rows and in nobody else's; looked for in all files
 */
public record Subject(
        List<String> pipelines, Map<String, String> where, Map<String, Set<String>> keys, List<String> traces) {
    public Subject {
        pipelines = List.copyOf(pipelines);
        where = Map.copyOf(where);
        keys = Map.copyOf(keys);
        traces = List.copyOf(traces);
    }
}
