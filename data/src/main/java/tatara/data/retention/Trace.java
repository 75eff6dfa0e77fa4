package tatara.data.retention;

import java.util.List;

/**
 * A text that tells who somebody is.
 *
 * @param similar longer texts of others that contain it: a place that is part of one of these is not the person's
 */
record Trace(String text, List<String> similar) {
    Trace {
        similar = List.copyOf(similar);
    }

    boolean isNumber() {
        return text.chars().allMatch(Character::isDigit);
    }
}
