package tatara.data.lineage;

import tatara.core.json.Json;

/** Facets of OpenLineage: each names its producer and the schema that it keeps. */
final class Facets {
    static final String PRODUCER = "urn:tatara:lineage";
    static final String EVENT = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private static final String SPECIFICATION = "https://openlineage.io/spec/facets/";

    private Facets() {}

    /**
     * An empty facet.
     *
     * @param version of its schema, such as {@code 1-0-1}
     * @param type such as {@code ParentRunFacet}
     */
    static Json.Obj of(String version, String type) {
        return Json.object()
                .with("_producer", PRODUCER)
                .with("_schemaURL", SPECIFICATION + version + "/" + type + ".json#/$defs/" + type);
    }

    static Json.Obj parent(String runId, String namespace, String job) {
        Json.Obj run = Json.object().with("runId", runId);
        Json.Obj named = Json.object().with("namespace", namespace).with("name", job);
        return of("1-2-0", "ParentRunFacet")
                .with("run", run)
                .with("job", named)
                .with("root", Json.object().with("run", run).with("job", named));
    }

    static Json.Obj error(String message) {
        return of("1-0-1", "ErrorMessageRunFacet").with("message", message).with("programmingLanguage", "JAVA");
    }

    static Json.Obj engine(String version) {
        return of("1-1-1", "ProcessingEngineRunFacet").with("version", version).with("name", "tatara");
    }

    static Json.Obj jobType(String type) {
        return of("2-0-4", "JobTypeJobFacet")
                .with("processingType", "BATCH")
                .with("integration", "TATARA")
                .with("jobType", type);
    }
}
