package tatara.data.lake;

import java.util.Optional;

/**
 * A condition on a column: a value from {@code low} to {@code high}, both inclusive and as text (numbers in decimal, times in ISO-8601, UTC,
 * without zone, booleans as {@code true} and {@code false}); a missing value never fits.
 */
public record Range(String column, Optional<String> low, Optional<String> high) {
    public static Range of(String column, String low, String high) {
        return new Range(column, Optional.of(low), Optional.of(high));
    }

    public static Range equalTo(String column, String value) {
        return of(column, value, value);
    }
}
