package tatara.data.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ValueCount;
import tatara.data.profile.LongForm.Target;

/** Profiles columns with many distinct values of a table with many rows: a sample suggests, a pass over all rows decides. */
final class LargeColumns {
    private static final long RHYTHM_TIMES = 2_000_000;
    private static final double LEAST_FITTING = 0.9;
    private static final double LEAST_TIMES = 0.6;
    private static final double MAYBE_UNIQUE = 0.9;
    private static final long FREQUENT = 3;
    private static final long FREQUENT_PART = 2_000;

    private final RawTable table;
    private final Passes passes;

    LargeColumns(RawTable table, Passes passes) {
        this.table = table;
        this.passes = passes;
    }

    /** Profiles by column number. */
    Map<Integer, ColumnProfile> profiles(List<RawColumn> columns) {
        List<ColumnSample> samples;
        try (KeptSample kept = KeptSample.of(table, columns, Profiler.EXACT_ROWS)) {
            samples = passes.counted(columns, kept.from(), false);
        }
        return settledProfiles(samples);
    }

    private Map<Integer, ColumnProfile> settledProfiles(List<ColumnSample> samples) {
        List<Target> guesses = samples.stream()
                .map(sample -> new Target(sample.column(), Readings.of(sample), sample.padded()))
                .toList();
        Map<Integer, Measure> measures = new HashMap<>(passes.measures(guesses));
        List<Target> settled = new ArrayList<>();
        for (int i = 0; i < guesses.size(); i++) {
            settled.add(settled(samples.get(i), guesses.get(i), measure(measures, guesses.get(i))));
        }
        measures.putAll(passes.measures(
                settled.stream().filter(target -> !guesses.contains(target)).toList()));
        List<Target> targets = learnMissing(settled, measures);
        List<List<String>> frequent = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            frequent.add(frequent(samples.get(i), targets.get(i).reading()));
        }
        Map<Integer, List<ValueCount>> occurrences = passes.occurrences(targets, frequent);
        Map<Integer, ColumnProfile> profiles = new HashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            int index = targets.get(i).column().index();
            profiles.put(
                    index,
                    profile(
                            samples.get(i),
                            targets.get(i),
                            measure(measures, targets.get(i)),
                            occurrences.getOrDefault(index, List.of())));
        }
        return profiles;
    }

    private ColumnProfile profile(ColumnSample sample, Target target, Measure measure, List<ValueCount> often) {
        Reading reading = target.reading();
        boolean exact = isCountable(reading, measure);
        long distinct = exact ? passes.distinct(target, measure) : measure.values();
        boolean timed = reading.kind() == Reading.Kind.TIME && measure.values() <= RHYTHM_TIMES;
        List<ValueCount> top = Tally.of(new ColumnSample(target.column(), often, false, false, 0, 0), reading)
                .top();
        return new ColumnFinding(sample, reading, Tally.of(sample, reading), measure)
                .profile(table.rows(), distinct, exact, top, timed ? passes.rhythm(target) : Rhythm.NONE);
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
    private List<Target> learnMissing(List<Target> targets, Map<Integer, Measure> measures) {
        List<Target> doubtful = targets.stream()
                .filter(target -> target.reading().kind() != Reading.Kind.TEXT
                        && target.reading().kind() != Reading.Kind.EMPTY)
                .filter(target -> measure(measures, target).present()
                        > measure(measures, target).valid())
                .toList();
        Map<Integer, List<ValueCount>> misfits = passes.misfits(doubtful);
        List<Target> learned = new ArrayList<>();
        for (Target target : targets) {
            int index = target.column().index();
            List<ValueCount> missing = misfits.getOrDefault(index, List.of()).stream()
                    .filter(value ->
                            MissingTokens.isMissingAmongValues(value.value().toLowerCase(Locale.ROOT)))
                    .toList();
            List<String> tokens = new ArrayList<>(target.reading().format().missing());
            missing.forEach(value -> tokens.add(value.value()));
            long rows = missing.stream().mapToLong(ValueCount::count).sum();
            measures.put(index, measure(measures, target).less(rows));
            learned.add(
                    missing.isEmpty()
                            ? target
                            : target.with(target.reading()
                                    .with(target.reading().format().withMissing(List.copyOf(tokens)))));
        }
        return learned;
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
