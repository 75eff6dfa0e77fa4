package tatara.specialists.phase1.datascientist;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.Decision;
import tatara.core.design.FeatureDesign.Split;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.ValueCount;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.specialists.Figures;
import tatara.specialists.words.Words;

/** How the sealed hold-out and the folds are drawn (S7, S8). */
final class SplitChoice {
    private static final Set<String> FUTURE =
            Set.of("will", "next", "going", "tomorrow", "coming", "upcoming", "soon", "future", "ahead");
    /** Distinct times below which "the latest rows" says little. */
    private static final int MEANINGFUL_TIMES = 20;

    private static final int LEAST_GROUPS = 20;
    private static final double REPEATS = 1.2;
    private static final double LARGE_HOLDOUT = 50_000;
    private static final double ENOUGH_POSITIVES = 2_000;

    private final Spec spec;
    private final TableProfile main;

    SplitChoice(Spec spec, TableProfile main) {
        this.spec = spec;
        this.main = main;
    }

    Split split() {
        if (spec.task() == Task.FORECAST) {
            return forecast();
        }
        Optional<ColumnProfile> time = spec.time().flatMap(main::find).filter(this::isSpread);
        if (time.isPresent() && asksFuture()) {
            return new Split(
                    Split.Kind.TIME,
                    spec.time(),
                    share(),
                    "the sentence asks about the future, and the rows are spread over "
                            + time.get().distinct() + " times: the latest rows are held out, as in use");
        }
        Optional<ColumnProfile> entity = spec.entity().flatMap(main::find).filter(this::repeats);
        if (entity.isPresent()) {
            return new Split(
                    Split.Kind.GROUP,
                    spec.entity(),
                    share(),
                    "each of " + entity.get().distinct() + " values of "
                            + Figures.name(entity.get().name()) + " has several rows: all of them stay on one side");
        }
        if (spec.task().isClassification()) {
            return new Split(
                    Split.Kind.STRATIFIED,
                    Optional.empty(),
                    share(),
                    "rows are independent; each class keeps its share on both sides");
        }
        return new Split(Split.Kind.RANDOM, Optional.empty(), share(), "rows are independent");
    }

    /** The last horizon of every series. */
    private Split forecast() {
        int horizon = spec.horizon().orElse(1);
        double steps = Math.max(1, history());
        double share = Math.min(0.5, Math.max(1e-6, horizon / steps));
        return new Split(
                Split.Kind.TIME,
                spec.time(),
                share,
                "the last " + horizon + " of " + (long) steps + " steps are held out, as many as are forecast");
    }

    private double history() {
        long series =
                spec.entity().flatMap(main::find).map(ColumnProfile::distinct).orElse(1L);
        double perSeries = (double) main.rows() / Math.max(1, series);
        long times =
                spec.time().flatMap(main::find).map(ColumnProfile::distinct).orElse(0L);
        return times > 0 ? Math.min((double) times, Math.max(perSeries, 1)) : perSeries;
    }

    private boolean asksFuture() {
        return Words.of(spec.sentence()
                        .substring(0, Math.min(10_000, spec.sentence().length())))
                .stream()
                .anyMatch(FUTURE::contains);
    }

    private boolean isSpread(ColumnProfile column) {
        boolean long_ = column.times()
                .filter(times -> Duration.between(times.min(), times.max()).toDays() >= 2)
                .isPresent();
        return long_ && column.distinct() >= MEANINGFUL_TIMES && column.missingShare() < 0.05;
    }

    private boolean repeats(ColumnProfile column) {
        double rows = (double) column.rows() - column.missing();
        return column.distinct() >= LEAST_GROUPS && rows / Math.max(1, column.distinct()) >= REPEATS;
    }

    /** A quarter of little data, a fifth of more; of much data, what narrow intervals need. */
    private double share() {
        long rows = main.rows();
        if (rows < 1000) {
            return 0.25;
        }
        double needed = LARGE_HOLDOUT / rows;
        double positives = rarest();
        if (positives > 0) {
            needed = Math.max(needed, ENOUGH_POSITIVES / positives);
        }
        return Math.round(Math.min(0.2, needed) * 1e6) / 1e6;
    }

    private double rarest() {
        if (!spec.task().isClassification()) {
            return 0;
        }
        return spec.target().flatMap(main::find).stream()
                .flatMap(column -> column.top().stream())
                .mapToLong(ValueCount::count)
                .min()
                .orElse(0);
    }

    Decision explain(Split split) {
        return new Decision(
                Figures.percent(split.holdoutShare()) + " of the rows are held out, "
                        + split.kind().name().toLowerCase(java.util.Locale.ROOT)
                        + split.column()
                                .map(column -> " by " + Figures.name(column))
                                .orElse(""),
                split.why(),
                List.of(
                        Figures.evidence("rows", main.rows(), "profile"),
                        Figures.evidence("rows held out", Math.round(split.holdoutShare() * main.rows()), "profile")));
    }
}
