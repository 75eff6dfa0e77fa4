package tatara.web.report;

import java.util.Locale;
import tatara.core.run.Lineage;
import tatara.core.run.Lineage.Kind;
import tatara.core.run.LineageMap;
import tatara.web.Grid;
import tatara.web.LineageDrawing;
import tatara.web.LineageGrids;

/** Where the model's inputs come from, and what each column of the sources leads to. */
public record LineageSection(String sentence, LineageDrawing drawing, Grid up, Grid down) {
    private static final int ROWS = 60;

    static LineageSection of(Lineage lineage) {
        LineageMap map = new LineageMap(lineage);
        long columns = map.of(Kind.SOURCE).stream()
                .filter(node -> node.column().isPresent())
                .count();
        long tables = map.of(Kind.SOURCE).size() - columns;
        String sentence = String.format(
                Locale.ROOT,
                "%,d columns of %s lead to %,d features. Drawn by the program from the hand-offs and from what the steps made. "
                        + "All of it, both ways: tatara data lineage %s",
                columns,
                tables == 1 ? "one table" : tables + " tables",
                map.of(Kind.FEATURE).size(),
                lineage.pipeline());
        return new LineageSection(
                sentence, LineageDrawing.of(lineage), LineageGrids.up(lineage, ROWS), LineageGrids.down(lineage, ROWS));
    }
}
