package tatara.web.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnStructure;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.Outliers;
import tatara.core.evidence.TextStructure;
import tatara.core.evidence.TimeStructure;
import tatara.core.evidence.ValueCount;
import tatara.web.Chart;
import tatara.web.Figures;
import tatara.web.Grid;

/** All that is known of one column, folded until asked for. */
public record ColumnDetail(String name, String type, List<Fact> facts, List<Chart> charts, List<Grid> grids) {
    private static final int VALUE_LENGTH = 60;
    private static final int VALUES = 10;
    private static final List<String> LEVELS =
            List.of("least", "1 %", "5 %", "10 %", "25 %", "median", "75 %", "90 %", "95 %", "99 %", "greatest");

    /** @param id distinct within the page */
    static ColumnDetail of(String id, ColumnProfile column, Optional<ColumnStructure> structure) {
        List<Grid> grids = new ArrayList<>();
        column.numbers().ifPresent(numbers -> grids.add(quantiles(numbers)));
        structure.flatMap(ColumnStructure::text).ifPresent(text -> grids.add(patterns(text)));
        return new ColumnDetail(
                column.name(),
                Figures.words(column.type()),
                facts(column, structure),
                ColumnCharts.of(id, column, structure.flatMap(ColumnStructure::times)),
                grids);
    }

    private static List<Fact> facts(ColumnProfile column, Optional<ColumnStructure> structure) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("why this type", column.why()));
        facts.add(new Fact(
                "missing",
                Figures.count(column.missing()) + " (" + Figures.percent(column.missingShare()) + ")"
                        + (column.format().missing().isEmpty()
                                ? ""
                                : ", written as "
                                        + column.format().missing().stream()
                                                .map(DataSection::visible)
                                                .collect(Collectors.joining(", ")))));
        facts.add(new Fact("distinct values", Figures.count(column.distinct())));
        column.numbers()
                .ifPresent(numbers -> facts.add(new Fact(
                        "mean, deviation, skewness",
                        Figures.number(numbers.mean()) + ", " + Figures.number(numbers.deviation()) + ", "
                                + Figures.number(numbers.skewness()))));
        structure.flatMap(ColumnStructure::outliers).ifPresent(outliers -> facts.add(outliers(outliers)));
        structure.flatMap(ColumnStructure::text).ifPresent(text -> facts.addAll(text(text)));
        structure.flatMap(ColumnStructure::times).ifPresent(times -> facts.addAll(times(column, times)));
        return facts.stream().filter(fact -> !fact.value().isEmpty()).toList();
    }

    private static Fact outliers(Outliers outliers) {
        String method = outliers.method() == Outliers.Method.ROBUST_Z
                ? "3.5 scaled median deviations"
                : "the box plot adjusted for skewness";
        if (outliers.rows() == 0) {
            return new Fact("outliers", "none, by " + method);
        }
        StringBuilder examples = new StringBuilder();
        for (double example : outliers.examples()) {
            examples.append(examples.length() == 0 ? "" : ", ").append(Figures.number(example));
        }
        return new Fact(
                "outliers",
                Figures.count(outliers.rows()) + " (" + Figures.percent(outliers.share()) + ") outside "
                        + Figures.number(outliers.low()) + " … " + Figures.number(outliers.high()) + ", by " + method
                        + (examples.length() == 0 ? "" : "; such as " + examples));
    }

    private static List<Fact> text(TextStructure text) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("characters", spread(text.lengths())));
        if (text.words()[text.words().length - 1] > 1) {
            facts.add(new Fact("words", spread(text.words())));
        }
        String language = text.language()
                .map(code -> ", language " + Locale.forLanguageTag(code).getDisplayLanguage(Locale.ENGLISH) + " in "
                        + Figures.percent(text.languageShare()))
                .orElse("");
        facts.add(new Fact("script", text.script() + language));
        if (text.broken() > 0) {
            facts.add(new Fact("look badly decoded", Figures.count(text.broken(), "row")));
        }
        return facts;
    }

    private static String spread(double[] quantiles) {
        return Figures.number(quantiles[0]) + " … " + Figures.number(quantiles[quantiles.length / 2]) + " … "
                + Figures.number(quantiles[quantiles.length - 1]) + " (least, median, greatest)";
    }

    private static List<Fact> times(ColumnProfile column, TimeStructure times) {
        List<Fact> facts = new ArrayList<>();
        column.times().ifPresent(range -> facts.add(new Fact("range", range.min() + " … " + range.max() + " UTC")));
        facts.add(new Fact("whole", Figures.words(times.granularity()) + "s"));
        facts.add(new Fact(
                "order of rows",
                times.order() == TimeStructure.Order.NONE
                        ? Figures.percent(times.orderedShare()) + " of the steps do not go back"
                        : Figures.words(times.order())));
        String step = column.times()
                .filter(range -> range.stepSeconds() > 0)
                .map(range -> "usually " + Figures.seconds(range.stepSeconds()) + " ("
                        + Figures.percent(range.regularity()) + "), " + Figures.count(times.gaps(), "gap") + ", ")
                .orElse("");
        facts.add(new Fact("between times", step + "at most " + Figures.seconds(times.longestGapSeconds())));
        facts.add(new Fact(
                "uneven by",
                times.seasons().stream()
                        .map(season -> season.cycle() + " (" + Figures.number(season.strength()) + ")")
                        .collect(Collectors.joining(", "))));
        facts.add(new Fact("in the future", times.future() == 0 ? "" : Figures.count(times.future(), "row")));
        facts.add(new Fact("time zone", String.join("; ", times.zones())));
        return facts;
    }

    private static Grid quantiles(NumberSummary numbers) {
        if (numbers.quantiles().length != LEVELS.size()) {
            return new Grid("Quantiles", List.of(), List.of());
        }
        List<Grid.Cell> cells = new ArrayList<>();
        for (double quantile : numbers.quantiles()) {
            cells.add(Grid.number(Figures.number(quantile)));
        }
        return new Grid("Quantiles", LEVELS, List.of(cells));
    }

    private static Grid patterns(TextStructure text) {
        long shown = text.patterns().stream().mapToLong(ValueCount::count).sum();
        double all = text.patternShare() > 0 ? shown / text.patternShare() : 1;
        return new Grid(
                "Forms: A a capital letter, a another letter, 9 a digit, + one or more",
                List.of("form", "share"),
                text.patterns().stream()
                        .limit(VALUES)
                        .map(pattern -> List.of(
                                Grid.code(Figures.shortened(DataSection.visible(pattern.value()), VALUE_LENGTH)),
                                Grid.number(Figures.percent(pattern.count() / all))))
                        .toList());
    }
}
