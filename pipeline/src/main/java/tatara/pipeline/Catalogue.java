package tatara.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tatara.core.design.Decision;
import tatara.core.design.Specialist;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Document;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.core.spec.Spec;
import tatara.pipeline.compose.HandoffFile;
import tatara.pipeline.compose.RequirementFile;
import tatara.pipeline.execute.ExecuteErrorCode;
import tatara.pipeline.execute.Failures;
import tatara.pipeline.execute.Workspace;
import tatara.pipeline.outcome.Latest;

/** What lies in a home: reads only, starts nothing. */
public final class Catalogue {
    private final Workspace workspace;

    public Catalogue(Workspace workspace) {
        this.workspace = workspace;
    }

    public List<String> names() {
        return workspace.names();
    }

    /** @throws TataraException if there is no such pipeline, naming those there are */
    public Spec spec(String name) {
        Path file = known(name);
        return RequirementFile.read(file.toString(), read(file));
    }

    /** The last finished run. */
    public Optional<Latest> latest(String name) {
        Path file = workspace.latest(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Document document =
                new Document(file.toString(), JsonText.read(file.toString(), read(file)), java.util.Map.of());
        return Optional.of(RecordCodec.read(Latest.class, document));
    }

    /** The decisions in a specialist's hand-off, empty if it has not been written. */
    public Optional<List<Decision>> decisions(String name, Specialist specialist) {
        Path file = workspace.handoffs(name).resolve(specialist.fileName());
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(
                HandoffFile.read(specialist, file.toString(), read(file)).decisions());
    }

    private Path known(String name) {
        Path file = name.matches("[a-z0-9][a-z0-9-]*") ? workspace.requirement(name) : Path.of("");
        if (!Files.isRegularFile(file)) {
            List<String> names = names();
            throw new TataraException(
                    ExecuteErrorCode.PIPELINE_NOT_FOUND,
                    Fault.of("there is no pipeline named: " + name)
                            .at(workspace.home().toString())
                            .expecting(names.isEmpty() ? "" : "one of " + String.join(", ", names))
                            .todo(
                                    names.isEmpty()
                                            ? "Make one: tatara run \"SENTENCE\" --data PATH"
                                            : "See 'tatara list', or make it: tatara run \"SENTENCE\" --data PATH"));
        }
        return file;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw Failures.translate("reading " + file, e);
        }
    }
}
