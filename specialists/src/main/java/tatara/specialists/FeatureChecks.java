package tatara.specialists;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.DataDesign.Role;
import tatara.core.design.DataDesign.Table;
import tatara.core.design.FeatureDesign;
import tatara.core.design.FeatureDesign.Aggregate;
import tatara.core.design.FeatureDesign.CategoryFeature;
import tatara.core.design.FeatureDesign.Feature;
import tatara.core.design.FeatureDesign.NumberFeature;
import tatara.core.design.FeatureDesign.Split;
import tatara.core.design.FeatureDesign.TextFeature;
import tatara.core.design.FeatureDesign.TimeFeature;
import tatara.core.design.FeatureDesign.ViewColumn;
import tatara.core.evidence.ColumnType;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;

/** The feature design against the requirement and the data design. */
final class FeatureChecks {
    private static final Set<Aggregate> WITHOUT_COLUMN =
            Set.of(Aggregate.COUNT, Aggregate.DAYS_SINCE_FIRST, Aggregate.DAYS_SINCE_LAST);
    private static final Set<Aggregate> TIMED =
            Set.of(Aggregate.LAST, Aggregate.DAYS_SINCE_FIRST, Aggregate.DAYS_SINCE_LAST);
    private static final Set<Aggregate> OF_NUMBERS = Set.of(Aggregate.SUM, Aggregate.MEAN);

    private final Spec spec;
    private final DataDesign data;
    private final Table main;
    private final FeatureDesign design;
    private final Findings findings;

    FeatureChecks(Spec spec, DataDesign data, FeatureDesign design, Findings findings) {
        this.spec = spec;
        this.data = data;
        this.main = data.main();
        this.design = design;
        this.findings = findings;
    }

    void check() {
        for (int i = 0; i < design.views().size(); i++) {
            view(design.views().get(i), "spec.views[" + i + "]");
        }
        features();
        new JudgingChecks(spec, main, design, findings).check();
        split();
        forecast();
    }

    private void features() {
        Set<String> views = new HashSet<>();
        design.views().forEach(view -> views.add(view.name()));
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < design.features().size(); i++) {
            Feature feature = design.features().get(i);
            seen.add(feature.column() + " as " + feature.getClass().getSimpleName());
            String path = "spec.features[" + i + "]";
            if (views.contains(feature.column())) {
                findings.unless(
                        !(feature instanceof TimeFeature),
                        path + ".kind",
                        "a figure computed from a linked table is no time");
            } else {
                column(feature, path);
            }
            settings(feature, path);
        }
        findings.distinct(seen, "spec.features", "column");
        boolean needed = design.target().task() != Task.FORECAST;
        findings.unless(!needed || !design.features().isEmpty(), "spec.features", "a model needs at least one feature");
    }

    private void column(Feature feature, String path) {
        Optional<Contract> contract = main.find(feature.column());
        if (contract.isEmpty()) {
            findings.add(
                    path + ".column",
                    "table " + Findings.shown(main.name()) + " has no column " + Findings.shown(feature.column())
                            + ", and no view has that name");
            return;
        }
        Role role = contract.get().role();
        findings.unless(
                role == Role.FEATURE || role == Role.TIME,
                path + ".column",
                Findings.shown(feature.column()) + " has the role " + word(role) + " in the data design: "
                        + Figures.name(contract.get().why()));
        findings.unless(
                fits(feature, contract.get().type()),
                path + ".kind",
                Findings.shown(feature.column()) + " holds "
                        + word(contract.get().type()) + ", which this kind cannot take");
    }

    private static boolean fits(Feature feature, ColumnType type) {
        if (feature instanceof NumberFeature) {
            return DataChecks.isNumber(type);
        }
        if (feature instanceof TimeFeature) {
            return type == ColumnType.TIME;
        }
        if (feature instanceof TextFeature) {
            return type.kind() == ColumnType.TEXT.kind();
        }
        return type != ColumnType.TIME;
    }

    private void settings(Feature feature, String path) {
        if (feature instanceof NumberFeature number) {
            boolean ordered = number.clipLow().isEmpty()
                    || number.clipHigh().isEmpty()
                    || number.clipLow().get() <= number.clipHigh().get();
            findings.unless(ordered, path + ".clipLow", "the lower clip is above the upper");
        } else if (feature instanceof CategoryFeature category) {
            findings.atLeast(category.maxLevels(), 1, path + ".maxLevels");
            findings.atLeast(category.minRows(), 1, path + ".minRows");
        } else if (feature instanceof TextFeature text) {
            findings.atLeast(text.maxTerms(), 1, path + ".maxTerms");
            findings.atLeast(text.minRows(), 1, path + ".minRows");
        } else if (feature instanceof TimeFeature time) {
            findings.unless(!time.parts().isEmpty(), path + ".parts", "a time needs at least one part");
        }
    }

    private void view(ViewColumn view, String path) {
        findings.unless(
                main.find(view.name()).isEmpty(),
                path + ".name",
                Findings.shown(view.name()) + " is a column of " + Findings.shown(main.name()) + " already");
        long same = design.views().stream()
                .filter(other -> other.name().equals(view.name()))
                .count();
        findings.unless(same == 1, path + ".name", Findings.shown(view.name()) + " stands there twice");
        findings.unless(
                main.find(view.mainKey()).isPresent(),
                path + ".mainKey",
                "table " + Findings.shown(main.name()) + " has no column " + Findings.shown(view.mainKey()));
        findings.atLeast(view.windowDays(), 0, path + ".windowDays");
        Optional<Table> table = data.tables().stream()
                .filter(other -> other.name().equals(view.table()))
                .findFirst();
        if (table.isEmpty()) {
            findings.add(path + ".table", "the data design has no table " + Findings.shown(view.table()));
            return;
        }
        linked(view, table.get(), path);
    }

    private void linked(ViewColumn view, Table table, String path) {
        findings.unless(
                table.find(view.key()).isPresent(),
                path + ".key",
                "table " + Findings.shown(table.name()) + " has no column " + Findings.shown(view.key()));
        boolean timed = view.windowDays() > 0 || TIMED.contains(view.aggregate());
        findings.unless(
                !timed || table.eventTime().isPresent(),
                path + ".table",
                "table " + Findings.shown(table.name()) + " has no event time, which this figure needs");
        boolean against = view.windowDays() > 0
                || view.aggregate() == Aggregate.DAYS_SINCE_FIRST
                || view.aggregate() == Aggregate.DAYS_SINCE_LAST;
        findings.unless(
                !against || main.eventTime().isPresent(),
                path + ".windowDays",
                "table " + Findings.shown(main.name()) + " has no event time to count back from");
        if (view.column().isEmpty()) {
            findings.unless(
                    WITHOUT_COLUMN.contains(view.aggregate()), path + ".column", "this aggregate needs a column");
            return;
        }
        String name = view.column().get();
        Optional<Contract> contract = table.find(name);
        if (contract.isEmpty()) {
            findings.add(
                    path + ".column",
                    "table " + Findings.shown(table.name()) + " has no column " + Findings.shown(name));
            return;
        }
        findings.unless(
                contract.get().role() != Role.LEAK && contract.get().role() != Role.IGNORED,
                path + ".column",
                Findings.shown(name) + " has the role " + word(contract.get().role()) + " in the data design");
        findings.unless(
                !OF_NUMBERS.contains(view.aggregate())
                        || DataChecks.isNumber(contract.get().type()),
                path + ".aggregate",
                Findings.shown(name) + " holds " + word(contract.get().type()) + ", not numbers");
    }

    private void split() {
        Split split = design.split();
        boolean byColumn = split.kind() == Split.Kind.TIME || split.kind() == Split.Kind.GROUP;
        if (byColumn && split.column().isEmpty()) {
            findings.add("spec.split.column", "a split by " + word(split.kind()) + " needs a column");
        }
        split.column()
                .ifPresent(column -> findings.unless(
                        main.find(column).isPresent(),
                        "spec.split.column",
                        "table " + Findings.shown(main.name()) + " has no column " + Findings.shown(column)));
        if (split.kind() == Split.Kind.TIME) {
            split.column()
                    .flatMap(main::find)
                    .ifPresent(contract -> findings.unless(
                            contract.type() == ColumnType.TIME || DataChecks.isNumber(contract.type()),
                            "spec.split.column",
                            Findings.shown(contract.name()) + " holds " + word(contract.type())
                                    + ", which has no order"));
        }
        findings.unless(
                split.kind() != Split.Kind.STRATIFIED || design.target().task().isClassification(),
                "spec.split.kind",
                "a stratified split needs classes; the task is "
                        + word(design.target().task()));
        findings.unless(
                split.holdoutShare() > 0 && split.holdoutShare() <= 0.5,
                "spec.split.holdoutShare",
                "value: " + Figures.number(split.holdoutShare()) + " (expected: above 0, at most 0.5)");
    }

    private void forecast() {
        boolean wanted = design.target().task() == Task.FORECAST;
        if (design.forecast().isEmpty() || !wanted) {
            findings.unless(
                    design.forecast().isPresent() == wanted,
                    "spec.forecast",
                    wanted
                            ? "a forecast needs a horizon"
                            : "the task is " + word(design.target().task()) + ", not forecast");
            return;
        }
        FeatureDesign.Forecast forecast = design.forecast().get();
        findings.atLeast(forecast.horizon(), 1, "spec.forecast.horizon");
        for (int i = 0; i < forecast.periods().size(); i++) {
            findings.atLeast(forecast.periods().get(i), 2, "spec.forecast.periods[" + i + "]");
        }
        forecast.series()
                .ifPresent(column -> findings.unless(
                        main.find(column).isPresent(),
                        "spec.forecast.series",
                        "table " + Findings.shown(main.name()) + " has no column " + Findings.shown(column)));
        forecast.time()
                .ifPresent(column -> findings.unless(
                        main.find(column)
                                .filter(contract -> contract.type() == ColumnType.TIME)
                                .isPresent(),
                        "spec.forecast.time",
                        Findings.shown(column) + " is no column of times of " + Findings.shown(main.name())));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
