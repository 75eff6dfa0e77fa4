package tatara.data.lineage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.TableProfile;
import tatara.core.json.Json;
import tatara.core.run.Lineage;
import tatara.core.run.Lineage.Edge;
import tatara.core.run.Lineage.Kind;
import tatara.core.run.Lineage.Node;

/** Inputs and outputs of steps as OpenLineage's datasets, with their facets. */
final class DatasetDocuments {
    private final Lineage lineage;
    private final Map<String, TableProfile> profiles = new HashMap<>();
    private final String lake;
    private final String own;
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, List<Edge>> made;

    DatasetDocuments(Lineage lineage, List<TableProfile> profiles, String lake, String own) {
        this.lineage = lineage;
        this.lake = lake;
        this.own = own;
        profiles.forEach(profile -> this.profiles.put(profile.name(), profile));
        lineage.nodes().forEach(node -> nodes.put(node.id(), node));
        this.made = lineage.next(true);
    }

    /** What a step reads and writes, by its name; steps that touch no table have neither. */
    Json.Obj with(Json.Obj event, String step) {
        int colon = step.indexOf(':');
        String verb = colon < 0 ? step : step.substring(0, colon);
        String table = colon < 0 ? "" : step.substring(colon + 1);
        return switch (verb) {
            case "ingest" -> put(event, tables(Kind.SOURCE, table), tables(Kind.RAW, table));
            case "profile", "shape", "personal", "structure", "mend" -> put(event, tables(Kind.RAW, table), List.of());
            case "links" -> put(event, tables(Kind.RAW, ""), List.of());
            case "prepare" -> put(event, tables(Kind.RAW, table), tables(Kind.PROCESSED, table));
            case "view" -> put(event, tables(Kind.PROCESSED, ""), tables(Kind.VIEW, ""));
            case "split" -> put(event, rows(), List.of());
            case "features" -> put(event, rows(), features());
            case "train", "ensemble" -> put(event, features().isEmpty() ? rows() : features(), lineage.of(Kind.MODEL));
            default -> event;
        };
    }

    /** What a whole run reads and leaves. */
    Json.Obj withRun(Json.Obj event) {
        return put(event, tables(Kind.SOURCE, ""), lineage.of(Kind.MODEL));
    }

    private List<Node> tables(Kind kind, String table) {
        return lineage.of(kind).stream()
                .filter(node -> node.column().isEmpty()
                        && (table.isEmpty() || node.table().equals(table)))
                .toList();
    }

    private List<Node> rows() {
        List<Node> views = tables(Kind.VIEW, "");
        if (!views.isEmpty()) {
            return views;
        }
        return lineage.edges().stream()
                .filter(edge -> Optional.ofNullable(nodes.get(edge.to()))
                        .filter(node -> node.kind() == Kind.MODEL)
                        .isPresent())
                .flatMap(edge -> Optional.ofNullable(nodes.get(edge.from())).stream())
                .filter(node -> node.kind() == Kind.PROCESSED && node.column().isEmpty())
                .toList();
    }

    private List<Node> features() {
        return lineage.of(Kind.FEATURE).stream().limit(1).toList();
    }

    private Json.Obj put(Json.Obj event, List<Node> inputs, List<Node> outputs) {
        return event.with(
                        "inputs",
                        new Json.Arr(inputs.stream().<Json>map(this::input).toList()))
                .with(
                        "outputs",
                        new Json.Arr(outputs.stream().<Json>map(this::output).toList()));
    }

    private Json.Obj input(Node node) {
        Json.Obj document = named(node).with("facets", facets(node));
        TableProfile profile = node.kind() == Kind.RAW ? profiles.get(node.table()) : null;
        return profile == null
                ? document
                : document.with("inputFacets", Json.object().with("dataQualityMetrics", quality(profile)));
    }

    private Json.Obj output(Node node) {
        Json.Obj facets = facets(node)
                .with(
                        "lifecycleStateChange",
                        Facets.of("1-0-1", "LifecycleStateChangeDatasetFacet")
                                .with("lifecycleStateChange", "OVERWRITE"))
                .with("columnLineage", columnLineage(node));
        Json.Obj document = named(node).with("facets", facets);
        String rows = node.facts().getOrDefault("rows", "");
        return rows.matches("\\d{1,18}")
                ? document.with(
                        "outputFacets",
                        Json.object()
                                .with(
                                        "outputStatistics",
                                        Facets.of("1-0-2", "OutputStatisticsOutputDatasetFacet")
                                                .with("rowCount", Long.parseLong(rows))))
                : document;
    }

    private Json.Obj named(Node node) {
        Dataset dataset = Dataset.of(node, lake, own);
        return Json.object().with("namespace", dataset.namespace()).with("name", dataset.name());
    }

    private Json.Obj facets(Node node) {
        Dataset dataset = Dataset.of(node, lake, own);
        List<Json> fields = new ArrayList<>();
        for (Node column : Dataset.columns(lineage, node.kind(), node.table())) {
            Json.Obj field = Json.object().with("name", column.column().orElse(""));
            String type = column.facts().getOrDefault("type", "");
            field = type.isEmpty() ? field : field.with("type", type);
            fields.add(column.role().isEmpty() ? field : field.with("description", "role: " + column.role()));
        }
        Json.Obj facets = Json.object()
                .with("schema", Facets.of("1-2-0", "SchemaDatasetFacet").with("fields", new Json.Arr(fields)));
        String place = dataset.namespace().equals("file")
                ? java.nio.file.Path.of("/")
                        .toUri()
                        .resolve(path(dataset.name()))
                        .toString()
                : dataset.namespace() + (dataset.namespace().contains("://") ? "/" : ":") + path(dataset.name());
        facets = facets.with(
                "dataSource",
                Facets.of("1-0-1", "DatasourceDatasetFacet")
                        .with("name", dataset.namespace())
                        .with("uri", place));
        String version = version(node);
        return version.isEmpty()
                ? facets
                : facets.with(
                        "version",
                        Facets.of("1-0-1", "DatasetVersionDatasetFacet").with("datasetVersion", version));
    }

    private static String path(String name) {
        return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    private static String version(Node node) {
        Map<String, String> facts = node.facts();
        return switch (node.kind()) {
            case SOURCE -> facts.getOrDefault("fingerprint", "").replace('\n', ' ');
            case MODEL -> facts.getOrDefault("version", "");
            default -> facts.getOrDefault("snapshot", "");
        };
    }

    private Json.Obj columnLineage(Node table) {
        Map<String, Json> all = new LinkedHashMap<>();
        for (Node column : Dataset.columns(lineage, table.kind(), table.table())) {
            all.put(column.column().orElse(""), Json.object().with("inputFields", inputs(column.id())));
        }
        if (table.kind() == Kind.MODEL) {
            all.put("prediction", Json.object().with("inputFields", inputs(table.id())));
        }
        return Facets.of("1-2-0", "ColumnLineageDatasetFacet").with("fields", new Json.Obj(all));
    }

    /** One input field for each column used, with every way in which it is. */
    private Json.Arr inputs(String id) {
        Map<String, List<Json>> ways = new LinkedHashMap<>();
        for (Edge edge : made.getOrDefault(id, List.of())) {
            ways.computeIfAbsent(edge.from(), from -> new ArrayList<>())
                    .add(Json.object()
                            .with("type", edge.influence().name())
                            .with("subtype", edge.means().name())
                            .with("description", edge.how())
                            .with("masking", new Json.Bool(false)));
        }
        List<Json> fields = new ArrayList<>();
        ways.forEach((from, transformations) -> Optional.ofNullable(nodes.get(from))
                .filter(node -> node.column().isPresent())
                .ifPresent(node -> fields.add(named(table(node))
                        .with("field", node.column().orElse(""))
                        .with("transformations", new Json.Arr(transformations)))));
        return new Json.Arr(fields);
    }

    /** The table's node knows where it lies. */
    private Node table(Node column) {
        return Optional.ofNullable(nodes.get(Graph.id(column.kind(), column.table(), Optional.empty())))
                .orElse(column);
    }

    private static Json.Obj quality(TableProfile profile) {
        Map<String, Json> columns = new LinkedHashMap<>();
        for (ColumnProfile column : profile.columns()) {
            Json.Obj metrics = Json.object()
                    .with("nullCount", column.missing())
                    .with("distinctCount", column.distinct())
                    .with("count", (double) (column.rows() - column.missing()));
            columns.put(
                    column.name(),
                    column.numbers()
                            .filter(numbers -> Double.isFinite(numbers.min()) && Double.isFinite(numbers.max()))
                            .map(numbers -> metrics.with("min", numbers.min()).with("max", numbers.max()))
                            .orElse(metrics));
        }
        return Facets.of("1-0-3", "DataQualityMetricsInputDatasetFacet")
                .with("rowCount", profile.rows())
                .with("columnMetrics", new Json.Obj(columns));
    }
}
