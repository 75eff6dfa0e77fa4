package tatara.pipeline.execute;

import java.util.ArrayList;
import java.util.List;

/**
 * A step before it runs.
 *
 * @param name distinct within the run, such as {@code profile:customers}
 * @param phase 1 to 4
 * @param title for people
 * @param revision of the step's code: raised when the same inputs give another result than before
 * @param inputs keys of everything the result depends on
 */
public record StepSpec(String name, int phase, String title, int revision, List<String> inputs) {
    public StepSpec {
        inputs = List.copyOf(inputs);
    }

    public static StepSpec of(int phase, String name, String title, int revision, String... inputs) {
        return new StepSpec(name, phase, title, revision, List.of(inputs));
    }

    /** The address of the result. The title and the table's position in the run take no part. */
    public String key() {
        List<String> parts = new ArrayList<>();
        parts.add(name);
        parts.add(Integer.toString(revision));
        parts.addAll(inputs);
        return ContentKey.of(parts);
    }
}
