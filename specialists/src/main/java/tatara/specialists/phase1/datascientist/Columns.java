package tatara.specialists.phase1.datascientist;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.DataDesign.Role;
import tatara.core.design.DataDesign.Table;
import tatara.core.design.Decision;
import tatara.core.design.Evidence;
import tatara.core.design.FeatureDesign.CategoryFeature;
import tatara.core.design.FeatureDesign.Feature;
import tatara.core.design.FeatureDesign.NumberFeature;
import tatara.core.design.FeatureDesign.Part;
import tatara.core.design.FeatureDesign.TextFeature;
import tatara.core.design.FeatureDesign.TimeFeature;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TimeSummary;
import tatara.specialists.Figures;

/** One feature for each column that may be one (S1, S4). */
final class Columns {
    private static final int MOST_LEVELS = 255;
    /** A text of fewer words than this on average is a code, not words. */
    private static final double WORDS = 1.5;

    private static final double SENTENCE_WORDS = 4;
    private static final int MOST_TERMS = 2_000;
    private static final int MOST_TERMS_TOGETHER = 5_000;
    /** A category with more distinct values per row than this names rows rather than kinds. */
    private static final double NAMES_ROWS = 0.5;

    private static final int SHOWN = 12;

    private final TableProfile profile;
    private final Table table;
    private final boolean future;
    private final List<Feature> features = new ArrayList<>();
    private final List<Evidence> clipped = new ArrayList<>();
    private final List<Evidence> missing = new ArrayList<>();
    private final List<Evidence> texts = new ArrayList<>();
    private final List<Evidence> dropped = new ArrayList<>();

    /** @param future whether the split is by time: then a model must not lean on the time itself */
    Columns(TableProfile profile, Table table, boolean future) {
        this.profile = profile;
        this.table = table;
        this.future = future;
    }

    List<Feature> features() {
        for (Contract contract : table.columns()) {
            boolean counter = contract.role() == Role.TIME && contract.type() != ColumnType.TIME && future;
            boolean used = contract.role() == Role.FEATURE || (contract.role() == Role.TIME && !counter);
            if (used) {
                profile.find(contract.name())
                        .flatMap(column -> feature(column, contract.type()))
                        .ifPresent(features::add);
            }
        }
        return List.copyOf(features);
    }

    private Optional<Feature> feature(ColumnProfile column, ColumnType type) {
        return switch (type) {
            case NUMBER, INTEGER -> Optional.of(number(column));
            case BOOLEAN -> Optional.of(new CategoryFeature(column.name(), 2, 1));
            case CATEGORY -> category(column);
            case TEXT -> text(column);
            case TIME -> Optional.of(new TimeFeature(column.name(), parts(column)));
            case IDENTIFIER, EMPTY -> Optional.empty();
        };
    }

    private Feature number(ColumnProfile column) {
        Optional<Double> low = Optional.empty();
        Optional<Double> high = Optional.empty();
        if (column.numbers().isPresent()) {
            NumberSummary numbers = column.numbers().get();
            low = fence(numbers, 5, 1, 0);
            high = fence(numbers, 5, 9, 10);
            if (low.isPresent() || high.isPresent()) {
                clipped.add(Figures.evidence(
                        "1 %, 50 %, 99 % and greatest of " + Figures.name(column.name()),
                        Figures.number(numbers.quantiles()[1]) + ", " + Figures.number(numbers.quantiles()[5]) + ", "
                                + Figures.number(numbers.quantiles()[9]) + ", " + Figures.number(numbers.max()),
                        "profile"));
            }
        }
        if (column.missing() > 0) {
            missing.add(Figures.evidence(
                    "missing share of " + Figures.name(column.name()),
                    Figures.percent(column.missingShare()),
                    "profile"));
        }
        return new NumberFeature(column.name(), low, high, column.missing() > 0);
    }

    /** Four times as far from the median as the 1 % or 99 % quantile, if values lie beyond that. */
    private static Optional<Double> fence(NumberSummary numbers, int middle, int tail, int extreme) {
        double[] q = numbers.quantiles();
        if (q.length != 11) {
            return Optional.empty();
        }
        double reach = q[tail] - q[middle];
        double fence = q[middle] + 4 * reach;
        boolean beyond = reach > 0 ? q[extreme] > fence : reach < 0 && q[extreme] < fence;
        return beyond && Double.isFinite(fence) ? Optional.of(fence) : Optional.empty();
    }

    private Optional<Feature> category(ColumnProfile column) {
        if (column.distinctShare() > NAMES_ROWS && column.distinct() > 50) {
            dropped.add(Figures.evidence(
                    "distinct values of " + Figures.name(column.name()),
                    column.distinct() + " in " + (column.rows() - column.missing()) + " rows",
                    "profile"));
            return Optional.empty();
        }
        return Optional.of(levels(column));
    }

    private CategoryFeature levels(ColumnProfile column) {
        int most = (int) Math.max(2, Math.min(column.distinct(), MOST_LEVELS));
        return new CategoryFeature(column.name(), most, column.distinct() <= 20 ? 1 : leastRows());
    }

    /** Rows that a level or a word must occur in: more on larger data, at least 2, at most 20. */
    private int leastRows() {
        return (int) Math.max(2, Math.min(20, profile.rows() / 1000));
    }

    private Optional<Feature> text(ColumnProfile column) {
        if (column.meanWords() < WORDS) {
            return codes(column);
        }
        long terms = Math.max(50, Math.min(MOST_TERMS, (column.rows() - column.missing()) / 3));
        int share = MOST_TERMS_TOGETHER / Math.max(1, textColumns());
        boolean pairs = column.meanWords() >= SENTENCE_WORDS && profile.rows() >= 1000;
        texts.add(Figures.evidence(
                "mean words of " + Figures.name(column.name()), Figures.number(column.meanWords()), "profile"));
        return Optional.of(new TextFeature(column.name(), (int) Math.min(terms, share), leastRows(), pairs));
    }

    private Optional<Feature> codes(ColumnProfile column) {
        if (column.distinctShare() > 0.9) {
            dropped.add(Figures.evidence(
                    "distinct values of " + Figures.name(column.name()),
                    column.distinct() + " in " + (column.rows() - column.missing()) + " rows",
                    "profile"));
            return Optional.empty();
        }
        return Optional.of(levels(column));
    }

    private int textColumns() {
        return (int) table.columns().stream()
                .filter(contract -> contract.role() == Role.FEATURE && contract.type() == ColumnType.TEXT)
                .count();
    }

    private List<Part> parts(ColumnProfile column) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        Optional<TimeSummary> times = column.times();
        double days = times.map(summary ->
                        Duration.between(summary.min(), summary.max()).toSeconds() / 86_400.0)
                .orElse(0.0);
        double step = times.map(TimeSummary::stepSeconds).orElse(0.0);
        boolean order = table.eventTime().equals(Optional.of(column.name()));
        if (!(order && future)) {
            parts.add(Part.ELAPSED);
        }
        if (days > 540 && !(order && future)) {
            parts.add(Part.YEAR);
        }
        if (days > 60) {
            parts.add(Part.MONTH);
        }
        if (days > 400 && step < 27 * 86_400.0) {
            parts.add(Part.DAY_OF_YEAR);
        }
        if (step < 6 * 86_400.0) {
            parts.add(Part.DAY_OF_WEEK);
            parts.add(Part.DAY_OF_MONTH);
        }
        if (times.filter(summary -> !summary.dateOnly()).isPresent()) {
            parts.add(Part.HOUR);
        }
        if (parts.isEmpty()) {
            parts.add(Part.MONTH);
        }
        return List.copyOf(parts);
    }

    void explain(List<Decision> decisions) {
        decisions.add(new Decision(
                Figures.count(features.size(), "column becomes a feature", "columns become features"),
                "one feature a column, of the kind that its type asks for",
                List.of(
                        Figures.evidence("numbers", count(NumberFeature.class), "contracts"),
                        Figures.evidence("categories", count(CategoryFeature.class), "contracts"),
                        Figures.evidence("texts", count(TextFeature.class), "contracts"),
                        Figures.evidence("times", count(TimeFeature.class), "contracts"))));
        add(
                decisions,
                "Far values are clipped",
                "values beyond four times the distance from the median to the 1 % or 99 %"
                        + " quantile would bend linear models; trees do not mind",
                clipped);
        add(
                decisions,
                "Missing numbers stay missing, and linear models also see that they were",
                "trees learn where missing" + " values go, and being missing can itself tell something",
                missing);
        add(
                decisions,
                "Free text becomes weighted words",
                "its words recur in other rows, the whole text does not",
                texts);
        add(
                decisions,
                "Left out as features: columns whose values hardly recur",
                "a model would learn rows by heart",
                dropped);
    }

    private long count(Class<? extends Feature> kind) {
        return features.stream().filter(kind::isInstance).count();
    }

    private static void add(List<Decision> decisions, String what, String why, List<Evidence> evidence) {
        if (!evidence.isEmpty()) {
            decisions.add(new Decision(what, why, List.copyOf(evidence.subList(0, Math.min(SHOWN, evidence.size())))));
        }
    }
}
