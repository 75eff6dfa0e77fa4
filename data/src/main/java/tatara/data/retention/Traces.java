package tatara.data.retention;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a person is looked for by.
 *
 * @param texts found wherever they stand
 * @param keys by name of a column, in lower case: values too short to be looked for anywhere else than in columns and members of that name
 */
record Traces(List<Trace> texts, Map<String, List<String>> keys) {
    Traces {
        texts = List.copyOf(texts);
        keys = new TreeMap<>(keys);
    }

    /** These and others. */
    Traces with(List<String> more) {
        List<Trace> all = new ArrayList<>(texts);
        more.stream()
                .filter(text -> texts.stream().noneMatch(trace -> trace.text().equals(text)))
                .forEach(text -> all.add(new Trace(text, List.of())));
        return new Traces(all, keys);
    }

    int size() {
        return texts.size() + keys.values().stream().mapToInt(List::size).sum();
    }
}
