package tatara.data.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists of words that come with the program, in lower case. */
final class WordList {
    private static final Set<String> FIRST_NAMES = read("first-names.txt");
    private static final Set<String> LAST_NAMES = read("last-names.txt");
    private static final Set<String> STREETS = read("streets.txt");
    private static final Set<String> ORGANISATIONS = read("organisations.txt");

    private WordList() {}

    static Set<String> firstNames() {
        return FIRST_NAMES;
    }

    static Set<String> lastNames() {
        return LAST_NAMES;
    }

    /** Words for kinds of streets. */
    static Set<String> streets() {
        return STREETS;
    }

    /** Words that persons' names do not hold, but names of organisations and places do. */
    static Set<String> organisations() {
        return ORGANISATIONS;
    }

    private static Set<String> read(String name) {
        try (InputStream in = WordList.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource: " + name);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
