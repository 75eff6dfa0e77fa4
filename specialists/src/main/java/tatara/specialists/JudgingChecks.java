package tatara.specialists;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.DataDesign.Role;
import tatara.core.design.DataDesign.Table;
import tatara.core.design.FeatureDesign;
import tatara.core.design.FeatureDesign.Evaluation;
import tatara.core.design.FeatureDesign.Target;
import tatara.core.design.FeatureDesign.Threshold;
import tatara.core.spec.Metric;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;

/** Target, metrics and decision threshold of a feature design. */
final class JudgingChecks {
    private final Spec spec;
    private final Table main;
    private final FeatureDesign design;
    private final Findings findings;

    JudgingChecks(Spec spec, Table main, FeatureDesign design, Findings findings) {
        this.spec = spec;
        this.main = main;
        this.design = design;
        this.findings = findings;
    }

    void check() {
        target();
        evaluation();
    }

    private void target() {
        Target target = design.target();
        Task task = target.task();
        findings.unless(
                task == spec.task(),
                "spec.target.task",
                "the requirement's task is " + FeatureChecks.word(spec.task()));
        findings.unless(
                target.column().equals(spec.target()),
                "spec.target.column",
                "the requirement's target is "
                        + spec.target().map(Findings::shown).orElse("none"));
        Optional<String> contract =
                main.withRole(Role.TARGET).stream().map(Contract::name).findFirst();
        findings.unless(
                target.column().equals(contract),
                "spec.target.column",
                "the data design's target is " + contract.map(Findings::shown).orElse("none"));
        classes(target);
        findings.unless(
                !target.logarithm() || task == Task.REGRESSION,
                "spec.target.logarithm",
                "a logarithm fits regression only; the task is " + FeatureChecks.word(task));
        Optional<Double> least = target.column().flatMap(main::find).flatMap(Contract::min);
        findings.unless(
                !target.logarithm() || least.isEmpty() || least.get() >= 0,
                "spec.target.logarithm",
                "the target goes down to " + least.map(Figures::number).orElse("")
                        + ", and a logarithm needs values from 0 on");
    }

    private void classes(Target target) {
        List<String> classes = target.classes();
        findings.distinct(classes, "spec.target.classes", "");
        if (target.task() == Task.BINARY) {
            findings.unless(
                    classes.size() == 2,
                    "spec.target.classes",
                    classes.size() + " classes (expected: 2 for a binary target)");
            findings.unless(
                    target.positive().isPresent(),
                    "spec.target.positive",
                    "a binary target needs the class of interest");
        } else if (target.task() == Task.MULTICLASS) {
            findings.unless(
                    classes.size() >= 2, "spec.target.classes", classes.size() + " classes (expected: 2 or more)");
        }
        target.positive()
                .ifPresent(positive -> findings.unless(
                        classes.contains(positive),
                        "spec.target.positive",
                        Findings.shown(positive) + " is not a class (" + Findings.among(classes) + ")"));
    }

    private void evaluation() {
        Evaluation evaluation = design.evaluation();
        Task task = design.target().task();
        fits(evaluation.metric(), MetricFit.leading(task), "spec.evaluation.metric");
        for (int i = 0; i < evaluation.others().size(); i++) {
            fits(evaluation.others().get(i), MetricFit.reported(task), "spec.evaluation.others[" + i + "]");
        }
        for (int i = 0; i < evaluation.goals().size(); i++) {
            fits(
                    evaluation.goals().get(i).metric(),
                    MetricFit.reported(task),
                    "spec.evaluation.goals[" + i + "].metric");
        }
        evaluation.threshold().ifPresent(threshold -> threshold(threshold, task));
        for (int i = 0; i < evaluation.segments().size(); i++) {
            String segment = evaluation.segments().get(i);
            boolean exists = main.find(segment)
                    .filter(contract -> contract.role() != Role.TARGET && contract.role() != Role.LEAK)
                    .isPresent();
            findings.unless(
                    exists,
                    "spec.evaluation.segments[" + i + "]",
                    Findings.shown(segment) + " is no column that rows can be broken down by");
        }
    }

    private void fits(Metric metric, Set<Metric> fitting, String path) {
        findings.unless(
                fitting.contains(metric),
                path,
                metric.key() + " does not fit the task "
                        + FeatureChecks.word(design.target().task()) + " ("
                        + Findings.among(fitting.stream().map(Metric::key).toList()) + ")");
    }

    private void threshold(Threshold threshold, Task task) {
        findings.unless(
                task == Task.BINARY,
                "spec.evaluation.threshold",
                "a decision threshold needs a binary target; the task is " + FeatureChecks.word(task));
        double value = threshold.value();
        String path = "spec.evaluation.threshold.value";
        switch (threshold.rule()) {
            case TOP_SHARE, MIN_PRECISION, MIN_RECALL ->
                findings.unless(
                        value > 0 && value <= 1,
                        path,
                        "value: " + Figures.number(value) + " (expected: a share above 0, at most 1)");
            case COST_RATIO ->
                findings.unless(value > 0, path, "value: " + Figures.number(value) + " (expected: above 0)");
            case BEST_F1 -> {}
        }
    }
}
