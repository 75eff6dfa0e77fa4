package tatara.cli;

import picocli.CommandLine;
import picocli.CommandLine.Spec;

/** {@code tatara} without a command: shows the help. */
@CommandLine.Command(
        name = "tatara",
        mixinStandardHelpOptions = true,
        version = "tatara 0.1.0",
        header = "From one sentence and data to a live, watched machine-learning pipeline.",
        description = {"", "Start with:  tatara run \"predict which customers will cancel\" --data customers.csv", ""},
        subcommands = {
            RunCommand.class,
            DesignCommand.class,
            ServeCommand.class,
            ListCommand.class,
            ShowCommand.class,
            ExplainCommand.class,
            PredictCommand.class,
            DataCommand.class,
            DoctorCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 internal error, 2 wrong usage, 3 the data or a gate said no,",
            "            4 something outside is unavailable, 5 needs an answer from you."
        })
final class RootCommand implements Runnable {
    @Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is needed");
    }
}
