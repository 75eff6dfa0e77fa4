package tatara.testkit.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A web server on a free port of this machine. Answers on several threads; remembers what was asked. Thread-safe. */
public final class FaultyServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Answer> answers;

    private FaultyServer(HttpServer server, Function<Asked, Answer> answers) {
        this.server = server;
        this.answers = answers;
    }

    public static FaultyServer start(Function<Asked, Answer> answers) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            FaultyServer faulty = new FaultyServer(server, answers);
            server.createContext("/", faulty::handle);
            server.setExecutor(faulty.workers);
            server.start();
            return faulty;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers otherwise from now on. */
    public void answer(Function<Asked, Answer> otherwise) {
        answers = otherwise;
    }

    /** {@code http://127.0.0.1:PORT}, without a slash at its end. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Everything that was asked for since the last {@link #forget}. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** What was asked for with a method. */
    public List<Asked> asked(String method) {
        return asked.stream().filter(one -> one.method().equals(method)).toList();
    }

    public void forget() {
        asked.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        exchange.getRequestBody().readAllBytes();
        String query = exchange.getRequestURI().getRawQuery();
        Asked one = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                headers);
        asked.add(one);
        send(exchange, one, answers.apply(one));
    }

    private static void send(HttpExchange exchange, Asked asked, Answer answer) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        boolean head = asked.method().equals("HEAD");
        if (head) {
            if (answer.length() >= 0) {
                exchange.getResponseHeaders().set("Content-Length", Long.toString(answer.length()));
            }
            exchange.sendResponseHeaders(answer.status(), -1);
            exchange.close();
            return;
        }
        long length = answer.length() == 0 ? -1 : answer.length() < 0 ? 0 : answer.length();
        exchange.sendResponseHeaders(answer.status(), length);
        if (answer.body().length > 0) {
            OutputStream out = exchange.getResponseBody();
            out.write(answer.body(), 0, answer.sent() < 0 ? answer.body().length : answer.sent());
            out.flush();
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
