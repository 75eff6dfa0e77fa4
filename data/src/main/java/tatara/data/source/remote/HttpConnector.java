package tatara.data.source.remote;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tatara.core.port.Connector;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;
import tatara.core.remote.Attempts;
import tatara.core.remote.Pauses;
import tatara.core.remote.ResumedCopy;

/**
 * Files of web servers. The version is the ETag, else the time of the last change with the size. Content that a server compresses for the
 * way is stored compressed, as a {@code .gz} file would be. Thread-safe.
 */
public final class HttpConnector implements Connector {
    private static final Pattern TOTAL = Pattern.compile("bytes\\s+(?:\\d+-\\d+|\\*)/(\\d+)");
    private static final Pattern EXTENDED_NAME =
            Pattern.compile("filename\\*\\s*=\\s*UTF-8''([^;]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME =
            Pattern.compile("filename\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

    private final HttpRequests requests;
    private final Attempts attempts;

    /** @param timeout to connect, and of each read */
    public HttpConnector(Duration timeout, Pauses pauses) {
        this.requests = new HttpRequests(timeout);
        this.attempts = new Attempts(pauses);
    }

    @Override
    public Set<String> schemes() {
        return Set.of("http", "https");
    }

    @Override
    public List<RemoteObject> list(String location, Secrets secrets) {
        HttpAddress address = HttpAddress.parse(location);
        return List.of(attempts.of(RemoteCopies.shown(location), () -> look(address, secrets)));
    }

    private RemoteObject look(HttpAddress address, Secrets secrets) throws IOException {
        HttpURLConnection head = requests.ask("HEAD", address, secrets, Map.of());
        int status = head.getResponseCode();
        boolean answered = status / 100 == 2;
        boolean decided = status == 401 || status == 407 || status == 429 || (status >= 500 && status != 501);
        if (answered) {
            return object(address, head, head.getContentLengthLong());
        }
        HttpRequests.discard(head);
        if (decided) {
            HttpRequests.check(status, address);
        }
        return lookByGet(address, secrets);
    }

    /** For servers that answer HEAD otherwise than GET: the first byte tells as much. */
    private RemoteObject lookByGet(HttpAddress address, Secrets secrets) throws IOException {
        HttpURLConnection get = requests.ask("GET", address, secrets, Map.of("Range", "bytes=0-0"));
        try {
            int status = get.getResponseCode();
            if (status != 416) {
                HttpRequests.check(status, address);
            }
            return object(address, get, status == 200 ? get.getContentLengthLong() : total(get));
        } finally {
            HttpRequests.discard(get);
        }
    }

    private static RemoteObject object(HttpAddress address, HttpURLConnection answer, long bytes) {
        long modified = answer.getLastModified();
        String tag = header(answer, "ETag");
        String version = tag.isEmpty() && modified > 0 ? "modified " + modified + " bytes " + bytes : tag;
        return new RemoteObject(
                address.text(),
                name(address, answer),
                bytes,
                modified > 0 ? Optional.of(Instant.ofEpochMilli(modified)) : Optional.empty(),
                version);
    }

    private static String header(HttpURLConnection answer, String name) {
        String value = answer.getHeaderField(name);
        return value == null ? "" : value;
    }

    private static long total(HttpURLConnection answer) {
        Matcher range = TOTAL.matcher(header(answer, "Content-Range"));
        return range.find() ? Long.parseLong(range.group(1)) : -1;
    }

    private static String name(HttpAddress address, HttpURLConnection answer) {
        String disposition = header(answer, "Content-Disposition");
        Matcher extended = EXTENDED_NAME.matcher(disposition);
        Matcher plain = NAME.matcher(disposition);
        String name = "";
        if (extended.find()) {
            name = decoded(extended.group(1));
        } else if (plain.find()) {
            name = plain.group(1) == null ? plain.group(2) : plain.group(1);
        }
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .strip();
        String chosen = last.isEmpty() || last.startsWith(".") ? address.fileName() : last;
        return chosen.indexOf('.') >= 0 ? chosen : chosen + ending(header(answer, "Content-Type"));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String ending(String contentType) {
        String type = contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "text/csv" -> ".csv";
            case "text/tab-separated-values" -> ".tsv";
            case "application/json" -> ".json";
            case "application/x-ndjson", "application/jsonl" -> ".jsonl";
            case "application/vnd.apache.parquet" -> ".parquet";
            default -> "";
        };
    }

    @Override
    public void fetch(RemoteObject object, Path target, Secrets secrets, LongConsumer progress) {
        HttpAddress address = HttpAddress.parse(object.uri());
        RemoteObject named = new RemoteObject(
                RemoteCopies.shown(object.uri()), object.name(), object.bytes(), object.modified(), object.version());
        new ResumedCopy(attempts).copy(named, target, offset -> open(address, object, offset, secrets), progress);
    }

    private ResumedCopy.Part open(HttpAddress address, RemoteObject object, long offset, Secrets secrets)
            throws IOException {
        boolean resumes = offset > 0 && object.version().startsWith("\"");
        Map<String, String> headers =
                resumes ? Map.of("Range", "bytes=" + offset + "-", "If-Range", object.version()) : Map.of();
        HttpURLConnection answer = requests.ask("GET", address, secrets, headers);
        int status = answer.getResponseCode();
        if (status == 416 && resumes) {
            HttpRequests.discard(answer);
            return open(address, object, 0, secrets);
        }
        if (status / 100 != 2) {
            HttpRequests.discard(answer);
        }
        HttpRequests.check(status, address);
        String coding = header(answer, "Content-Encoding").toLowerCase(Locale.ROOT);
        if (!Set.of("", "identity", "gzip", "x-gzip").contains(coding)) {
            throw HttpRequests.unexpected(address, "content coded as " + coding);
        }
        boolean partial = status == 206;
        if (partial
                && (!resumes
                        || !header(answer, "Content-Range").replace(" ", "").startsWith("bytes" + offset + "-"))) {
            throw HttpRequests.unexpected(address, "a part of the content that was not asked for");
        }
        return new ResumedCopy.Part(
                answer.getInputStream(), partial ? offset : 0, partial ? total(answer) : answer.getContentLengthLong());
    }
}
