package tatara.core.frame;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Dictionary-coded strings. The dictionary belongs to this batch: codes of two batches are not comparable.
 *
 * @param codes index into the dictionary per row, -1 for missing; not copied
 * @param dictionary distinct strings, not copied
 */
public record TextColumn(int[] codes, String[] dictionary) implements Column {
    public static final int MISSING = -1;

    /** Builds a column of {@code size} rows from strings; null is missing. */
    public static TextColumn of(int size, IntFunction<@Nullable String> valueAt) {
        Map<String, Integer> index = new HashMap<>();
        int[] codes = new int[size];
        for (int row = 0; row < size; row++) {
            String value = valueAt.apply(row);
            codes[row] = value == null ? MISSING : index.computeIfAbsent(value, absent -> index.size());
        }
        String[] dictionary = new String[index.size()];
        index.forEach((value, code) -> dictionary[code] = value);
        return new TextColumn(codes, dictionary);
    }

    /** The string of a row, or null if missing. */
    public @Nullable String value(int row) {
        return codes[row] < 0 ? null : dictionary[codes[row]];
    }

    @Override
    public int size() {
        return codes.length;
    }

    @Override
    public boolean isMissing(int row) {
        return codes[row] < 0;
    }

    @Override
    public Kind kind() {
        return Kind.TEXT;
    }
}
