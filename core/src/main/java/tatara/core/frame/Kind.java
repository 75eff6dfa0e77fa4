package tatara.core.frame;

/** The physical kinds of column that row-wise code works on. */
public enum Kind {
    /** {@code double}; NaN is missing. */
    NUMBER,
    /** Dictionary-coded string; code -1 is missing. */
    TEXT,
    /** Microseconds since 1970-01-01T00:00Z; {@link TimeColumn#MISSING} is missing. */
    TIME
}
