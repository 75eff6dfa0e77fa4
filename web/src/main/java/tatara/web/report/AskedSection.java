package tatara.web.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tatara.core.spec.Constraints;
import tatara.core.spec.DataArgument;
import tatara.core.spec.Goal;
import tatara.core.spec.Reading;
import tatara.core.spec.Spec;
import tatara.web.Figures;

/** What was asked, and how each part of it was read. */
public record AskedSection(String sentence, List<Fact> facts, List<Reading> readings) {
    static AskedSection of(Spec spec) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "data", spec.data().stream().map(AskedSection::location).collect(Collectors.joining("; "))));
        facts.add(new Fact("task", Figures.words(spec.task())));
        facts.add(new Fact("table", spec.table()));
        spec.target().ifPresent(target -> facts.add(new Fact("target", target)));
        spec.positive().ifPresent(positive -> facts.add(new Fact("value of interest", positive)));
        spec.time().ifPresent(time -> facts.add(new Fact("time", time)));
        spec.entity().ifPresent(entity -> facts.add(new Fact("entity", entity)));
        spec.horizon().ifPresent(horizon -> facts.add(new Fact("horizon", Figures.count(horizon, "step"))));
        facts.add(new Fact("leading metric", Figures.name(spec.metric())));
        constraints(spec.constraints(), facts);
        facts.add(new Fact("training budget", Figures.seconds(spec.budgetSeconds())));
        facts.add(new Fact("seed", Long.toString(spec.seed())));
        spec.options().forEach((name, value) -> facts.add(new Fact(name, value)));
        return new AskedSection(spec.sentence(), List.copyOf(facts), spec.readings());
    }

    private static void constraints(Constraints constraints, List<Fact> facts) {
        constraints
                .alertsPerDay()
                .ifPresent(value -> facts.add(new Fact("alerts a day, at most", Figures.number(value))));
        constraints.topShare().ifPresent(value -> facts.add(new Fact("share acted on", Figures.percent(value))));
        constraints
                .minPrecision()
                .ifPresent(value -> facts.add(new Fact("precision, at least", Figures.number(value))));
        constraints.minRecall().ifPresent(value -> facts.add(new Fact("recall, at least", Figures.number(value))));
        constraints
                .falsePositiveCost()
                .ifPresent(value -> facts.add(new Fact("cost of a false alarm", Figures.number(value))));
        constraints
                .falseNegativeCost()
                .ifPresent(value -> facts.add(new Fact("cost of a miss", Figures.number(value))));
        if (constraints.explainable()) {
            facts.add(new Fact("must be explainable", "yes"));
        }
        constraints
                .maxLatencyMillis()
                .ifPresent(value -> facts.add(new Fact("latency, at most", Figures.number(value) + " ms")));
        for (Goal goal : constraints.goals()) {
            facts.add(new Fact(
                    "goal",
                    Figures.name(goal.metric())
                            + (goal.atLeast() ? " ≥ " : " ≤ ")
                            + Figures.metric(goal.metric(), goal.value())));
        }
    }

    private static String location(DataArgument argument) {
        return argument.name().isEmpty() ? argument.location() : argument.name() + " = " + argument.location();
    }
}
