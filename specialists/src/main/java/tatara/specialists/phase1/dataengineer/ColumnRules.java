package tatara.specialists.phase1.dataengineer;

import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.DataDesign.Role;
import tatara.core.design.DataDesign.Severity;
import tatara.core.design.TableContract.Kind;
import tatara.core.design.TableContract.Rule;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.TableShape.ColumnShape;
import tatara.core.evidence.TimeSummary;
import tatara.core.evidence.ValueCount;
import tatara.specialists.Figures;

/** The rules about single cells of one column. */
final class ColumnRules {
    private static final double SELDOM = 0.05;
    private static final long LEAST_ROWS = 30;
    private static final long LEAST_FOR_FORM = 50;
    /** From so many values on, the tolerance of a range is small enough to tell what is far from it. */
    private static final long ENOUGH_FOR_RANGE = 500;

    private static final int MOST_VALUES = 60;
    private static final int MOST_CODES = 12;

    private final ColumnProfile profile;
    private final Optional<ColumnShape> shape;
    private final Contract contract;
    private final boolean key;
    private final List<Rule> rules = new ArrayList<>();

    /** @param key whether the column tells rows apart */
    ColumnRules(ColumnProfile profile, Optional<ColumnShape> shape, Contract contract, boolean key) {
        this.profile = profile;
        this.shape = shape;
        this.contract = contract;
        this.key = key;
    }

    List<Rule> rules() {
        if (profile.type() == ColumnType.EMPTY || profile.rows() < LEAST_ROWS) {
            return List.of();
        }
        type();
        notNull();
        profile.numbers().ifPresent(this::range);
        profile.times().ifPresent(this::times);
        values();
        shape.ifPresent(this::texts);
        return List.copyOf(rules);
    }

    private boolean isUsed() {
        return contract.role() != Role.IGNORED && contract.role() != Role.LEAK && contract.role() != Role.IDENTIFIER;
    }

    /** Rows are set aside for what a model sees; columns that are only kept are watched. */
    private Severity aside() {
        return isUsed() || key ? Severity.QUARANTINE : Severity.WARN;
    }

    private void add(
            Kind kind,
            Optional<String> min,
            Optional<String> max,
            List<String> values,
            double tolerance,
            Severity severity,
            String why) {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        rules.add(new Rule(
                profile.name() + "." + name,
                kind,
                List.of(profile.name()),
                min,
                max,
                values,
                tolerance,
                severity,
                why));
    }

    private void type() {
        boolean valued = profile.type().kind() != tatara.core.frame.Kind.TEXT || profile.type() == ColumnType.BOOLEAN;
        if (!valued) {
            return;
        }
        long fractions = profile.type() == ColumnType.INTEGER ? fractions() : 0;
        add(
                Kind.TYPE,
                Optional.empty(),
                Optional.empty(),
                List.of(profile.type().name().toLowerCase(Locale.ROOT)),
                Bounds.gross(profile.invalid() + fractions, profile.rows()),
                aside(),
                Figures.count(profile.invalid() + fractions, "cell", "cells") + " of " + profile.rows()
                        + " did not fit");
    }

    /** An integer column may hold a few fractions that were seen. */
    private long fractions() {
        return shape.stream()
                .flatMap(one -> one.values().stream())
                .filter(value -> value.value().contains("."))
                .mapToLong(ValueCount::count)
                .sum();
    }

    private void notNull() {
        double tolerance = Bounds.gross(profile.missing(), profile.rows());
        if (profile.missingShare() > SELDOM || (profile.missing() > 0 && tolerance > 2 * SELDOM)) {
            return;
        }
        boolean needed = contract.role() == Role.TARGET || contract.role() == Role.TIME || key;
        add(
                Kind.NOT_NULL,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                tolerance,
                needed ? Severity.QUARANTINE : Severity.WARN,
                profile.missing() == 0
                        ? "none of " + profile.rows() + " is missing"
                        : "missing in " + Figures.percent(profile.missingShare()));
    }

    private void range(NumberSummary numbers) {
        if (key || !Double.isFinite(numbers.min()) || !Double.isFinite(numbers.max())) {
            return;
        }
        double first = numbers.quantiles()[1];
        double last = numbers.quantiles()[9];
        boolean share = profile.type() == ColumnType.NUMBER && numbers.min() >= 0 && numbers.max() > 0.5;
        double least = Bounds.least(numbers.min(), first, last);
        double most = Bounds.greatest(numbers.max(), first, last, share);
        if (profile.type() == ColumnType.INTEGER) {
            least = Math.floor(least);
            most = Math.ceil(most);
        }
        long valid = profile.rows() - profile.missing() - profile.invalid();
        add(
                Kind.RANGE,
                Optional.of(Bounds.decimal(least)),
                Optional.of(Bounds.decimal(most)),
                List.of(),
                Bounds.share(0, Math.max(1, valid)),
                aside(),
                "seen " + Bounds.decimal(numbers.min()) + " to " + Bounds.decimal(numbers.max()));
        double span = numbers.max() - numbers.min();
        double farBelow = numbers.min() >= 0 ? 0 : Bounds.outward(least - span, 4, RoundingMode.FLOOR);
        double farAbove =
                share && numbers.max() <= 1 ? 1 : Bounds.outward(most + heavy(numbers) * span, 4, RoundingMode.CEILING);
        far(valid, Bounds.decimal(farBelow), Optional.of(Bounds.decimal(farAbove)));
    }

    /** Spans beyond the greatest value that still are no surprise: more where values thin out slowly. */
    private static double heavy(NumberSummary numbers) {
        double[] quantiles = numbers.quantiles();
        return numbers.max() - quantiles[5] > 3 * (quantiles[7] - quantiles[5]) ? 2 : 0.3;
    }

    /** Few values leave a range so much tolerance that even what is far outside is excused; this tells it. */
    private void far(long valid, String least, Optional<String> most) {
        if (valid >= LEAST_ROWS && valid < ENOUGH_FOR_RANGE) {
            rules.add(new Rule(
                    profile.name() + ".far",
                    Kind.RANGE,
                    List.of(profile.name()),
                    Optional.of(least),
                    most,
                    List.of(),
                    Bounds.gross(0, valid),
                    aside(),
                    "far from all that was seen"));
        }
    }

    private void times(TimeSummary times) {
        long span = Math.max(1, ChronoUnit.SECONDS.between(times.min(), times.max()));
        long day = 86_400;
        Instant least = times.min().minusSeconds(Math.max(day, span / 10)).truncatedTo(ChronoUnit.SECONDS);
        Instant most = times.max().plusSeconds(Math.max(365 * day, 2 * span)).truncatedTo(ChronoUnit.SECONDS);
        long valid = profile.rows() - profile.missing() - profile.invalid();
        add(
                Kind.RANGE,
                Optional.of(least.toString()),
                Optional.of(most.toString()),
                List.of(),
                Bounds.share(0, Math.max(1, valid)),
                aside(),
                "seen " + times.min() + " to " + times.max() + "; later ones are to be expected");
        Instant far = least.minusSeconds(span);
        far(valid, far.toString(), Optional.empty());
    }

    /** A set of values is taken as closed if few rows seen hold a value that no other row has (Good and Turing). */
    private void values() {
        if (profile.type() == ColumnType.BOOLEAN) {
            return;
        }
        boolean code = profile.type() == ColumnType.INTEGER && profile.distinct() <= MOST_CODES;
        boolean category = profile.type() == ColumnType.CATEGORY && profile.distinct() <= MOST_VALUES;
        List<ValueCount> known = known();
        if (!(code || category) || key || known.isEmpty()) {
            return;
        }
        long valid = known.stream().mapToLong(ValueCount::count).sum();
        long single = known.stream().filter(value -> value.count() == 1).count();
        double tolerance = Bounds.share(single, valid);
        if (valid < LEAST_ROWS || tolerance > 2 * SELDOM || profile.distinct() > 0.1 * valid) {
            return;
        }
        add(
                Kind.VALUES,
                Optional.empty(),
                Optional.empty(),
                known.stream().map(ValueCount::value).sorted().toList(),
                tolerance,
                code ? Severity.WARN : aside(),
                single == 0
                        ? "no other value in " + valid + " rows"
                        : Figures.count(single, "value", "values") + " seen once in " + valid + " rows");
    }

    private List<ValueCount> known() {
        if (profile.top().size() == profile.distinct()) {
            return profile.top();
        }
        return shape.filter(one -> one.values().size() == profile.distinct())
                .map(ColumnShape::values)
                .orElse(List.of());
    }

    private void texts(ColumnShape found) {
        boolean text = found.longest() > 0 && profile.type() != ColumnType.BOOLEAN;
        boolean listed = rules.stream().anyMatch(rule -> rule.kind() == Kind.VALUES);
        if (!text || listed || found.present() < LEAST_FOR_FORM) {
            return;
        }
        boolean fixed = found.shortest() == found.longest();
        long slack = fixed ? 0 : Math.max(1, (found.longest() - found.shortest()) / 2);
        add(
                Kind.LENGTH,
                Optional.of(Long.toString(Math.max(1, found.shortest() - (fixed ? 0 : slack / 4 + 1)))),
                Optional.of(Long.toString(found.longest() + slack)),
                List.of(),
                Bounds.share(0, found.present()),
                Severity.WARN,
                "seen " + found.shortest() + " to " + found.longest() + " characters");
        if (!found.pattern().isEmpty()) {
            add(
                    Kind.PATTERN,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(found.pattern()),
                    Bounds.share(found.misfits(), found.present()),
                    Severity.WARN,
                    Figures.count(found.misfits(), "text", "texts") + " of " + found.present() + " did not match");
        }
    }
}
