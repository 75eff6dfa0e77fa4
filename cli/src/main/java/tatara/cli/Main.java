package tatara.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** The command line's entry. */
public final class Main {
    /** Kept, since the logging library holds its loggers weakly. */
    private static final Logger ROOT = Logger.getLogger("");

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments));
    }

    /** Runs one command. Documents go to {@code out}, everything else to {@code err}; returns the exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        ROOT.setLevel(Level.SEVERE);
        Terminal terminal = new Terminal(out, err, Boolean.getBoolean("tatara.terminal"));
        CommandLine commands = new CommandLine(new RootCommand(), new CommandFactory(terminal))
                .setOut(out)
                .setErr(err)
                .registerConverter(Path.class, new Paths())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> terminal.fail(failure))
                .setParameterExceptionHandler(terminal::usage);
        try {
            return commands.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError e) {
            return terminal.fail(e);
        }
    }
}
