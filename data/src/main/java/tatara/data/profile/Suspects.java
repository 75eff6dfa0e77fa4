package tatara.data.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.Suspect;
import tatara.core.evidence.TableProfile;
import tatara.core.frame.Kind;
import tatara.core.spec.Spec;
import tatara.data.lake.Lake;

/**
 * Looks for columns of the main table that should not be features, with measurements: copies of the target and parts of it, what is
 * known only after it, identifiers, constants, repeated columns. A column is only left out on strong evidence; the rest is said.
 *
 * <p>Measured on a sample of at most 200,000 rows and twelve million cells, chosen by a hash of the row's position; the same on every
 * run. Thread-safe.
 */
public final class Suspects {
    private static final int LEAST_ROWS = 50;
    private static final int MOST_NUMERIC = 2_000;
    private static final double SUSPICIOUS_AUC = 0.995;
    private static final double SUSPICIOUS_R2 = 0.99;
    private static final double CERTAIN_AUC = 0.9995;
    private static final double CERTAIN_R2 = 0.9999;
    private static final double NAMED = 0.95;
    private static final int CERTAIN_ROWS = 200;
    private static final double STANDING_OUT_AUC = 0.75;
    private static final double STANDING_OUT_R2 = 0.8;
    private static final double AHEAD = 0.1;

    private final Lake lake;

    public Suspects(Lake lake) {
        this.lake = lake;
    }

    /**
     * At most one suspect for each column, in the order of the columns. The target and the time of the spec are none.
     */
    public List<Suspect> find(TableProfile main, Spec spec) {
        Map<String, Suspect> found = new LinkedHashMap<>();
        Optional<ColumnProfile> target = spec.target().flatMap(main::find);
        List<ColumnProfile> open = new ArrayList<>();
        for (ColumnProfile column : timeFirst(main, spec)) {
            if (spec.target().filter(column.name()::equals).isEmpty()) {
                useless(column).ifPresentOrElse(suspect -> found.put(column.name(), suspect), () -> open.add(column));
            }
        }
        if (main.rows() >= LEAST_ROWS && !open.isEmpty()) {
            measured(main, spec, target.filter(column -> column.distinct() >= 2), open, found);
        }
        spec.time().ifPresent(found::remove);
        List<Suspect> ordered = main.columns().stream()
                .map(column -> found.get(column.name()))
                .filter(suspect -> suspect != null)
                .toList();
        return leavingSome(ordered, main, spec);
    }

    /** Of two equal columns the later one is left out: the time of the spec is never that. */
    private static List<ColumnProfile> timeFirst(TableProfile main, Spec spec) {
        return main.columns().stream()
                .sorted(Comparator.comparing(
                        column -> spec.time().filter(column.name()::equals).isEmpty()))
                .toList();
    }

    private static Optional<Suspect> useless(ColumnProfile column) {
        if (column.type() == ColumnType.EMPTY || (column.distinct() <= 1 && column.missing() == 0)) {
            return Optional.of(new Suspect(
                    column.name(),
                    Suspect.Kind.CONSTANT,
                    List.of(),
                    "distinct",
                    column.distinct(),
                    column.distinct() == 0 ? "no row has a value" : "every row has the same value",
                    true));
        }
        if (column.type() == ColumnType.IDENTIFIER) {
            return Optional.of(new Suspect(
                    column.name(),
                    Suspect.Kind.IDENTIFIER,
                    List.of(),
                    "distinct_share",
                    column.distinctShare(),
                    column.why(),
                    true));
        }
        return Optional.empty();
    }

    private void measured(
            TableProfile main,
            Spec spec,
            Optional<ColumnProfile> target,
            List<ColumnProfile> open,
            Map<String, Suspect> found) {
        SampledTable table = new SampledTable(lake, main, target);
        if (table.rows() < LEAST_ROWS) {
            return;
        }
        SameColumns same = new SameColumns();
        if (target.isEmpty()) {
            table.forEach(open, column -> same.look(column).ifPresent(suspect -> found.put(column.name(), suspect)));
            return;
        }
        TargetValues values = TargetValues.of(table.column(target.get()), spec.task());
        Single single = new Single(values);
        List<SampledColumn> numeric = new ArrayList<>();
        table.forEach(open, column -> {
            same.look(column).ifPresent(suspect -> found.put(column.name(), suspect));
            single.look(column).ifPresent(suspect -> found.put(column.name(), suspect));
            boolean free = !found.containsKey(column.name())
                    || !found.get(column.name()).exclude();
            if (!values.classed()
                    && free
                    && column.profile().type().kind() == Kind.NUMBER
                    && numeric.size() < MOST_NUMERIC) {
                numeric.add(column);
            }
        });
        List<Suspect> parts = values.classed() ? single.flags.found() : new Sums(values, numeric).find();
        parts.forEach(suspect -> found.merge(suspect.column(), suspect, (old, part) -> old.exclude() ? old : part));
        single.standingOut(found).ifPresent(suspect -> found.putIfAbsent(suspect.column(), suspect));
    }

    /** If nothing were left to learn from, columns that merely predict too well stay. */
    private static List<Suspect> leavingSome(List<Suspect> suspects, TableProfile main, Spec spec) {
        Set<String> gone = new HashSet<>();
        suspects.stream().filter(Suspect::exclude).forEach(suspect -> gone.add(suspect.column()));
        boolean some = main.columns().stream()
                .map(ColumnProfile::name)
                .anyMatch(name -> !gone.contains(name)
                        && spec.target().filter(name::equals).isEmpty());
        if (some) {
            return suspects;
        }
        return suspects.stream()
                .map(suspect -> suspect.kind() != Suspect.Kind.KNOWN_AFTER_TARGET
                        ? suspect
                        : new Suspect(
                                suspect.column(),
                                suspect.kind(),
                                suspect.columns(),
                                suspect.measure(),
                                suspect.value(),
                                suspect.why() + "; kept, because nothing else is left to learn from",
                                false))
                .toList();
    }

    /** Looks at columns one by one. */
    private static final class Single {
        private final TargetValues target;
        private final Copies copies;
        private final Afterwards afterwards;
        private final Strength strength;
        private final Map<String, Double> strengths = new LinkedHashMap<>();
        private final Flags flags;

        Single(TargetValues target) {
            this.target = target;
            this.copies = new Copies(target);
            this.afterwards = new Afterwards(target);
            this.strength = new Strength(target);
            this.flags = new Flags(target);
        }

        Optional<Suspect> look(SampledColumn column) {
            Optional<Suspect> copy = copies.find(column);
            if (copy.isPresent()) {
                return copy;
            }
            if (target.classed()) {
                flags.look(column);
            }
            Optional<Suspect> filled = target.classed() ? afterwards.find(column) : Optional.empty();
            return filled.isPresent() ? filled : tooStrong(column);
        }

        private Optional<Suspect> tooStrong(SampledColumn column) {
            double value = strength.of(column);
            strengths.put(column.name(), value);
            ColumnName name = new ColumnName(column.name());
            boolean named = name.saysAfterwards()
                    || name.words().containsAll(new ColumnName(target.column().name()).words());
            double suspicious = target.classed() ? SUSPICIOUS_AUC : SUSPICIOUS_R2;
            if (value < suspicious && !(named && value >= NAMED)) {
                return Optional.empty();
            }
            double certain = target.classed() ? CERTAIN_AUC : CERTAIN_R2;
            boolean exclude = !target.ordered() && (named || (value >= certain && target.rows() >= CERTAIN_ROWS));
            String why = (named ? "its name says that it comes after, and " : "")
                    + "alone it predicts " + target.column().name() + " with " + measure()
                    + String.format(Locale.ROOT, " %.4f", value) + ", better than a cause could";
            return Optional.of(suspect(column.name(), value, why, exclude));
        }

        private String measure() {
            return target.classed() ? "ROC AUC" : "R\u00B2";
        }

        private Suspect suspect(String column, double value, String why, boolean exclude) {
            return new Suspect(
                    column,
                    Suspect.Kind.KNOWN_AFTER_TARGET,
                    List.of(),
                    target.classed() ? "roc_auc" : "r2",
                    value,
                    why,
                    exclude);
        }

        /** A column far stronger than every other that stays: worth a question, no more. */
        Optional<Suspect> standingOut(Map<String, Suspect> found) {
            List<Map.Entry<String, Double>> kept = strengths.entrySet().stream()
                    .filter(entry -> !found.containsKey(entry.getKey())
                            || !found.get(entry.getKey()).exclude())
                    .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(2)
                    .toList();
            if (kept.size() < 2 || target.ordered()) {
                return Optional.empty();
            }
            double best = kept.get(0).getValue();
            double second = kept.get(1).getValue();
            double ahead = target.classed() ? AHEAD : 2 * AHEAD;
            if (best < (target.classed() ? STANDING_OUT_AUC : STANDING_OUT_R2) || best - second < ahead) {
                return Optional.empty();
            }
            String why = String.format(
                    Locale.ROOT,
                    "alone it predicts %s with %s %.3f, far ahead of any other column (%s: %.3f): make sure that it is "
                            + "known when predictions are made, or set its role to LEAK",
                    target.column().name(),
                    measure(),
                    best,
                    kept.get(1).getKey(),
                    second);
            return Optional.of(suspect(kept.get(0).getKey(), best, why, false));
        }
    }
}
