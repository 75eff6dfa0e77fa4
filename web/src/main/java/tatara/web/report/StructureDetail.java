package tatara.web.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tatara.core.evidence.Association;
import tatara.core.evidence.AssociationMatrix;
import tatara.core.evidence.Dependency;
import tatara.core.evidence.MissingStructure;
import tatara.core.evidence.MissingStructure.Pattern;
import tatara.core.evidence.TableStructure;
import tatara.web.Figures;
import tatara.web.Grid;
import tatara.web.Heat;

/** What a table's columns have to do with each other. */
public record StructureDetail(String sentence, Heat associations, Heat missing, List<Grid> grids, List<String> notes) {
    private static final int ROWS = 25;
    private static final int MISSING_COLUMNS = 30;
    private static final int VALUE_LENGTH = 40;

    static StructureDetail of(TableStructure structure) {
        String sentence = structure.exact()
                ? "Measured on all " + Figures.count(structure.rows(), "row") + "."
                : "Measured on " + Figures.count(structure.looked(), "row") + " of " + Figures.count(structure.rows())
                        + ", chosen by a hash of their position.";
        List<Grid> grids = new ArrayList<>();
        grids.add(keys(structure));
        grids.add(dependencies(structure));
        grids.add(pairs(structure));
        grids.add(segments(structure));
        grids.add(inclusions(structure));
        grids.add(rows(structure));
        return new StructureDetail(
                sentence, associations(structure.matrix()), missing(structure.missing()), grids, structure.notes());
    }

    private static Heat associations(AssociationMatrix matrix) {
        List<Heat.Row> rows = new ArrayList<>();
        for (int i = 0; i < matrix.columns().size(); i++) {
            List<Heat.Cell> cells = new ArrayList<>();
            for (int j = 0; j < matrix.columns().size(); j++) {
                double value = matrix.values().get(i)[j];
                String title =
                        matrix.columns().get(i) + " – " + matrix.columns().get(j) + ": " + Figures.number(value);
                cells.add(
                        i == j
                                ? new Heat.Cell("", 0, false, title)
                                : new Heat.Cell(twoDigits(value), shade(value), value < 0, title));
            }
            rows.add(new Heat.Row(matrix.columns().get(i), "", cells));
        }
        return new Heat(
                "How strongly columns go together",
                "Rank correlation of numbers and times, correlation ratio of a category and a number, Cramér's V of two "
                        + "categories. Cells below 0.1 are empty.",
                matrix.columns(),
                matrix.columns().size() < 2 ? List.of() : rows);
    }

    private static double shade(double value) {
        return Double.isNaN(value) ? 0 : Math.abs(value);
    }

    private static String twoDigits(double value) {
        return Double.isNaN(value) || Math.abs(value) < 0.1
                ? ""
                : String.format(Locale.ROOT, "%.2f", value).replace("0.", ".");
    }

    private static Heat missing(MissingStructure missing) {
        Map<String, Long> gappy = new LinkedHashMap<>();
        missing.patterns().forEach(pattern -> pattern.columns()
                .forEach(column -> gappy.merge(column, pattern.rows(), Long::sum)));
        List<String> columns = gappy.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MISSING_COLUMNS)
                .map(Map.Entry::getKey)
                .toList();
        List<Heat.Row> rows = new ArrayList<>();
        for (Pattern pattern : missing.patterns()) {
            List<Heat.Cell> cells = new ArrayList<>();
            for (String column : columns) {
                boolean absent = pattern.columns().contains(column);
                cells.add(new Heat.Cell(absent ? "×" : "", absent ? 0.7 : 0, false, column));
            }
            rows.add(new Heat.Row(
                    pattern.missing() == 0
                            ? "nothing missing"
                            : Figures.count(pattern.missing(), "column") + " missing",
                    Figures.percent(pattern.share()),
                    cells));
        }
        return new Heat(
                "Values missing together",
                "Each line is a kind of row, with the share of the rows that are like it.",
                columns,
                rows);
    }

    private static Grid keys(TableStructure structure) {
        return new Grid(
                "Columns that tell rows apart",
                List.of("columns", "holds"),
                structure.keys().stream()
                        .map(key -> List.of(
                                Grid.text(String.join(" + ", key.columns())),
                                Grid.text(key.exact() ? "in all rows" : "in the rows looked at")))
                        .toList());
    }

    private static Grid dependencies(TableStructure structure) {
        return new Grid(
                "Columns that determine another",
                List.of("columns", "determine", "rows that break it", "if dealt out at random", "measured on"),
                structure.dependencies().stream()
                        .limit(ROWS)
                        .map(StructureDetail::dependency)
                        .toList());
    }

    private static List<Grid.Cell> dependency(Dependency found) {
        return List.of(
                Grid.text(String.join(" + ", found.determinants())),
                Grid.text(found.dependent()),
                Grid.number(found.error() == 0 ? "none" : Figures.percent(found.error())),
                Grid.number(Figures.percent(found.byChance())),
                Grid.text(found.exact() ? "all rows" : "rows looked at"));
    }

    private static Grid pairs(TableStructure structure) {
        return new Grid(
                "Strongest associations",
                List.of("column", "and", "measure", "value", "linear", "rows"),
                structure.associations().stream()
                        .limit(ROWS)
                        .map(StructureDetail::pair)
                        .toList());
    }

    private static List<Grid.Cell> pair(Association pair) {
        String measure =
                switch (pair.measure()) {
                    case SPEARMAN -> "rank correlation";
                    case CORRELATION_RATIO -> "correlation ratio";
                    case CRAMERS_V -> "Cramér's V";
                };
        return List.of(
                Grid.text(pair.first()),
                Grid.text(pair.second()),
                Grid.text(measure),
                Grid.number(String.format(Locale.ROOT, "%.3f", pair.value())),
                Grid.number(Double.isNaN(pair.linear()) ? "" : String.format(Locale.ROOT, "%.3f", pair.linear())),
                Grid.number(Figures.count(pair.rows())));
    }

    private static Grid segments(TableStructure structure) {
        return new Grid(
                "Where values are missing",
                List.of("column", "where", "missing there", "elsewhere"),
                structure.missing().segments().stream()
                        .limit(ROWS)
                        .map(segment -> List.of(
                                Grid.text(segment.column()),
                                Grid.text(segment.by() + " is "
                                        + Figures.shortened(DataSection.visible(segment.value()), VALUE_LENGTH)),
                                Grid.number(Figures.percent(segment.share())),
                                Grid.number(Figures.percent(segment.elsewhere()))))
                        .toList());
    }

    private static Grid inclusions(TableStructure structure) {
        return new Grid(
                "Columns whose values are another's",
                List.of("column", "in", "values found there"),
                structure.inclusions().stream()
                        .limit(ROWS)
                        .map(found -> List.of(
                                Grid.text(found.column()),
                                Grid.text(found.in()),
                                Grid.number(Figures.percent(found.coverage()))))
                        .toList());
    }

    private static Grid rows(TableStructure structure) {
        return new Grid(
                "Most unusual rows",
                List.of("row, from 0", "unusual values"),
                structure.outlyingRows().stream()
                        .map(row -> List.of(
                                Grid.number(Figures.count(row.row())),
                                Grid.text(Figures.shortened(
                                        DataSection.visible(String.join(", ", row.cells())), 5 * VALUE_LENGTH))))
                        .toList());
    }
}
