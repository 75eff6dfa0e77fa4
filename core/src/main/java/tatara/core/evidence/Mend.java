package tatara.core.evidence;

/** Ways to read a text as a number that is none in its column's usual form. */
public enum Mend {
    /** The letters o and l between digits are 0 and 1: {@code 4o8}. */
    LETTERS,
    /** Doubled, wrong or trailing separators: {@code 8..8}, {@code 8:8}, {@code 8.7.}; the comma for a point and the reverse. */
    SEPARATORS,
    /** Repeated signs and dashes for a minus: {@code ++8.7}. */
    SIGNS,
    /** A stray letter or mark at the end, a mark at the start: {@code 178c}, {@code *12}. */
    STRAY
}
