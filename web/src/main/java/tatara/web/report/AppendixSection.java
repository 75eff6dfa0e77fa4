package tatara.web.report;

import java.util.List;
import tatara.core.evidence.SourceFile;
import tatara.core.evidence.TableProfile;
import tatara.web.Figures;
import tatara.web.Grid;
import tatara.web.report.ReportContent.StepTime;

/** Where the time went, and what the model was made from. */
public record AppendixSection(Grid steps, Grid files, Grid provenance) {
    private static final int FILES = 100;

    static AppendixSection of(ReportContent content) {
        double total = content.steps().stream().mapToDouble(StepTime::seconds).sum();
        Grid steps = new Grid(
                "Steps, " + Figures.seconds(total) + " in all",
                List.of("phase", "step", "time", ""),
                content.steps().stream()
                        .map(step -> List.of(
                                Grid.number(Integer.toString(step.phase())),
                                Grid.text(step.title()),
                                Grid.number(Figures.seconds(step.seconds())),
                                Grid.text(step.cached() ? "taken from an earlier run" : "")))
                        .toList());
        Grid files = new Grid(
                "Source files",
                List.of("table", "file", "size", "SHA-256"),
                content.data().tables().stream()
                        .flatMap(table -> table.source().files().stream().map(file -> row(table, file)))
                        .limit(FILES)
                        .toList());
        Grid provenance = new Grid(
                "Made from",
                List.of("what", "value"),
                content.provenance().entrySet().stream()
                        .map(entry -> List.of(Grid.text(entry.getKey()), Grid.code(entry.getValue())))
                        .toList());
        return new AppendixSection(steps, files, provenance);
    }

    private static List<Grid.Cell> row(TableProfile table, SourceFile file) {
        return List.of(
                Grid.text(table.name()),
                Grid.code(file.place()),
                Grid.number(Figures.bytes(file.bytes())),
                Grid.code(file.fingerprint()));
    }
}
