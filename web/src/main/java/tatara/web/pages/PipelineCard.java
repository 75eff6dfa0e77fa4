package tatara.web.pages;

import java.util.Optional;
import tatara.core.run.Interval;
import tatara.core.spec.Metric;

/**
 * A pipeline, as the list shows it.
 *
 * @param name pipeline name
 * @param sentence what was asked
 * @param metric leading metric, empty before an evaluation
 * @param value its value on the hold-out
 * @param version version in production, empty if there is none
 * @param stage stage of the newest version, empty if there is none
 */
public record PipelineCard(
        String name,
        String sentence,
        Optional<Metric> metric,
        Optional<Interval> value,
        Optional<String> version,
        Optional<String> stage) {}
