package tatara.pipeline.execute;

import tatara.core.json.Json;

/** The work of a step. */
@FunctionalInterface
public interface StepBody {
    /** @return the result document; the member {@code summary}, if it is a text, is shown to people */
    Json run(StepScope scope) throws Exception;
}
