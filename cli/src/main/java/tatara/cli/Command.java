package tatara.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tatara.pipeline.execute.Workspace;

/** What all commands share: the home, the form of the output, help. */
abstract class Command implements Callable<Integer> {
    final Terminal terminal;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where everything lies (default: TATARA_HOME or ./tatara-home).")
    @Nullable
    Path home;

    @Option(names = "--json", description = "One JSON document on standard output and nothing else there.")
    boolean json;

    @Option(names = "--quiet", description = "No progress.")
    boolean quiet;

    @Option(names = "--debug", description = "Stack traces with errors.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    Command(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() throws Exception {
        terminal.configure(json, quiet, debug);
        return execute();
    }

    /** Does the work; returns the exit code. */
    abstract int execute() throws Exception;

    final Workspace workspace() {
        if (home != null) {
            return new Workspace(home);
        }
        String environment = Optional.ofNullable(System.getenv("TATARA_HOME")).orElse("");
        return new Workspace(Path.of(environment.isBlank() ? "tatara-home" : environment));
    }
}
