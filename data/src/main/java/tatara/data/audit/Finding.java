package tatara.data.audit;

import java.util.Locale;
import tatara.core.evidence.PersonalData;
import tatara.core.evidence.PersonalData.Kind;
import tatara.core.evidence.PersonalData.Place;

/** What one look at a column found. */
record Finding(Kind kind, Place place, double share, double confidence, String why) {
    /** Whole cells. */
    static Finding cells(Kind kind, double share, double confidence, String what) {
        return new Finding(
                kind,
                Place.CELL,
                share,
                Math.min(1, confidence),
                String.format(Locale.ROOT, "%.0f %% of the distinct values looked at %s", 100 * share, what));
    }

    PersonalData in(String table, String column) {
        return new PersonalData(table, column, kind, place, share, confidence, why);
    }
}
