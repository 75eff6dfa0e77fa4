package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.Decision;
import tatara.core.design.Design;
import tatara.core.design.Proposal;
import tatara.core.design.Specialist;
import tatara.core.error.Problem;
import tatara.core.error.ProblemsException;
import tatara.core.json.Document;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.json.YamlText;

/**
 * Writes and reads the hand-off of a specialist (A2): {@code apiVersion}, {@code kind}, what it {@code reads}, its
 * {@code decisions}, and the design as {@code spec}. The same proposal gives the same bytes; what is written reads back equal.
 * Reading finds every problem of the document, each with its line. Thread-safe.
 */
public final class HandoffFile {
    /** The version of the documents' form. */
    public static final String API_VERSION = "tatara/v1";

    private static final Set<String> KEYS = Set.of("apiVersion", "kind", "reads", "decisions", "spec");

    private HandoffFile() {}

    public static String write(Specialist specialist, List<Read> reads, Proposal<?> proposal) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("apiVersion", Json.string(API_VERSION));
        members.put("kind", Json.string(specialist.kind()));
        members.put("reads", RecordCodec.write(reads));
        members.put("decisions", RecordCodec.write(proposal.decisions()));
        members.put("spec", withoutKind(RecordCodec.write(proposal.design())));
        return YamlText.write(new Json.Obj(members));
    }

    /** The document says its kind at its head already. */
    private static Json withoutKind(Json design) {
        Map<String, Json> members = new LinkedHashMap<>(((Json.Obj) design).members());
        members.remove("kind");
        return new Json.Obj(members);
    }

    /** @throws ProblemsException with all problems if the text is no hand-off of that specialist */
    public static Proposal<?> read(Specialist specialist, String name, String text) {
        return readHandoff(specialist, name, text).proposal();
    }

    /** @throws ProblemsException with all problems if the text is no hand-off of that specialist */
    public static Handoff readHandoff(Specialist specialist, String name, String text) {
        Document document = YamlText.read(name, text);
        List<Problem> problems = new ArrayList<>(Envelope.problems(document, specialist.kind(), KEYS));
        List<Read> reads = Envelope.list(Read.class, document, "reads", problems);
        List<Decision> decisions = Envelope.list(Decision.class, document, "decisions", problems);
        Optional<? extends Design> design = Envelope.spec(specialist.design(), document, problems);
        if (!problems.isEmpty() || design.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return new Handoff(reads, new Proposal<>(design.get(), decisions), document);
    }
}
