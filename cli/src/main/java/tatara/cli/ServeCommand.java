package tatara.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tatara.core.json.Json;
import tatara.pipeline.Serving;

/** {@code tatara serve}. */
@CommandLine.Command(name = "serve", description = "Answers predictions and shows pages for all pipelines of the home.")
final class ServeCommand extends Command {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = Ports.class,
            description = "Default: 7070; 0 takes a free one.")
    int port = 7070;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Default: 127.0.0.1; any other address needs the token in TATARA_TOKEN.")
    String host = "127.0.0.1";

    ServeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() throws Exception {
        try (Wiring wiring = new Wiring(workspace())) {
            serve(wiring, terminal, host, port, true);
        }
        return 0;
    }

    /** What requests have to carry, if the environment says so. */
    static Optional<String> token() {
        return Optional.ofNullable(System.getenv("TATARA_TOKEN")).filter(text -> !text.isBlank());
    }

    /** Serves until the process is asked to end. */
    static void serve(Wiring wiring, Terminal terminal, String host, int port, boolean document) {
        Serving serving = wiring.serve(host, port, token());
        Runtime.getRuntime().addShutdownHook(new Thread(serving::close, "tatara-drain"));
        List<String> names = serving.names();
        if (document) {
            terminal.document(
                    Json.object().with("endpoint", serving.uri().toString()).with("models", Json.strings(names)));
        }
        terminal.progress("serving at " + serving.uri() + " (stop with Ctrl-C)");
        for (String name : names) {
            terminal.progress("  POST " + serving.uri() + "/predict/" + name);
        }
        if (names.isEmpty()) {
            terminal.progress("  no models yet; make one with: tatara run \"…\" --data PATH");
        }
        serving.await();
    }
}
