package tatara.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.port.ModelRegistry;
import tatara.data.lake.Lake;
import tatara.pipeline.execute.Failures;
import tatara.pipeline.execute.Lazy;
import tatara.pipeline.execute.Workspace;

/** Which versions of tables there must be because something was made from them: models, and results that a run would use again. */
public final class DataNeeds {
    private final Workspace workspace;
    private final Lazy<Lake> lake;
    private final Lazy<ModelRegistry> registry;

    public DataNeeds(Workspace workspace, Lazy<Lake> lake, Lazy<ModelRegistry> registry) {
        this.workspace = workspace;
        this.lake = lake;
        this.registry = registry;
    }

    /** The versions that stored results name, and those they were made from; {@code rows} is 0. */
    public Set<TableRef> results() {
        Set<TableRef> refs = new LinkedHashSet<>();
        if (Files.isDirectory(workspace.artifacts())) {
            try (Stream<Path> files = Files.walk(workspace.artifacts(), 3)) {
                for (Path file : files.filter(path -> path.endsWith("result.json"))
                        .sorted()
                        .toList()) {
                    read(file).ifPresent(document -> collect(document, refs));
                }
            } catch (IOException e) {
                throw Failures.translate("looking through the results of " + workspace.home(), e);
            }
        }
        return withInputs(refs);
    }

    /** For each version that a registered model was trained on, or that such a version was made from: the models. {@code rows} is 0. */
    public Map<TableRef, List<String>> models() {
        Map<TableRef, List<String>> needs = new LinkedHashMap<>();
        if (!Files.exists(workspace.database())) {
            return needs;
        }
        for (String model : registry.get().models()) {
            for (ModelRegistry.Version version : registry.get().versions(model)) {
                for (TableRef ref : withInputs(trainedOn(version))) {
                    needs.computeIfAbsent(ref, key -> new ArrayList<>()).add(model + " version " + version.version());
                }
            }
        }
        return needs;
    }

    /** A bundle's provenance names the result that holds its table. */
    private Set<TableRef> trainedOn(ModelRegistry.Version version) {
        Set<TableRef> refs = new LinkedHashSet<>();
        Optional<Json> key = read(version.bundle().resolve("model.json"))
                .flatMap(bundle -> member(bundle, "provenance"))
                .flatMap(provenance -> member(provenance, "data"));
        if (key.isPresent()
                && key.get() instanceof Json.Str text
                && text.value().length() > 2) {
            Path result = workspace
                    .artifacts()
                    .resolve(text.value().substring(0, 2))
                    .resolve(text.value())
                    .resolve("result.json");
            read(result).ifPresent(document -> collect(document, refs));
        }
        return refs;
    }

    private static Optional<Json> member(Json value, String name) {
        return value instanceof Json.Obj object ? object.find(name) : Optional.empty();
    }

    /** What cannot be read is no result: a run would make it anew. */
    private static Optional<Json> read(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(JsonText.read(file.toString(), Files.readString(file)))
                    : Optional.empty();
        } catch (IOException | TataraException damaged) {
            return Optional.empty();
        }
    }

    private static void collect(Json value, Set<TableRef> refs) {
        if (value instanceof Json.Arr items) {
            items.items().forEach(item -> collect(item, refs));
        } else if (value instanceof Json.Obj object) {
            if (object.find("layer").orElse(Json.NULL) instanceof Json.Str layer
                    && layer.value().matches("[a-z][a-z0-9_]*")
                    && object.find("name").orElse(Json.NULL) instanceof Json.Str name
                    && object.find("snapshot").orElse(Json.NULL) instanceof Json.Num snapshot) {
                refs.add(new TableRef(
                        layer.value(), name.value(), snapshot.value().longValue(), 0));
            }
            object.members().values().forEach(member -> collect(member, refs));
        }
    }

    private Set<TableRef> withInputs(Set<TableRef> refs) {
        Set<TableRef> all = new LinkedHashSet<>();
        Set<TableRef> seen = new HashSet<>();
        Deque<TableRef> open = new ArrayDeque<>(refs);
        while (!open.isEmpty()) {
            TableRef ref = open.removeFirst();
            if (seen.add(ref)
                    && lake.get()
                            .history()
                            .at(ref.layer(), ref.name(), Long.toString(ref.snapshot()))
                            .isPresent()) {
                all.add(ref);
                String inputs = lake.get().history().version(ref).properties().getOrDefault(Lake.INPUTS, "");
                parse(inputs).forEach(open::addLast);
            }
        }
        return all;
    }

    private static List<TableRef> parse(String inputs) {
        List<TableRef> refs = new ArrayList<>();
        for (String input : inputs.split(",(?=[a-z][a-z0-9_]*/)")) {
            int slash = input.indexOf('/');
            int at = input.lastIndexOf('@');
            if (slash > 0 && at > slash && input.substring(at + 1).matches("\\d{1,19}")) {
                refs.add(new TableRef(
                        input.substring(0, slash),
                        input.substring(slash + 1, at),
                        Long.parseLong(input.substring(at + 1)),
                        0));
            }
        }
        return refs;
    }
}
