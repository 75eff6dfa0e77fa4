package tatara.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tatara.core.design.DataDesign;
import tatara.core.design.Decision;
import tatara.core.design.Specialist;
import tatara.core.error.Fault;
import tatara.core.error.Problem;
import tatara.core.error.ProblemsException;
import tatara.core.error.TataraException;
import tatara.core.json.Document;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.core.run.Lineage;
import tatara.core.spec.Spec;
import tatara.pipeline.compose.HandoffFile;
import tatara.pipeline.compose.RequirementFile;
import tatara.pipeline.execute.ExecuteErrorCode;
import tatara.pipeline.execute.TextFile;
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
        return RequirementFile.read(file.toString(), TextFile.read(file));
    }

    /** The last finished run. */
    public Optional<Latest> latest(String name) {
        Path file = workspace.latest(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = TextFile.read(file);
        try {
            Document document = new Document(file.toString(), JsonText.read(file.toString(), text), java.util.Map.of());
            return Optional.of(RecordCodec.read(Latest.class, document));
        } catch (TataraException e) {
            String what = "the record of the last run is damaged: " + e.fault().what();
            throw new ProblemsException(List.of(new Problem(file.toString(), 0, "", what)));
        }
    }

    /** Where everything of a pipeline came from in its last finished run. */
    public Optional<Lineage> lineage(String name) {
        known(name);
        Path file = workspace.lineage(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Document document =
                new Document(file.toString(), JsonText.read(file.toString(), TextFile.read(file)), java.util.Map.of());
        return Optional.of(RecordCodec.read(Lineage.class, document));
    }

    /** The decisions in a specialist's hand-off, empty if it has not been written. */
    public Optional<List<Decision>> decisions(String name, Specialist specialist) {
        Path file = workspace.handoffs(name).resolve(specialist.fileName());
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(HandoffFile.read(specialist, file.toString(), TextFile.read(file))
                .decisions());
    }

    /** How the data engineer's hand-off of a pipeline sees its data; empty if there is no such hand-off, or none that can be read. */
    public Optional<DataDesign> dataDesign(String name) {
        Path file = workspace.handoffs(name).resolve(Specialist.DATA_ENGINEER.fileName());
        if (!name.matches("[a-z0-9][a-z0-9-]*") || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return HandoffFile.read(Specialist.DATA_ENGINEER, file.toString(), TextFile.read(file))
                                    .design()
                            instanceof DataDesign design
                    ? Optional.of(design)
                    : Optional.empty();
        } catch (ProblemsException e) {
            return Optional.empty();
        }
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
}
