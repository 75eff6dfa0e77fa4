package tatara.model.forecast;

import java.util.List;

/**
 * What a forecasting model knows of one series.
 *
 * @param name the series, empty if there is only one
 * @param end position of the last observation on the {@link TimeGrid}
 * @param tail the last observations, gaps filled, oldest first
 * @param knownTail [observation][input] inputs known in advance at the tail's observations; empty without inputs
 * @param components fitted methods, at least one
 * @param weights of the components, sum 1
 * @param spread unit of the interval's widths, in the target's unit, at least 0
 * @param nonNegative whether no observation was negative, so that no forecast is
 */
public record SeriesState(
        String name,
        long end,
        double[] tail,
        double[][] knownTail,
        List<Component> components,
        double[] weights,
        double spread,
        boolean nonNegative) {
    public SeriesState {
        components = List.copyOf(components);
        if (components.isEmpty() || components.size() != weights.length) {
            throw new IllegalArgumentException(
                    "components: " + components.size() + " (expected: " + weights.length + ", at least 1)");
        }
    }
}
