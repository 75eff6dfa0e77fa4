package tatara.data.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.evidence.Suspect;

/** Finds columns that repeat an earlier one, or recode it one to one. */
final class SameColumns {
    private static final int LEAST_UNUSUAL = 10;

    private final Map<Long, String> values = new HashMap<>();
    private final Map<Long, String> shapes = new HashMap<>();

    Optional<Suspect> look(SampledColumn column) {
        if (column.levels() < 2 || column.unusualRows() < LEAST_UNUSUAL) {
            return Optional.empty();
        }
        long kind = column.isNumeric() ? 1 : 2;
        String same = values.putIfAbsent(column.fingerprint() * 3 + kind, column.name());
        if (same != null) {
            return Optional.of(suspect(column, same, "equal", "every value equals that of " + same, true));
        }
        if (column.levels() * 2 > column.rows()) {
            return Optional.empty();
        }
        String recoded = shapes.putIfAbsent(column.shape(), column.name());
        return recoded == null
                ? Optional.empty()
                : Optional.of(
                        suspect(column, recoded, "recoded", "each value stands for one value of " + recoded, false));
    }

    private static Suspect suspect(SampledColumn column, String other, String measure, String why, boolean exclude) {
        return new Suspect(column.name(), Suspect.Kind.DUPLICATE_COLUMN, List.of(other), measure, 1, why, exclude);
    }
}
