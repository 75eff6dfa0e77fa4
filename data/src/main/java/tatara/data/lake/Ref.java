package tatara.data.lake;

import java.util.OptionalLong;

/**
 * A name for a version of a table.
 *
 * @param kind branches move with each write, tags stay
 * @param snapshot the version it names
 * @param fork the version at which a branch parted from where it was made
 */
public record Ref(String name, Kind kind, long snapshot, OptionalLong fork) {
    public enum Kind {
        BRANCH,
        TAG
    }
}
