package tatara.web.report;

import java.util.List;
import tatara.core.design.ObservabilityDesign;
import tatara.web.Figures;
import tatara.web.Grid;

/** What to watch while the model answers. */
public record WatchSection(String sentence, Grid objectives, Grid drift, Grid triggers) {
    private static final int DRIFT_TESTS = 60;

    static WatchSection of(ObservabilityDesign design) {
        String more = design.drift().size() > DRIFT_TESTS ? " (the first " + DRIFT_TESTS + ")" : "";
        return new WatchSection(
                Figures.percent(design.logSample())
                        + " of the predictions are logged with their inputs; drift is tested on windows of "
                        + Figures.count(design.windowRows()) + " predictions or more.",
                new Grid(
                        "Objectives",
                        List.of("objective", "measured by", "target", "over", "why"),
                        design.objectives().stream()
                                .map(objective -> List.of(
                                        Grid.text(objective.name()),
                                        Grid.code(objective.indicator()),
                                        Grid.number((objective.atLeast() ? "≥ " : "≤ ")
                                                + Figures.number(objective.target())),
                                        Grid.number(Figures.count(objective.windowDays(), "day")),
                                        Grid.text(objective.why())))
                                .toList()),
                new Grid(
                        "Drift tests" + more,
                        List.of("column", "test", "alarm above"),
                        design.drift().stream()
                                .limit(DRIFT_TESTS)
                                .map(test -> List.of(
                                        Grid.text(test.column()),
                                        Grid.text(test.test()),
                                        Grid.number(Figures.number(test.limit()))))
                                .toList()),
                new Grid(
                        "When to train again",
                        List.of("trigger", "limit", "why"),
                        design.retraining().stream()
                                .map(trigger -> List.of(
                                        Grid.text(trigger.kind()),
                                        Grid.number(Figures.number(trigger.limit())),
                                        Grid.text(trigger.why())))
                                .toList()));
    }
}
