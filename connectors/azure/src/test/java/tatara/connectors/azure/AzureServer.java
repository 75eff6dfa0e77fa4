package tatara.connectors.azure;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tatara.testkit.store.StoreServer;
import tatara.testkit.web.Answer;
import tatara.testkit.web.Asked;

/** The part of the blob service's protocol that a reader needs: HEAD, GET with ranges and conditions, pages of List Blobs. */
final class AzureServer extends StoreServer {
    private static final int PAGE = 1_000;
    private static final String MODIFIED = "Wed, 21 Oct 2015 07:28:00 GMT";
    private static final String ROOT = "/account1/" + BUCKET;

    @Override
    public boolean isSigned(Asked asked) {
        return asked.header("authorization").matches("SharedKey account1:[A-Za-z0-9+/=]{44}");
    }

    @Override
    protected Answer answer(Asked asked) {
        String path = URLDecoder.decode(asked.path().replace("+", "%2B"), StandardCharsets.UTF_8);
        String key = path.length() <= ROOT.length() ? "" : path.substring(ROOT.length() + 1);
        return key.isEmpty() ? page(parameters(asked.query())) : blob(asked, key);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private Answer blob(Asked asked, String key) {
        byte[] content = objects().get(key);
        if (content == null) {
            return error(404, "BlobNotFound");
        }
        String match = asked.header("if-match");
        if (!match.isEmpty() && !match.equals(tag(content))) {
            return error(412, "ConditionNotMet");
        }
        Map<String, String> headers = new TreeMap<>(asked.headers());
        if (!asked.header("x-ms-range").isEmpty()) {
            headers.put("range", asked.header("x-ms-range"));
        }
        Asked ranged = new Asked(asked.method(), asked.path(), asked.query(), headers);
        return Answer.content(ranged, content)
                .with("ETag", tag(content))
                .with("Last-Modified", MODIFIED)
                .with("x-ms-blob-type", "BlockBlob")
                .with("x-ms-version", "2025-01-05");
    }

    private static Answer error(int status, String code) {
        return Answer.of(status, "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code></Error>")
                .with("x-ms-error-code", code)
                .with("Content-Type", "application/xml");
    }

    private Answer page(Map<String, String> parameters) {
        String prefix = parameters.getOrDefault("prefix", "");
        String after = parameters.getOrDefault("marker", "");
        List<String> keys = objects().keySet().stream()
                .filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
                .toList();
        List<String> page = keys.subList(0, Math.min(PAGE, keys.size()));
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>")
                .append("<EnumerationResults ServiceEndpoint=\"x\" ContainerName=\"bucket\"><Blobs>");
        for (String key : page) {
            byte[] content = objects().get(key);
            xml.append("<Blob><Name>")
                    .append(xml(key))
                    .append("</Name><Properties><Last-Modified>")
                    .append(MODIFIED)
                    .append("</Last-Modified><Etag>")
                    .append(tag(content).replace("\"", ""))
                    .append("</Etag><Content-Length>")
                    .append(content.length)
                    .append("</Content-Length><BlobType>BlockBlob</BlobType></Properties></Blob>");
        }
        xml.append("</Blobs><NextMarker>")
                .append(page.size() < keys.size() ? xml(page.get(page.size() - 1)) : "")
                .append("</NextMarker></EnumerationResults>");
        return Answer.of(200, xml.toString()).with("Content-Type", "application/xml");
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
