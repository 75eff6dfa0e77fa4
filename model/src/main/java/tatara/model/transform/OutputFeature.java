package tatara.model.transform;

import java.util.List;

/**
 * One number of the shared feature vector.
 *
 * @param name distinct name, such as {@code age} or {@code signup:month}
 * @param column raw column it is computed from
 * @param levels for a category: its levels, the value is the level's index as a float; empty for a number. Unseen and rare
 *     levels have the index {@code levels.size()}; missing is NaN
 * @param term whether it is one of many sparse text terms
 */
public record OutputFeature(String name, String column, List<String> levels, boolean term) {
    public boolean isCategory() {
        return !levels.isEmpty();
    }
}
