package tatara.connectors.gcs;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.testkit.store.StoreServer;
import tatara.testkit.web.Answer;
import tatara.testkit.web.Asked;

/** The part of the JSON API that a reader needs: metadata, media with ranges and conditions, pages of a listing. */
final class GcsServer extends StoreServer {
    private static final int PAGE = 1_000;
    private final String token;

    GcsServer(String token) {
        this.token = token;
    }

    @Override
    public boolean isSigned(Asked asked) {
        return asked.header("authorization").equals("Bearer " + token);
    }

    @Override
    protected Answer answer(Asked asked) {
        Map<String, String> parameters = parameters(asked.query());
        String path = asked.path().replaceFirst("^/download", "");
        String root = "/storage/v1/b/" + BUCKET + "/o";
        if (path.equals(root)) {
            return page(parameters);
        }
        String key = URLDecoder.decode(path.substring(root.length() + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
        byte[] content = objects().get(key);
        if (content == null) {
            return error(404, "notFound");
        }
        String match = parameters.getOrDefault("ifGenerationMatch", "");
        if (!match.isEmpty() && !match.equals(generation(content))) {
            return error(412, "conditionNotMet");
        }
        return parameters.getOrDefault("alt", "").equals("media")
                ? Answer.content(asked, content).with("x-goog-generation", generation(content))
                : json(200, metadata(key, content));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static String generation(byte[] content) {
        return Long.toString(1_000_000L + (Arrays.hashCode(content) & 0xffffffffL));
    }

    private static Json.Obj metadata(String key, byte[] content) {
        return Json.object()
                .with("kind", "storage#object")
                .with("bucket", BUCKET)
                .with("name", key)
                .with("size", Integer.toString(content.length))
                .with("generation", generation(content))
                .with("updated", "2015-10-21T07:28:00.000Z");
    }

    private Answer page(Map<String, String> parameters) {
        String prefix = parameters.getOrDefault("prefix", "");
        String after = parameters.getOrDefault("pageToken", "");
        List<String> keys = objects().keySet().stream()
                .filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
                .toList();
        List<String> page = keys.subList(0, Math.min(PAGE, keys.size()));
        Json.Obj answer = Json.object()
                .with("kind", "storage#objects")
                .with(
                        "items",
                        new Json.Arr(page.stream()
                                .<Json>map(key -> metadata(key, objects().get(key)))
                                .toList()));
        return json(200, page.size() < keys.size() ? answer.with("nextPageToken", page.get(page.size() - 1)) : answer);
    }

    private static Answer error(int status, String reason) {
        Json.Obj item = Json.object().with("reason", reason).with("message", reason);
        return json(
                status,
                Json.object()
                        .with(
                                "error",
                                Json.object()
                                        .with("code", status)
                                        .with("message", reason)
                                        .with("errors", new Json.Arr(List.of(item)))));
    }

    private static Answer json(int status, Json value) {
        return Answer.of(status, JsonText.write(value)).with("Content-Type", "application/json; charset=UTF-8");
    }
}
