package tatara.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import tatara.core.error.ErrorType;
import tatara.core.json.Json;
import tatara.pipeline.Doctor;

/** {@code tatara doctor}. */
@CommandLine.Command(name = "doctor", description = "Checks the machine, the libraries and the home.")
final class DoctorCommand extends Command {
    DoctorCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        List<Doctor.Finding> findings = new Doctor(workspace()).examine();
        List<Json> documents = new ArrayList<>();
        boolean healthy = true;
        for (Doctor.Finding finding : findings) {
            healthy &= finding.healthy();
            terminal.line((finding.healthy() ? "ok      " : "PROBLEM ") + finding.part() + ": " + finding.detail());
            if (!finding.healthy() && !finding.todo().isEmpty()) {
                terminal.line("        what to do: " + finding.todo());
            }
            documents.add(Json.object()
                    .with("part", finding.part())
                    .with("healthy", new Json.Bool(finding.healthy()))
                    .with("detail", finding.detail())
                    .with("todo", finding.todo()));
        }
        terminal.document(
                Json.object().with("healthy", new Json.Bool(healthy)).with("findings", new Json.Arr(documents)));
        return healthy ? 0 : ErrorType.EXTERNAL.exitCode();
    }
}
