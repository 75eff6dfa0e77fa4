package tatara.data.schema;

/**
 * What changed in a table's columns since its contract was recorded.
 *
 * @param column name before; for an added column the new one
 * @param detail for people
 */
public record SchemaChange(Kind kind, String column, String detail) {
    /** Kinds of changes, with who can still read whom (as Avro and schema registries say it). */
    public enum Kind {
        /** A new column that may be missing. */
        ADDED(Compatibility.FULL),
        /** A new column that always has a value, which older rows lack. */
        ADDED_NEEDED(Compatibility.FORWARD),
        /** A column that always had a value is gone. */
        REMOVED(Compatibility.BACKWARD),
        /** A column that could be missing is gone. */
        REMOVED_OPTIONAL(Compatibility.FULL),
        /** All old values are values of the new type, not the other way round. */
        WIDENED(Compatibility.BACKWARD),
        /** All new values are values of the old type, not the other way round. */
        NARROWED(Compatibility.FORWARD),
        /** The same values under another name. */
        RENAMED(Compatibility.NONE),
        /** Columns stand in another order. */
        REORDERED(Compatibility.FULL),
        /** The values are of a type that the old one has nothing to do with. */
        TYPE_BROKEN(Compatibility.NONE);

        private final Compatibility compatibility;

        Kind(Compatibility compatibility) {
            this.compatibility = compatibility;
        }

        public Compatibility compatibility() {
            return compatibility;
        }
    }

    /** Who can read whose rows. */
    public enum Compatibility {
        /** Either reads the other's. */
        FULL,
        /** Readers of the new schema read old rows. */
        BACKWARD,
        /** Readers of the old schema read new rows. */
        FORWARD,
        /** Neither. */
        NONE;

        /** What is left when both hold. */
        public Compatibility and(Compatibility other) {
            if (this == FULL || this == other) {
                return other;
            }
            return other == FULL ? this : NONE;
        }
    }
}
