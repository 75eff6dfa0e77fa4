package tatara.web.report;

import java.util.List;
import java.util.stream.Stream;
import tatara.core.evidence.GateResult;
import tatara.web.Figures;
import tatara.web.Grid;

/** What was checked, with its limit. */
public record GatesSection(String sentence, Grid gates) {
    static GatesSection of(ReportContent content) {
        List<GateResult> all = Stream.concat(content.dataGates().stream(), content.modelGates().stream())
                .toList();
        long failed = all.stream().filter(gate -> !gate.passed()).count();
        long blocking =
                all.stream().filter(gate -> !gate.passed() && gate.blocks()).count();
        String sentence = failed == 0
                ? "All " + all.size() + " gates passed."
                : failed + " of " + all.size() + " gates did not pass; "
                        + (blocking == 0 ? "none of them stops" : blocking + " stopped") + " the run.";
        return new GatesSection(
                sentence,
                new Grid(
                        "Gates on the data and on the model",
                        List.of("gate", "result", "measured", "limit", "what it says"),
                        all.stream().map(GatesSection::row).toList()));
    }

    private static List<Grid.Cell> row(GateResult gate) {
        Grid.Cell result = gate.passed()
                ? Grid.styled("passed", "good")
                : gate.blocks() ? Grid.styled("failed, blocks", "bad") : Grid.styled("failed, warns", "warn");
        return List.of(
                Grid.code(gate.id()),
                result,
                Grid.number(Figures.number(gate.value())),
                Grid.number(Figures.number(gate.limit())),
                Grid.text(gate.message()));
    }
}
