package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tatara.core.error.Problem;
import tatara.core.error.ProblemsException;
import tatara.core.json.Document;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;

/** What all documents have around their {@code spec}. */
final class Envelope {
    private Envelope() {}

    /** Problems of the outer members: version, kind, unknown and missing keys. */
    static List<Problem> problems(Document document, String kind, Set<String> keys) {
        if (!(document.root() instanceof Json.Obj root)) {
            throw new ProblemsException(List.of(new Problem(
                    document.name(),
                    1,
                    "",
                    "the document is no mapping (expected: " + String.join(", ", new TreeSet<>(keys)) + ")")));
        }
        List<Problem> problems = new ArrayList<>();
        constant(document, root, "apiVersion", HandoffFile.API_VERSION, problems);
        constant(document, root, "kind", kind, problems);
        for (String key : root.members().keySet()) {
            if (!keys.contains(key)) {
                problems.add(problem(
                        document,
                        key,
                        "unknown key: " + key + " (expected: one of " + String.join(", ", new TreeSet<>(keys)) + ")"));
            }
        }
        if (root.find("spec").isEmpty()) {
            problems.add(problem(document, "", "missing: spec"));
        }
        return problems;
    }

    /** The record below {@code spec}, empty if it is missing or has problems, which are collected. */
    static <T> Optional<T> spec(Class<T> type, Document document, List<Problem> problems) {
        boolean there =
                document.root() instanceof Json.Obj root && root.find("spec").isPresent();
        if (!there) {
            return Optional.empty();
        }
        try {
            return Optional.of(RecordCodec.read(type, document, "spec"));
        } catch (ProblemsException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    /** The records of a list, which may be missing; problems are collected. */
    static <T> List<T> list(Class<T> type, Document document, String key, List<Problem> problems) {
        Json value = document.root() instanceof Json.Obj root ? root.find(key).orElse(Json.NULL) : Json.NULL;
        if (value instanceof Json.Null) {
            return List.of();
        }
        if (!(value instanceof Json.Arr array)) {
            problems.add(problem(document, key, "value is no list"));
            return List.of();
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < array.items().size(); i++) {
            String path = key + "[" + i + "]";
            try {
                items.add(RecordCodec.read(type, document.name(), array.items().get(i)));
            } catch (ProblemsException e) {
                for (Problem problem : e.problems()) {
                    String place = problem.path().isEmpty() ? path : path + "." + problem.path();
                    problems.add(problem(document, place, problem.message()));
                }
            }
        }
        return items;
    }

    private static void constant(
            Document document, Json.Obj root, String key, String expected, List<Problem> problems) {
        Optional<Json> value = root.find(key);
        if (value.isEmpty()) {
            problems.add(problem(document, "", "missing: " + key + " (expected: " + expected + ")"));
        } else if (!value.get().equals(Json.string(expected))) {
            problems.add(problem(document, key, "value is not " + expected));
        }
    }

    private static Problem problem(Document document, String path, String message) {
        return new Problem(document.name(), document.line(path), path, message);
    }
}
