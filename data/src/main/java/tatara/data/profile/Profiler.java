package tatara.data.profile;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.evidence.TimeSummary;
import tatara.core.evidence.ValueCount;
import tatara.data.lake.Lake;
import tatara.data.profile.LongForm.Target;

/**
 * Looks at a raw table (D5): how each column's cells are read, what they mean, and how they are distributed.
 *
 * <p>A sample of rows, chosen by a hash of their position, suggests how cells are read; one pass over all rows checks it. Counts,
 * ranges, means and deviations are of all rows. Quantiles are exact up to 200,000 rows and of a sample of about so many beyond;
 * distinct values are exact up to 100,000 rows, for columns with few, and where uniqueness is in question, and within a few percent
 * otherwise. Same rows, same profile. Thread-safe.
 */
public final class Profiler {
    private static final long EXACT_ROWS = 100_000;
    private static final long EXACT_VALUES = 5_000;
    private static final long RHYTHM_TIMES = 2_000_000;
    private static final double LEAST_FITTING = 0.9;
    private static final double LEAST_TIMES = 0.6;
    private static final double MAYBE_UNIQUE = 0.9;
    private static final double REGULAR = 0.5;

    private final Lake lake;

    public Profiler(Lake lake) {
        this.lake = lake;
    }

    /**
     * @param tableName as the user knows it
     * @param raw rows as they came, with text where the format has no types
     * @param source where they came from
     */
    public TableProfile profile(String tableName, TableRef raw, SourceAudit source) {
        RawTable table = RawTable.of(lake, raw);
        Passes passes = new Passes(table);
        List<ColumnSample> samples = passes.samples();
        List<Target> targets = samples.stream()
                .map(sample -> new Target(sample.column(), Readings.of(sample)))
                .toList();
        Columns columns = checked(passes, samples, targets);
        List<ColumnProfile> profiles = describe(table, passes, columns);
        List<String> keys = profiles.stream()
                .filter(profile -> isKey(profile, raw.rows()))
                .map(ColumnProfile::name)
                .toList();
        return new TableProfile(tableName, raw, source, profiles, passes.duplicates(), keys);
    }

    private static boolean isKey(ColumnProfile profile, long rows) {
        return profile.type() != ColumnType.NUMBER
                && rows > 0
                && profile.missing() == 0
                && profile.invalid() == 0
                && profile.distinct() == rows;
    }

    /** Samples, readings and measures of all columns, side by side. */
    private record Columns(List<ColumnSample> samples, List<Target> targets, List<Measure> measures) {}

    /** Measures all rows, and mends readings that a sample got wrong. */
    private static Columns checked(Passes passes, List<ColumnSample> samples, List<Target> guesses) {
        List<Measure> measures = new ArrayList<>(passes.measures(guesses));
        List<Target> targets = new ArrayList<>(guesses);
        List<Integer> again = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Target settled = settled(samples.get(i), targets.get(i), measures.get(i));
            if (!settled.equals(targets.get(i))) {
                targets.set(i, settled);
                again.add(i);
            }
        }
        List<Measure> renewed = passes.measures(again.stream().map(targets::get).toList());
        for (int i = 0; i < again.size(); i++) {
            measures.set(again.get(i), renewed.get(i));
        }
        learnMissing(passes, samples, targets, measures);
        return new Columns(samples, targets, measures);
    }

    private static Target settled(ColumnSample sample, Target target, Measure measure) {
        Reading reading = target.reading();
        if (reading.kind() == Reading.Kind.EMPTY || reading.kind() == Reading.Kind.TEXT) {
            return reading.kind() == Reading.Kind.EMPTY && measure.present() > 0
                    ? new Target(target.column(), Readings.text(sample))
                    : target;
        }
        if (!reading.rivals().isEmpty()) {
            return new Target(target.column(), Rivals.settle(sample, reading, measure));
        }
        double least = reading.kind() == Reading.Kind.TIME ? LEAST_TIMES : LEAST_FITTING;
        boolean fits = measure.valid() >= least * measure.present() || sample.whole();
        return fits && measure.valid() > 0 ? target : new Target(target.column(), Readings.text(sample));
    }

    /** Words for missing that the sample did not show. */
    private static void learnMissing(
            Passes passes, List<ColumnSample> samples, List<Target> targets, List<Measure> measures) {
        List<Target> doubtful = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Reading.Kind kind = targets.get(i).reading().kind();
            boolean valued = kind != Reading.Kind.TEXT && kind != Reading.Kind.EMPTY;
            if (valued && !samples.get(i).whole() && measures.get(i).present() > measures.get(i).valid()) {
                doubtful.add(targets.get(i));
            }
        }
        Map<Integer, List<ValueCount>> misfits = passes.misfits(doubtful);
        misfits.forEach((index, values) -> {
            Reading reading = targets.get(index).reading();
            List<String> tokens = new ArrayList<>(reading.format().missing());
            long rows = 0;
            for (ValueCount value : values) {
                if (MissingTokens.isMissingAmongValues(value.value().toLowerCase(java.util.Locale.ROOT))) {
                    tokens.add(value.value());
                    rows += value.count();
                }
            }
            Reading learned = reading.with(reading.format().withMissing(List.copyOf(tokens)));
            targets.set(index, new Target(targets.get(index).column(), learned));
            measures.set(index, measures.get(index).less(rows));
        });
    }

    private static List<ColumnProfile> describe(RawTable table, Passes passes, Columns columns) {
        List<Target> valued = new ArrayList<>();
        List<Target> few = new ArrayList<>();
        List<Target> many = new ArrayList<>();
        Map<Integer, Measure> measures = new HashMap<>();
        for (int i = 0; i < columns.targets().size(); i++) {
            Target target = columns.targets().get(i);
            Measure measure = columns.measures().get(i);
            measures.put(i, measure);
            if (target.reading().kind() == Reading.Kind.NUMBER && measure.valid() > 0) {
                valued.add(target);
            }
            if (measure.present() > 0) {
                (table.rows() <= EXACT_ROWS || measure.texts() <= EXACT_VALUES ? few : many).add(target);
            }
        }
        Map<Integer, NumberSummary> numbers = passes.summaries(valued, measures);
        Map<Integer, Passes.Top> exact = passes.exactTops(few);
        Map<Integer, List<ValueCount>> sampled = passes.sampledTops(many);
        List<ColumnProfile> profiles = new ArrayList<>(columns.targets().size());
        for (int i = 0; i < columns.targets().size(); i++) {
            Passes.Top top = exact.get(i);
            Described column = new Described(columns.samples().get(i), columns.targets().get(i), measures.get(i));
            Optional<Long> distinct = top != null ? Optional.of(top.distinct()) : column.exactDistinct(passes);
            List<ValueCount> values = top != null ? top.values() : sampled.getOrDefault(i, List.of());
            profiles.add(column.profile(passes, table.rows(), distinct, values, Optional.ofNullable(numbers.get(i))));
        }
        return profiles;
    }

    /** One column on its way to a profile. */
    private record Described(ColumnSample sample, Target target, Measure measure) {
        /** Counted only where uniqueness is in question: texts and whole numbers that hardly repeat. */
        Optional<Long> exactDistinct(Passes passes) {
            Reading.Kind kind = target.reading().kind();
            boolean countable = kind == Reading.Kind.TEXT
                    || (kind == Reading.Kind.NUMBER && measure.whole() == measure.valid())
                    || kind == Reading.Kind.TIME;
            return measure.present() > 0 && countable && measure.texts() >= MAYBE_UNIQUE * measure.present()
                    ? Optional.of(passes.distinct(target))
                    : Optional.empty();
        }

        ColumnProfile profile(
                Passes passes, long rows, Optional<Long> distinct, List<ValueCount> top, Optional<NumberSummary> numbers) {
            boolean valued = target.reading().kind() != Reading.Kind.TEXT && target.reading().kind() != Reading.Kind.EMPTY;
            long about = valued ? measure.values() : measure.texts();
            Meaning meaning = Meaning.of(new Meaning.Facts(
                    sample, target.reading(), measure, rows, distinct.orElse(about), distinct.isPresent()));
            boolean numeric = meaning.type() == ColumnType.NUMBER || meaning.type() == ColumnType.INTEGER;
            long invalid = valued ? measure.present() - measure.valid() : 0;
            List<ValueCount> shown = TopValues.of(target.reading().kind(), top);
            return new ColumnProfile(
                    sample.column().name(),
                    meaning.type(),
                    meaning.why() + Remarks.of(sample, target.reading(), numbers, shown, invalid),
                    target.reading().format(),
                    rows,
                    rows - measure.present(),
                    invalid,
                    distinct.orElse(about),
                    shown,
                    numeric ? numbers : Optional.empty(),
                    meaning.type() == ColumnType.TIME && measure.valid() > 0
                            ? Optional.of(times(passes))
                            : Optional.empty(),
                    measure.meanLength(),
                    measure.meanWords());
        }

        private TimeSummary times(Passes passes) {
            long[] rhythm = measure.values() <= RHYTHM_TIMES ? passes.rhythm(target) : new long[3];
            double share = rhythm[2] == 0 ? 0 : (double) rhythm[1] / rhythm[2];
            boolean regular = share >= REGULAR;
            return new TimeSummary(
                    instant(measure.min()),
                    instant(measure.max()),
                    regular ? rhythm[0] / 1e6 : 0,
                    regular ? share : 0,
                    measure.midnights() == measure.valid());
        }

        private static Instant instant(double micros) {
            return Instant.EPOCH.plus((long) micros, ChronoUnit.MICROS);
        }
    }
}
