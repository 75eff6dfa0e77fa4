package tatara.data.profile;

import java.util.List;
import java.util.Optional;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.TimeSummary;
import tatara.core.evidence.ValueCount;

/**
 * All that was found out about a column, on its way to a profile.
 *
 * @param sample its texts
 * @param reading how they are read
 * @param tally the sample's values
 * @param measure counts and ranges of all rows
 */
record ColumnFinding(ColumnSample sample, Reading reading, Tally tally, Measure measure) {
    /**
     * @param distinct distinct values
     * @param exact whether that number is exact
     * @param top most frequent values
     */
    ColumnProfile profile(long rows, long distinct, boolean exact, List<ValueCount> top, Rhythm rhythm) {
        Meaning meaning = Meaning.of(new Meaning.Facts(sample, reading, measure, rows, distinct, exact));
        boolean valued = reading.kind() != Reading.Kind.TEXT && reading.kind() != Reading.Kind.EMPTY;
        boolean some = tally.measure().valid() > 0 && measure.valid() > 0;
        boolean numeric = meaning.type() == ColumnType.NUMBER || meaning.type() == ColumnType.INTEGER;
        Optional<NumberSummary> numbers = numeric && some ? Optional.of(Summary.of(tally, measure)) : Optional.empty();
        long invalid = valued ? measure.present() - measure.valid() : 0;
        return new ColumnProfile(
                sample.column().name(),
                meaning.type(),
                meaning.why() + Remarks.of(sample, reading, numbers, top, invalid),
                reading.format(),
                rows,
                rows - measure.present(),
                invalid,
                distinct,
                top,
                numbers,
                meaning.type() == ColumnType.TIME && some ? Optional.of(times(rhythm)) : Optional.empty(),
                sample.characters(),
                sample.words());
    }

    private TimeSummary times(Rhythm rhythm) {
        return new TimeSummary(
                ValueText.instant(measure.min()),
                ValueText.instant(measure.max()),
                rhythm.isRegular() ? rhythm.micros() / 1e6 : 0,
                rhythm.isRegular() ? rhythm.share() : 0,
                measure.midnights() == measure.valid());
    }
}
