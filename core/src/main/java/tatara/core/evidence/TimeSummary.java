package tatara.core.evidence;

import java.time.Instant;

/**
 * Range and rhythm of a time column.
 *
 * @param stepSeconds most frequent gap between consecutive distinct times, 0 if there is no regular one
 * @param regularity share of gaps that equal it, in [0, 1]
 * @param dateOnly every value is at midnight
 */
public record TimeSummary(Instant min, Instant max, double stepSeconds, double regularity, boolean dateOnly) {}
