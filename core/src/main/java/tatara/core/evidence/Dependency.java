package tatara.core.evidence;

import java.util.List;

/**
 * A functional dependency: rows that agree in the determinants agree in the dependent. Minimal: no part of the determinants suffices.
 *
 * @param determinants one or two columns
 * @param dependent what they determine
 * @param error least share of rows that break it, in [0, 1] (g3, Kivinen and Mannila 1995)
 * @param byChance that share if the dependent's values were dealt out at random
 * @param rows with a value in all these columns
 * @param exact whether it was measured on all rows
 */
public record Dependency(
        List<String> determinants, String dependent, double error, double byChance, long rows, boolean exact) {}
