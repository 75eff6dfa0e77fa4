package tatara.pipeline.compose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tatara.core.design.Decision;
import tatara.core.design.Proposal;
import tatara.core.design.Specialist;
import tatara.core.error.Problem;
import tatara.core.error.ProblemsException;
import tatara.core.json.Document;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.json.YamlText;

/** The hand-off document: {@code apiVersion, kind, reads, decisions, spec}, as YAML. */
public final class HandoffFile {
    static final String API_VERSION = "tatara/v1";

    private HandoffFile() {}

    /** A document that was read to make this one, by name and content key. */
    public record Read(String name, String hash) {}

    private record Head(String apiVersion, String kind, List<Read> reads, List<Decision> decisions, Json spec) {}

    public static String write(Specialist specialist, List<Read> reads, Proposal<?> proposal) {
        return YamlText.write(RecordCodec.write(new Head(
                API_VERSION,
                specialist.kind(),
                reads,
                proposal.decisions(),
                withoutKind(RecordCodec.write(proposal.design())))));
    }

    /** The document's own {@code kind} says which design it is. */
    private static Json withoutKind(Json design) {
        Map<String, Json> members = new LinkedHashMap<>(((Json.Obj) design).members());
        members.remove("kind");
        return new Json.Obj(members);
    }

    /** @throws ProblemsException with every problem and its line */
    public static Proposal<?> read(Specialist specialist, String name, String text) {
        Document document = YamlText.read(name, text);
        Head head = RecordCodec.read(Head.class, document);
        if (!head.apiVersion().equals(API_VERSION)) {
            throw wrong(document, "apiVersion", head.apiVersion(), API_VERSION);
        }
        if (!head.kind().equals(specialist.kind())) {
            throw wrong(document, "kind", head.kind(), specialist.kind());
        }
        return new Proposal<>(RecordCodec.read(specialist.design(), document, "spec"), head.decisions());
    }

    private static ProblemsException wrong(Document document, String path, String value, String expected) {
        return new ProblemsException(List.of(new Problem(
                document.name(), document.line(path), path, "value: " + value + " (expected: " + expected + ")")));
    }
}
