package tatara.data.lake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tatara.core.frame.TextColumn;

/** Builds a dictionary-coded column row by row. Not thread-safe. */
public final class TextBuilder {
    private final Map<String, Integer> index = new HashMap<>();
    private final List<String> dictionary = new ArrayList<>();
    private int[] codes;
    private int size;
    private long characters;

    /** @param capacity expected number of rows */
    public TextBuilder(int capacity) {
        codes = new int[capacity];
    }

    /** Adds a row; null is missing. */
    public void add(@Nullable String value) {
        if (size == codes.length) {
            codes = Arrays.copyOf(codes, Math.max(16, size * 2));
        }
        codes[size++] = value == null ? TextColumn.MISSING : code(value);
    }

    private int code(String value) {
        Integer known = index.putIfAbsent(value, dictionary.size());
        if (known != null) {
            return known;
        }
        dictionary.add(value);
        characters += value.length();
        return dictionary.size() - 1;
    }

    public int size() {
        return size;
    }

    /** Characters of the distinct texts so far. */
    public long characters() {
        return characters;
    }

    /** The column of all rows added; the builder is not to be used afterwards. */
    public TextColumn build() {
        return new TextColumn(
                size == codes.length ? codes : Arrays.copyOf(codes, size), dictionary.toArray(String[]::new));
    }
}
