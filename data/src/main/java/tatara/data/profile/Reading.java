package tatara.data.profile;

import java.util.List;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnProfile;

/**
 * How a column's cells are read, before it is known what the values mean.
 *
 * @param kind what cells become
 * @param format how
 * @param rivals other formats that explain a sample equally well
 * @param why evidence, for people
 */
record Reading(Kind kind, CellFormat format, List<CellFormat> rivals, String why) {
    /** What cells become. */
    enum Kind {
        NUMBER,
        TIME,
        BOOLEAN,
        TEXT,
        EMPTY
    }

    static Reading of(Kind kind, CellFormat format, String why) {
        return new Reading(kind, format, List.of(), why);
    }

    /** How the cells of a profiled column are read. */
    static Reading of(ColumnProfile profile) {
        Kind kind =
                switch (profile.type()) {
                    case NUMBER, INTEGER -> Kind.NUMBER;
                    case TIME -> Kind.TIME;
                    case BOOLEAN -> Kind.BOOLEAN;
                    case EMPTY -> Kind.EMPTY;
                    case CATEGORY, TEXT, IDENTIFIER -> Kind.TEXT;
                };
        return of(kind, profile.format(), profile.why());
    }

    Reading with(CellFormat other) {
        return new Reading(kind, other, List.of(), why);
    }

    Reading because(String more) {
        return new Reading(kind, format, rivals, why.isEmpty() ? more : why + "; " + more);
    }
}
