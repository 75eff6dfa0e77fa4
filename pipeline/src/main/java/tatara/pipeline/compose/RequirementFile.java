package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tatara.core.error.Problem;
import tatara.core.error.ProblemsException;
import tatara.core.json.Document;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.json.YamlText;
import tatara.core.spec.Spec;

/** Writes and reads {@code requirement.yaml}: the Spec with how it was read. Thread-safe. */
public final class RequirementFile {
    /** The document's file name. */
    public static final String NAME = "requirement.yaml";

    /** The document's kind. */
    public static final String KIND = "Requirement";

    private static final Set<String> KEYS = Set.of("apiVersion", "kind", "spec");

    private RequirementFile() {}

    public static String write(Spec spec) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("apiVersion", Json.string(HandoffFile.API_VERSION));
        members.put("kind", Json.string(KIND));
        members.put("spec", RecordCodec.write(spec));
        return YamlText.write(new Json.Obj(members));
    }

    /** @throws ProblemsException with all problems, each with its line, if the text is no requirement */
    public static Spec read(String name, String text) {
        Document document = YamlText.read(name, text);
        List<Problem> problems = new ArrayList<>(Envelope.problems(document, KIND, KEYS));
        Optional<Spec> spec = Envelope.spec(Spec.class, document, problems);
        if (!problems.isEmpty() || spec.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return spec.get();
    }
}
