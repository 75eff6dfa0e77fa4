package tatara.web.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.TimeStructure;
import tatara.core.evidence.ValueCount;
import tatara.web.Chart;
import tatara.web.Chart.Axis;
import tatara.web.Chart.Layout;
import tatara.web.Chart.Mark;
import tatara.web.Chart.Series;
import tatara.web.Figures;
import tatara.web.Grid;

/** The charts of one column: its distribution, and for times how they lie in the day, the week and the year. */
final class ColumnCharts {
    private static final int VALUES = 12;
    private static final int VALUE_LENGTH = 32;
    private static final List<String> WEEKDAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private ColumnCharts() {}

    static List<Chart> of(String id, ColumnProfile column, Optional<TimeStructure> times) {
        List<Chart> charts = new ArrayList<>();
        if (column.numbers().isPresent()) {
            histogram(id, column, column.numbers().get()).ifPresent(charts::add);
        } else if (column.times().isEmpty()) {
            top(id, column).ifPresent(charts::add);
        }
        times.ifPresent(structure -> {
            if (structure.granularity().compareTo(TimeStructure.Granularity.DAY) < 0) {
                charts.add(cycle(id + "-hours", "Hours of the day (UTC)", hours(), structure.hours()));
            }
            if (structure.granularity().compareTo(TimeStructure.Granularity.DAY) <= 0) {
                charts.add(cycle(id + "-weekdays", "Days of the week", WEEKDAYS, structure.weekdays()));
            }
            if (structure.granularity() != TimeStructure.Granularity.YEAR) {
                charts.add(cycle(id + "-months", "Months", MONTHS, structure.months()));
            }
        });
        return charts;
    }

    private static List<String> hours() {
        List<String> hours = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            hours.add(Integer.toString(hour));
        }
        return hours;
    }

    private static Optional<Chart> histogram(String id, ColumnProfile column, NumberSummary numbers) {
        double[] bins = numbers.histogram();
        double width = (numbers.max() - numbers.min()) / Math.max(1, bins.length);
        if (!(width > 0) || !Double.isFinite(width)) {
            return Optional.empty();
        }
        List<double[]> bars = new ArrayList<>();
        List<List<Grid.Cell>> rows = new ArrayList<>();
        for (int i = 0; i < bins.length; i++) {
            double from = numbers.min() + i * width;
            bars.add(new double[] {from + width / 2, bins[i]});
            if (bins[i] > 0) {
                rows.add(List.of(
                        Grid.number(Figures.number(from)),
                        Grid.number(Figures.number(from + width)),
                        Grid.number(Figures.count((long) bins[i]))));
            }
        }
        return Optional.of(new Chart(
                id,
                "Distribution",
                "Rows in equally wide ranges of " + Figures.shortened(column.name(), VALUE_LENGTH) + ".",
                Chart.spec(
                        Layout.WIDE,
                        Axis.numbers(""),
                        Axis.numbers("rows"),
                        List.of(new Series("rows", Mark.BARS, "main", bars))),
                new Grid("Rows in each range", List.of("from", "to", "rows"), rows)));
    }

    private static Optional<Chart> top(String id, ColumnProfile column) {
        if (column.top().isEmpty() || column.top().get(0).count() < 2) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        List<double[]> bars = new ArrayList<>();
        List<List<Grid.Cell>> rows = new ArrayList<>();
        for (ValueCount value :
                column.top().subList(0, Math.min(VALUES, column.top().size()))) {
            String shown = Figures.shortened(DataSection.visible(value.value()), VALUE_LENGTH);
            bars.add(new double[] {value.count(), names.size()});
            names.add(shown.isEmpty() ? "(empty)" : shown);
            rows.add(List.of(
                    Grid.text(shown),
                    Grid.number(Figures.count(value.count())),
                    Grid.number(Figures.percent((double) value.count() / Math.max(1, column.rows())))));
        }
        String description = column.distinct() > names.size()
                ? "The " + names.size() + " most frequent of " + Figures.count(column.distinct()) + " values."
                : "All values.";
        return Optional.of(new Chart(
                id,
                "Values",
                description,
                Chart.spec(
                        Layout.ROWS,
                        Axis.numbers("rows"),
                        Axis.names(names),
                        List.of(new Series("rows", Mark.BARS, "main", bars))),
                new Grid("Rows of each value", List.of("value", "rows", "share"), rows)));
    }

    private static Chart cycle(String id, String title, List<String> places, double[] counts) {
        List<double[]> bars = new ArrayList<>();
        List<List<Grid.Cell>> rows = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            bars.add(new double[] {i, counts[i]});
            rows.add(List.of(Grid.text(places.get(i)), Grid.number(Figures.count((long) counts[i]))));
        }
        return new Chart(
                id,
                title,
                "Rows looked at in each.",
                Chart.spec(
                        Layout.SQUARE,
                        Axis.names(places),
                        Axis.numbers("rows"),
                        List.of(new Series("rows", Mark.BARS, "main", bars))),
                new Grid(title, List.of("", "rows"), rows));
    }
}
