package tatara.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.spec.Spec;
import tatara.pipeline.Catalogue;
import tatara.pipeline.outcome.Latest;

/** {@code tatara list}. */
@CommandLine.Command(name = "list", description = "The pipelines of the home.")
final class ListCommand extends Command {
    ListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        Catalogue catalogue = new Catalogue(workspace());
        List<Json> documents = new ArrayList<>();
        for (String name : catalogue.names()) {
            try {
                Spec spec = catalogue.spec(name);
                Optional<Latest> latest = catalogue.latest(name);
                documents.add(Documents.card(spec, latest));
                terminal.line(line(spec, latest));
            } catch (TataraException e) {
                String what = e.fault().what().replaceAll("\\s+", " ");
                documents.add(Json.object().with("pipeline", name).with("error", what));
                terminal.line(String.format(Locale.ROOT, "%-28s cannot be read: %s", name, what));
            }
        }
        if (documents.isEmpty()) {
            terminal.line("no pipelines in " + workspace().home() + "; start with: tatara run \"…\" --data PATH");
        }
        terminal.document(Json.object().with("pipelines", new Json.Arr(documents)));
        return 0;
    }

    private static String line(Spec spec, Optional<Latest> latest) {
        String quality = latest.flatMap(Latest::evaluation)
                .map(evaluation -> String.format(
                        Locale.ROOT,
                        "%s %.4g",
                        evaluation.metric().key(),
                        evaluation.value().value()))
                .orElse("designed only");
        String version = latest.filter(run -> run.modelVersion() > 0)
                .map(run -> "version " + run.modelVersion() + " in " + run.modelStage())
                .orElse("no model");
        return String.format(
                Locale.ROOT,
                "%-28s %-11s %-24s %-26s %s",
                spec.name(),
                spec.task().name().toLowerCase(Locale.ROOT),
                quality,
                version,
                spec.sentence());
    }
}
