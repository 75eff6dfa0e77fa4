package tatara.web.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tatara.core.run.Lineage;
import tatara.core.run.Lineage.Kind;
import tatara.core.run.Lineage.Node;
import tatara.web.Grid;
import tatara.web.LineageDrawing;
import tatara.web.LineageGrids;
import tatara.web.PageParts;

/** Where everything of a pipeline comes from, as its template takes it: a drawing of the tables, and tables of the columns both ways. */
public record LineagePage(
        String name,
        String link,
        String run,
        LineageDrawing drawing,
        Grid tables,
        Grid up,
        Grid down,
        PageParts parts) {
    private static final int ROWS = 2000;

    static LineagePage of(Lineage lineage) {
        return new LineagePage(
                lineage.pipeline(),
                "/pipelines/"
                        + URLEncoder.encode(lineage.pipeline(), StandardCharsets.UTF_8)
                                .replace("+", "%20"),
                lineage.run(),
                LineageDrawing.of(lineage),
                tables(lineage),
                LineageGrids.up(lineage, ROWS),
                LineageGrids.down(lineage, ROWS),
                PageParts.of(List.of()));
    }

    private static Grid tables(Lineage lineage) {
        List<List<Grid.Cell>> rows = new ArrayList<>();
        for (Node node : lineage.nodes()) {
            if (node.column().isEmpty() && node.kind() != Kind.PREDICTION) {
                rows.add(List.of(
                        Grid.text(node.label()),
                        Grid.text(LineageDrawing.words(node.kind())),
                        Grid.number(node.facts().getOrDefault("rows", "")),
                        Grid.code(version(node)),
                        Grid.code(
                                node.facts().getOrDefault("place", node.facts().getOrDefault("table", "")))));
            }
        }
        return new Grid("Tables and versions", List.of("What", "Station", "Rows", "Version", "Place"), rows);
    }

    private static String version(Node node) {
        String text =
                switch (node.kind()) {
                    case SOURCE -> node.facts().getOrDefault("fingerprint", "");
                    case MODEL -> node.facts().getOrDefault("bundle", "");
                    default -> node.facts().getOrDefault("snapshot", "");
                };
        String first = text.lines().findFirst().orElse("");
        return first.length() > 19 ? first.substring(0, 12) + "\u2026" : first;
    }
}
