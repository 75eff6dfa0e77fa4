package tatara.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tatara.core.run.Lineage;
import tatara.core.run.Lineage.Edge;
import tatara.core.run.Lineage.Influence;
import tatara.core.run.Lineage.Kind;
import tatara.core.run.Lineage.Means;
import tatara.core.run.Lineage.Node;

class LineagePageTest {
    private static Node node(Kind kind, String column) {
        Optional<String> name = column.isEmpty() ? Optional.empty() : Optional.of(column);
        return new Node(kind + "/" + column, kind, "wide", name, "feature", Map.of());
    }

    /** A table whose columns are all features, but for the last one, with a key that decides over each. */
    private static Lineage wide(int columns) {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        Kind[] way = {Kind.SOURCE, Kind.RAW, Kind.PROCESSED, Kind.FEATURE};
        for (Kind kind : way) {
            if (kind != Kind.FEATURE) {
                nodes.add(node(kind, ""));
            }
            for (int i = 0; i < columns; i++) {
                if (kind != Kind.FEATURE || i < columns - 1) {
                    nodes.add(node(kind, "<c" + i + ">"));
                }
            }
        }
        nodes.add(node(Kind.MODEL, ""));
        nodes.add(node(Kind.PREDICTION, ""));
        for (int i = 0; i < columns; i++) {
            for (int step = 1; step < way.length - (i == columns - 1 ? 1 : 0); step++) {
                edges.add(edge(node(way[step - 1], "<c" + i + ">"), node(way[step], "<c" + i + ">"), Influence.DIRECT));
            }
            if (i > 0 && i < columns - 1) {
                edges.add(edge(node(Kind.PROCESSED, "<c0>"), node(Kind.FEATURE, "<c" + i + ">"), Influence.INDIRECT));
            }
            if (i < columns - 1) {
                edges.add(edge(node(Kind.FEATURE, "<c" + i + ">"), node(Kind.MODEL, ""), Influence.DIRECT));
            }
        }
        edges.add(edge(node(Kind.MODEL, ""), node(Kind.PREDICTION, ""), Influence.DIRECT));
        return new Lineage("wide", "run", nodes, edges);
    }

    private static Edge edge(Node from, Node to, Influence influence) {
        return new Edge(from.id(), to.id(), influence, Means.TRANSFORMATION, "so");
    }

    private static String page(Lineage lineage) {
        PipelineCard card = new PipelineCard(
                "wide", "predict", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return new Home(() -> List.of(card), name -> Optional.empty(), name -> Optional.of(lineage))
                .apply("/pipelines/wide/lineage")
                .orElseThrow();
    }

    @Test
    void tenThousandColumnsAreAPageThatAPersonCanOpen() {
        String html = page(wide(10_000));
        assertThat(html.length()).isLessThan(1_500_000);
        assertThat(html)
                .contains("(the first 2,000 of 9,999)")
                .contains("(the first 2,000 of 10,000)")
                .contains("10,000 columns")
                .doesNotContain("<c1>");
        assertThat(html).contains("and 9,987 more");
    }

    @Test
    void bothWaysAreShownAndWhatIsNotUsedSaysSo() {
        String html = page(wide(4));
        assertThat(html).contains("&lt;c1&gt;</td>").contains("not used: ").doesNotContain("the first");
    }
}
