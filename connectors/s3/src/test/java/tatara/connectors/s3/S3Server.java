package tatara.connectors.s3;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tatara.testkit.store.StoreServer;
import tatara.testkit.web.Answer;
import tatara.testkit.web.Asked;

/** The part of S3's protocol that a reader needs: HEAD, GET with ranges and conditions, pages of ListObjectsV2. */
final class S3Server extends StoreServer {
    private static final int PAGE = 1_000;
    private static final String MODIFIED = "Wed, 21 Oct 2015 07:28:00 GMT";

    @Override
    public boolean isSigned(Asked asked) {
        return asked.header("authorization")
                .matches("AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/.*Signature=[0-9a-f]{64}");
    }

    @Override
    protected Answer answer(Asked asked) {
        String path = URLDecoder.decode(asked.path().replace("+", "%2B"), StandardCharsets.UTF_8);
        String key = path.length() <= BUCKET.length() + 2 ? "" : path.substring(BUCKET.length() + 2);
        return key.isEmpty() ? page(parameters(asked.query())) : object(asked, key);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private Answer object(Asked asked, String key) {
        byte[] content = objects().get(key);
        if (content == null) {
            return Answer.of(404, "<Error><Code>NoSuchKey</Code></Error>");
        }
        String match = asked.header("if-match");
        if (!match.isEmpty() && !match.equals(tag(content))) {
            return Answer.of(412, "<Error><Code>PreconditionFailed</Code></Error>");
        }
        return Answer.content(asked, content).with("ETag", tag(content)).with("Last-Modified", MODIFIED);
    }

    private Answer page(Map<String, String> parameters) {
        String prefix = parameters.getOrDefault("prefix", "");
        String after = parameters.getOrDefault("continuation-token", "");
        boolean encoded = parameters.getOrDefault("encoding-type", "").equals("url");
        List<String> keys = objects().keySet().stream()
                .filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
                .toList();
        List<String> page = keys.subList(0, Math.min(PAGE, keys.size()));
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><ListBucketResult>");
        if (encoded) {
            xml.append("<EncodingType>url</EncodingType>");
        }
        xml.append("<IsTruncated>").append(page.size() < keys.size()).append("</IsTruncated>");
        if (page.size() < keys.size()) {
            xml.append("<NextContinuationToken>")
                    .append(xml(page.get(page.size() - 1)))
                    .append("</NextContinuationToken>");
        }
        for (String key : page) {
            byte[] content = objects().get(key);
            String written = encoded ? URLEncoder.encode(key, StandardCharsets.UTF_8) : key;
            xml.append("<Contents><Key>")
                    .append(xml(written))
                    .append("</Key><LastModified>2015-10-21T07:28:00.000Z</LastModified><ETag>")
                    .append(xml(tag(content)))
                    .append("</ETag><Size>")
                    .append(content.length)
                    .append("</Size></Contents>");
        }
        return Answer.of(200, xml.append("</ListBucketResult>").toString()).with("Content-Type", "application/xml");
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
