package tatara.data.lake;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a write goes and what it says of itself.
 *
 * @param branch {@code main}, or a branch that there is
 * @param properties kept with the snapshot: positions, file names, reasons; names without the prefix {@code tatara.}
 * @param expected the snapshot that the branch must still be at, if that matters
 * @param layout how the files are to be laid out; without it as the table was
 */
public record Target(String branch, Map<String, String> properties, OptionalLong expected, Optional<Layout> layout) {
    /** The branch that every table has. */
    public static final String MAIN = "main";

    public Target {
        properties = Map.copyOf(properties);
    }

    public static Target main(Map<String, String> properties) {
        return branch(MAIN, properties);
    }

    public static Target branch(String branch, Map<String, String> properties) {
        return new Target(branch, properties, OptionalLong.empty(), Optional.empty());
    }

    /** Refuses the write with {@code CONCURRENT_WRITE} if the branch is at another snapshot. */
    public Target expecting(long snapshot) {
        return new Target(branch, properties, OptionalLong.of(snapshot), layout);
    }

    public Target laidOut(Layout wanted) {
        return new Target(branch, properties, expected, Optional.of(wanted));
    }
}
