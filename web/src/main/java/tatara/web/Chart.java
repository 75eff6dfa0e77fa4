package tatara.web;

import java.util.ArrayList;
import java.util.List;
import tatara.core.json.Json;

/**
 * A chart of a page, and the table that says the same.
 *
 * @param id distinct within the page: letters, digits, dashes
 * @param title what it shows
 * @param description what a reader should see in it; the text for those who don't see the picture
 * @param spec what {@code page.js} draws: axes and series
 * @param table its data
 */
public record Chart(String id, String title, String description, Json.Obj spec, Grid table) {
    /** Whether two fit side by side on a wide screen. */
    public boolean isSquare() {
        return spec.find("layout").filter(Json.string("square")::equals).isPresent();
    }

    /**
     * An axis.
     *
     * @param name its title
     * @param categories names of its places, empty for numbers
     * @param min where it starts; NaN to fit the data
     * @param max where it ends; NaN to fit the data
     * @param seconds whether its numbers are seconds since the epoch, shown as dates
     */
    public record Axis(String name, List<String> categories, double min, double max, boolean seconds) {
        public static Axis numbers(String name) {
            return new Axis(name, List.of(), Double.NaN, Double.NaN, false);
        }

        public static Axis share(String name) {
            return new Axis(name, List.of(), 0, 1, false);
        }

        public static Axis times() {
            return new Axis("", List.of(), Double.NaN, Double.NaN, true);
        }

        public static Axis names(List<String> categories) {
            return new Axis("", List.copyOf(categories), Double.NaN, Double.NaN, false);
        }

        Json json() {
            Json.Obj json = Json.object().with("name", name);
            json = categories.isEmpty() ? json : json.with("categories", Json.strings(categories));
            json = seconds ? json.with("seconds", new Json.Bool(true)) : json;
            json = Double.isNaN(min) ? json : json.with("min", min);
            return Double.isNaN(max) ? json : json.with("max", max);
        }
    }

    /** How a series is drawn. */
    public enum Mark {
        LINE,
        LINKED_DOTS,
        /** A thin broken line to compare with. */
        GUIDE,
        DOTS,
        BARS,
        /** Pairs of points, each pair joined: intervals. */
        SPANS,
        /** Lower and upper line in turn: x, low, high. */
        BAND
    }

    /**
     * A series.
     *
     * @param tone {@code main}, {@code second} or {@code quiet}
     * @param points x, y and further numbers of each point
     */
    public record Series(String name, Mark mark, String tone, List<double[]> points) {
        Json json() {
            List<Json> rows = new ArrayList<>(points.size());
            points.forEach(point -> rows.add(Json.numbers(point)));
            return Json.object()
                    .with("name", name)
                    .with("mark", mark.name().toLowerCase(java.util.Locale.ROOT))
                    .with("tone", tone)
                    .with("points", new Json.Arr(rows));
        }
    }

    /** What is drawn: points are (x, y), also for {@link Layout#ROWS}, where y is the number of the row. */
    public static Json.Obj spec(Layout layout, Axis x, Axis y, List<Series> series) {
        return Json.object()
                .with("layout", layout.name().toLowerCase(java.util.Locale.ROOT))
                .with("x", x.json())
                .with("y", y.json())
                .with("series", new Json.Arr(series.stream().map(Series::json).toList()));
    }

    /** The outline of a chart. */
    public enum Layout {
        WIDE,
        SQUARE,
        /** Names from top to bottom, one bar each. */
        ROWS
    }
}
