package tatara.model.transform;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One step that brings a text into another form. Patterns keep to what {@link java.util.regex} and RE2 share, so that SQL does the same;
 * replacements name groups as RE2 does, {@code \1}, and hold nothing else that is special.
 *
 * @param pattern regular expression
 * @param replacement of what matches
 * @param all whether every match is replaced, or the first
 */
public record Substitution(Pattern pattern, String replacement, boolean all) {
    static Substitution first(String pattern, String replacement) {
        return new Substitution(Pattern.compile(pattern), replacement, false);
    }

    static Substitution all(String pattern, String replacement) {
        return new Substitution(Pattern.compile(pattern), replacement, true);
    }

    private String apply(String text) {
        String java = replacement.replace('\\', '$');
        return all
                ? pattern.matcher(text).replaceAll(java)
                : pattern.matcher(text).replaceFirst(java);
    }

    /** The text after all steps, in their order. */
    static String apply(List<Substitution> steps, String text) {
        String result = text;
        for (Substitution step : steps) {
            result = step.apply(result);
        }
        return result;
    }
}
