package tatara.core.port;

/**
 * A column of what is followed, as its source declares it.
 *
 * @param type what its values are
 */
public record ChangeColumn(String name, Type type) {
    /** Kinds of values, with the JSON that carries them; null is a value of each. */
    public enum Type {
        /** 64-bit integers as numbers. */
        INTEGER,
        /** Floating point as numbers; the texts {@code NaN}, {@code Infinity} and {@code -Infinity}. */
        NUMBER,
        BOOLEAN,
        /** Anything as text; decimals of fixed point too, so that no digit is lost. */
        TEXT,
        /** Times of UTC as the text {@code yyyy-MM-dd HH:mm:ss.SSSSSS}, dates as their midnight; any other text for what has no such form. */
        TIME
    }
}
