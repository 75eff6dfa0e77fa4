package tatara.data.profile;

import java.util.List;
import java.util.Map;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.Mending;

/** From a sample of a column's texts to how its cells are read. */
final class Readings {
    private Readings() {}

    static Reading of(ColumnSample sample) {
        return switch (sample.column().stored()) {
            case BOOLEAN ->
                sample.values().isEmpty()
                        ? empty(List.of())
                        : Reading.of(Reading.Kind.BOOLEAN, CellFormat.plain(), "stored as truth values");
            case TIMESTAMP ->
                sample.values().isEmpty()
                        ? empty(List.of())
                        : Reading.of(Reading.Kind.TIME, CellFormat.plain(), "stored as times");
            case BIGINT, DOUBLE, VARCHAR -> ofTexts(sample);
        };
    }

    private static Reading ofTexts(ColumnSample sample) {
        List<String> missing = MissingTokens.amongTexts(sample);
        if (sample.without(missing).values().isEmpty()) {
            return empty(missing);
        }
        return BooleanReading.of(sample)
                .or(() -> TimeReading.of(sample))
                .or(() -> NumberReading.of(sample)
                        .map(numbers -> TimeReading.epoch(sample, numbers).orElse(numbers)))
                .orElseGet(() -> text(sample));
    }

    static Reading text(ColumnSample sample) {
        List<String> missing = MissingTokens.amongTexts(sample);
        CellFormat format = CellFormat.plain().withMissing(missing);
        Map<String, String> repairs = OddTexts.repairs(sample.without(missing).values());
        return Reading.of(Reading.Kind.TEXT, format.withMending(Mending.none().withRepairs(repairs)), "");
    }

    private static Reading empty(List<String> missing) {
        return Reading.of(Reading.Kind.EMPTY, CellFormat.plain().withMissing(missing), "no row has a value");
    }
}
