package tatara.core.evidence;

/**
 * Personal data found in a column (D1). Found by looking at values, which are never told here.
 *
 * @param table table name as the user knows it
 * @param column column name
 * @param kind what it is
 * @param place whether whole cells hold it, or longer texts contain it
 * @param share values with it, of the column's distinct values that were looked at, in [0, 1]
 * @param confidence how sure this is, in [0, 1]
 * @param why the evidence, for people
 */
public record PersonalData(
        String table, String column, Kind kind, Place place, double share, double confidence, String why) {
    /** Kinds of personal data. */
    public enum Kind {
        NAME(true),
        EMAIL(true),
        PHONE(true),
        PAYMENT_CARD(true),
        BANK_ACCOUNT(true),
        NATIONAL_ID(true),
        IP_ADDRESS(true),
        ADDRESS(true),
        BIRTH_DATE(false),
        LOCATION(false),
        GENDER(false);

        private final boolean identifying;

        Kind(boolean identifying) {
            this.identifying = identifying;
        }

        /** Whether a value alone can lead to a person; others only together. */
        public boolean isIdentifying() {
            return identifying;
        }
    }

    /** Where in a cell it is. */
    public enum Place {
        CELL,
        WITHIN_TEXT
    }

    /** Whether the column's cells lead to persons, so that it must not become a feature. */
    public boolean isIdentifying() {
        return kind.isIdentifying() && place == Place.CELL && confidence >= 0.75;
    }
}
