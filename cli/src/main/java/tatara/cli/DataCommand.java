package tatara.cli;

import picocli.CommandLine;
import picocli.CommandLine.Spec;

/** {@code tatara data}: everything about tables and their versions. */
@CommandLine.Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "Tables: where they come from, what they hold, their versions, contracts and lineage.",
        subcommands = {
            DataAuditCommand.class,
            DataLoadCommand.class,
            DataAddCommand.class,
            DataStatusCommand.class,
            DataCheckoutCommand.class,
            DataExportCommand.class,
            DataFollowCommand.class,
            DataLogCommand.class,
            DataLineageCommand.class,
            DataDiffCommand.class,
            DataTagCommand.class,
            DataBranchCommand.class,
            DataMergeCommand.class,
            DataRestoreCommand.class,
            DataGcCommand.class,
            DataForgetCommand.class,
            DataHoldCommand.class,
            DataRetainCommand.class,
            DataCompactCommand.class,
            DataErrorsCommand.class,
            DataCleanCommand.class,
            DataProfileCommand.class,
            DataContractCommand.class,
            DataCheckCommand.class,
            DataReplayCommand.class,
            DataQualityCommand.class,
            CommandLine.HelpCommand.class
        })
final class DataCommand implements Runnable {
    @Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is needed");
    }
}
