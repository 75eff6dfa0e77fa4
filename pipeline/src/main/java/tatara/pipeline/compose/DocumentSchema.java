package tatara.pipeline.compose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tatara.core.design.Decision;
import tatara.core.design.Specialist;
import tatara.core.json.Json;
import tatara.core.json.RecordSchema;
import tatara.core.spec.Spec;

/** The JSON Schemas (2020-12) of the requirement and the seven hand-offs, made from their records; {@code docs/schema} has them. */
public final class DocumentSchema {
    private DocumentSchema() {}

    /** The schemas by file name, such as {@code DataDesign.json}. */
    public static Map<String, Json.Obj> all() {
        Map<String, Json.Obj> schemas = new LinkedHashMap<>();
        schemas.put(RequirementFile.KIND + ".json", requirement());
        for (Specialist specialist : Specialist.values()) {
            schemas.put(specialist.kind() + ".json", handoff(specialist));
        }
        return schemas;
    }

    /** The schema of {@code requirement.yaml}. */
    public static Json.Obj requirement() {
        return document(RequirementFile.KIND, "What the user asked", Map.of(), Spec.class)
                .with("$defs", RecordSchema.definitions(Spec.class));
    }

    /** The schema of a specialist's hand-off. */
    public static Json.Obj handoff(Specialist specialist) {
        Map<String, Json> lists = new LinkedHashMap<>();
        lists.put("reads", listOf(Read.class));
        lists.put("decisions", listOf(Decision.class));
        String title = "Hand-off of the " + specialist.key().replace('-', ' ');
        return document(specialist.kind(), title, lists, specialist.design())
                .with("$defs", RecordSchema.definitions(Read.class, Decision.class, specialist.design()));
    }

    private static Json.Obj document(String kind, String title, Map<String, Json> lists, Class<?> spec) {
        Map<String, Json> properties = new LinkedHashMap<>();
        properties.put("apiVersion", Json.object().with("const", HandoffFile.API_VERSION));
        properties.put("kind", Json.object().with("const", kind));
        properties.putAll(lists);
        properties.put("spec", RecordSchema.referenceTo(spec));
        return Json.object()
                .with("$schema", RecordSchema.DIALECT)
                .with("$id", "urn:tatara:v1:" + kind)
                .with("title", title)
                .with("type", "object")
                .with("properties", new Json.Obj(properties))
                .with("required", Json.strings(List.of("apiVersion", "kind", "spec")))
                .with("additionalProperties", new Json.Bool(false));
    }

    private static Json.Obj listOf(Class<?> type) {
        return Json.object()
                .with("type", Json.strings(List.of("array", "null")))
                .with("items", RecordSchema.referenceTo(type));
    }
}
