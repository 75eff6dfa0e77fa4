package tatara.data.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.evidence.ValueCount;
import tatara.data.lake.Lake;
import tatara.data.profile.LongForm.Target;

/**
 * Looks at a raw table (D5): how each column's cells are read, what they mean, and how they are distributed.
 *
 * <p>Tables of at most 100,000 rows, and columns with at most about 10,000 distinct texts, are measured exactly. Of other columns a
 * sample of about 100,000 rows, chosen by a hash of their position, suggests how cells are read, and gives mean, deviation, skewness,
 * quantiles and histogram; counts and ranges are of all rows, distinct values exact where uniqueness is in question and within a few
 * percent otherwise. Same rows, same profile. Memory is bounded by a million distinct cells at a time. Thread-safe.
 */
public final class Profiler {
    private static final long EXACT_ROWS = 100_000;
    private static final long EXACT_VALUES = 10_000;
    private static final long CELLS = 1_000_000;
    private static final long RHYTHM_TIMES = 2_000_000;
    private static final double LEAST_FITTING = 0.9;
    private static final double LEAST_TIMES = 0.6;
    private static final double MAYBE_UNIQUE = 0.9;
    private static final long FREQUENT = 3;
    private static final long FREQUENT_PART = 2_000;

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
        Map<Integer, ColumnProfile> found = new TreeMap<>();
        boolean small = table.rows() <= EXACT_ROWS;
        Map<Integer, Long> distinct = small ? Map.of() : passes.distinct();
        List<RawColumn> large = new ArrayList<>();
        List<RawColumn> batch = new ArrayList<>();
        long cells = 0;
        for (RawColumn column : table.columns()) {
            long size = small ? table.rows() : distinct.getOrDefault(column.index(), 0L);
            if (!small && size > EXACT_VALUES) {
                large.add(column);
                continue;
            }
            if (cells + size > CELLS) {
                exact(table, passes, batch, found);
                batch.clear();
                cells = 0;
            }
            batch.add(column);
            cells += size;
        }
        exact(table, passes, batch, found);
        int step = (int) (CELLS / EXACT_ROWS);
        for (int at = 0; at < large.size(); at += step) {
            sampled(table, passes, large.subList(at, Math.min(large.size(), at + step)), found);
        }
        List<ColumnProfile> profiles = List.copyOf(found.values());
        return new TableProfile(tableName, raw, source, profiles, passes.duplicates(), keys(profiles, raw.rows()));
    }

    private static List<String> keys(List<ColumnProfile> profiles, long rows) {
        return profiles.stream()
                .filter(profile -> profile.type() != ColumnType.NUMBER && profile.type() != ColumnType.EMPTY)
                .filter(profile -> rows > 0 && profile.missing() + profile.invalid() == 0 && profile.distinct() == rows)
                .map(ColumnProfile::name)
                .toList();
    }

    private static void exact(
            RawTable table, Passes passes, List<RawColumn> columns, Map<Integer, ColumnProfile> found) {
        if (columns.isEmpty()) {
            return;
        }
        for (ColumnSample sample : passes.samples(columns, table.from(), true)) {
            Reading reading = Readings.of(sample);
            Tally tally = Tally.of(sample, reading);
            if (!reading.rivals().isEmpty()) {
                reading = Rivals.settle(sample, reading, tally.measure());
                tally = Tally.of(sample, reading);
            }
            ColumnFinding column = new ColumnFinding(sample, reading, tally, tally.measure());
            found.put(
                    sample.column().index(),
                    column.profile(table.rows(), tally.measure().values(), true, tally.top(), tally.rhythm()));
        }
    }

    private static void sampled(
            RawTable table, Passes passes, List<RawColumn> columns, Map<Integer, ColumnProfile> found) {
        Map<Integer, ColumnSample> samples = new LinkedHashMap<>();
        List<Target> targets = new ArrayList<>();
        for (ColumnSample sample : passes.samples(columns, table.sampled(EXACT_ROWS), false)) {
            samples.put(sample.column().index(), sample);
            targets.add(new Target(sample.column(), Readings.of(sample), sample.padded()));
        }
        Map<Integer, Measure> measures = new HashMap<>(passes.measures(targets));
        List<Target> settled = targets.stream()
                .map(target -> settled(samples.get(target.column().index()), target, measure(measures, target)))
                .toList();
        List<Target> changed =
                settled.stream().filter(target -> !targets.contains(target)).toList();
        measures.putAll(passes.measures(changed));
        List<Target> known = learnMissing(passes, settled, measures);
        Map<Integer, Tally> tallies = new HashMap<>();
        Map<Target, List<String>> frequent = new LinkedHashMap<>();
        for (Target target : known) {
            ColumnSample sample = samples.get(target.column().index());
            tallies.put(target.column().index(), Tally.of(sample, target.reading()));
            frequent.put(target, frequent(sample, target.reading()));
        }
        Map<Integer, List<ValueCount>> occurrences = passes.occurrences(frequent);
        for (Target target : known) {
            int index = target.column().index();
            Measure measure = measure(measures, target);
            boolean exact = isCountable(target.reading(), measure);
            long distinct = exact ? passes.distinct(target) : measure.values();
            ColumnSample often =
                    new ColumnSample(target.column(), occurrences.getOrDefault(index, List.of()), false, false, 0, 0);
            ColumnFinding column = new ColumnFinding(samples.get(index), target.reading(), tallies.get(index), measure);
            boolean timed = target.reading().kind() == Reading.Kind.TIME && measure.values() <= RHYTHM_TIMES;
            found.put(
                    index,
                    column.profile(
                            table.rows(),
                            distinct,
                            exact,
                            Tally.of(often, target.reading()).top(),
                            timed ? passes.rhythm(target) : Rhythm.NONE));
        }
    }

    private static Measure measure(Map<Integer, Measure> measures, Target target) {
        return measures.getOrDefault(target.column().index(), Measure.NONE);
    }

    /** Readings that a sample suggested and all rows refuse are texts. */
    private static Target settled(ColumnSample sample, Target target, Measure measure) {
        Reading reading = target.reading();
        if (reading.kind() == Reading.Kind.TEXT) {
            return target;
        }
        if (reading.kind() == Reading.Kind.EMPTY) {
            return measure.present() > 0 ? target.with(Readings.text(sample)) : target;
        }
        Reading one = reading.rivals().isEmpty() ? reading : Rivals.settle(sample, reading, measure);
        long valid = Math.max(measure.valid(), measure.rivalValid());
        double least = reading.kind() == Reading.Kind.TIME ? LEAST_TIMES : LEAST_FITTING;
        return target.with(valid > 0 && valid >= least * measure.present() ? one : Readings.text(sample));
    }

    /** Words for missing that the sample did not show. */
    private static List<Target> learnMissing(Passes passes, List<Target> targets, Map<Integer, Measure> measures) {
        List<Target> doubtful = targets.stream()
                .filter(target -> target.reading().kind() != Reading.Kind.TEXT
                        && target.reading().kind() != Reading.Kind.EMPTY)
                .filter(target -> measure(measures, target).present()
                        > measure(measures, target).valid())
                .toList();
        Map<Integer, List<ValueCount>> misfits = passes.misfits(doubtful);
        return targets.stream()
                .map(target -> {
                    List<ValueCount> missing = misfits
                            .getOrDefault(target.column().index(), List.of())
                            .stream()
                            .filter(value -> MissingTokens.isMissingAmongValues(
                                    value.value().toLowerCase(Locale.ROOT)))
                            .toList();
                    List<String> tokens =
                            new ArrayList<>(target.reading().format().missing());
                    missing.forEach(value -> tokens.add(value.value()));
                    long rows = missing.stream().mapToLong(ValueCount::count).sum();
                    measures.computeIfPresent(target.column().index(), (index, measure) -> measure.less(rows));
                    return missing.isEmpty()
                            ? target
                            : target.with(target.reading()
                                    .with(target.reading().format().withMissing(List.copyOf(tokens))));
                })
                .toList();
    }

    /** Texts that hold a notable share of the sample. */
    private static List<String> frequent(ColumnSample sample, Reading reading) {
        long least = Math.max(FREQUENT, sample.rows() / FREQUENT_PART);
        return sample.without(reading.format().missing()).values().stream()
                .filter(value -> value.count() >= least)
                .limit(Tally.TOP)
                .map(ValueCount::value)
                .toList();
    }

    /** Texts and whole numbers that hardly repeat: only there uniqueness is in question. */
    private static boolean isCountable(Reading reading, Measure measure) {
        boolean countable = reading.kind() == Reading.Kind.TEXT
                || reading.kind() == Reading.Kind.TIME
                || (reading.kind() == Reading.Kind.NUMBER && measure.whole() == measure.valid());
        return countable && measure.present() > 0 && measure.texts() >= MAYBE_UNIQUE * measure.present();
    }
}
