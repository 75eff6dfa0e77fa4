package tatara.serve.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tatara.serve.rest.Caller.text;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.error.TataraException;

/** Who comes in, and what is made of broken HTTP. */
class ServerDoorTest {
    @TempDir
    static Path home;

    private static PredictionServer server;
    private static Caller caller;

    @BeforeAll
    static void start() {
        server = RuleModel.serve(home);
        caller = new Caller(server.uri());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void refusesForeignNamesAndPages() throws IOException {
        for (String request : List.of(
                "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
                "POST /predict/churn HTTP/1.1\r\nHost: evil.example:" + server.port()
                        + "\r\nContent-Type: application/json\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"age\": 60}",
                "POST /predict/churn HTTP/1.1\r\nHost: localhost:" + server.port()
                        + "\r\nOrigin: http://evil.example\r\nContent-Type: application/json\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"age\": 60}",
                "POST /predict/churn HTTP/1.1\r\nHost: localhost:" + server.port()
                        + "\r\nOrigin: null\r\nContent-Type: application/json\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"age\": 60}")) {
            assertThat(raw(request)).startsWith("HTTP/1.1 403").contains("\"error\"");
        }
        for (String host : List.of("localhost", "LOCALHOST.", "127.0.0.1", "[::1]", "localhost:" + server.port())) {
            assertThat(raw("GET /v2 HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                    .as(host)
                    .startsWith("HTTP/1.1 200");
        }
        String origin = "http://localhost:" + server.port();
        assertThat(
                        raw(
                                "POST /predict/churn HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\nOrigin: "
                                        + origin
                                        + "\r\nContent-Type: application/json\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"age\": 60}"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /predict/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GARBAGE\r\n\r\n",
                "GET / HTTP/9.9\r\nConnection: close\r\n\r\n",
                "POST /predict/churn HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: abc\r\n\r\n",
                "POST /predict/churn HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n{}",
                "POST /predict/churn HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n"
            })
    void survivesBrokenHttp(String request) throws IOException {
        String answer = raw(request);
        assertThat(answer).matches("(?s)(HTTP/1.1 4\\d\\d .*)?");
        assertThat(caller.post("/predict/churn", "{\"age\": 1}").status()).isEqualTo(200);
    }

    @Test
    void takesChunkedBodies() throws IOException {
        assertThat(
                        raw(
                                "POST /predict/churn HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n{\"age\r\n6\r\n\": 60}\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aPortInUseSaysWhichAndWhatToDo() {
        ServerSettings taken = ServerSettings.local(server.port());
        assertThatThrownBy(() -> PredictionServer.start(
                        taken,
                        ServerParts.in(home.resolve("x"), new FixedModels(), PageSource.none(), Clock.systemUTC())))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(RestErrorCode.ADDRESS_UNAVAILABLE))
                .hasMessageContaining(String.valueOf(server.port()))
                .hasMessageContaining("--port");
    }

    @Test
    void listensToOthersOnlyWithATokenAndAsksForIt() {
        ServerParts parts = ServerParts.in(
                home.resolve("token"),
                new FixedModels().with("churn", new RuleModel(0, 0)),
                PageSource.none(),
                Clock.systemUTC());
        ServerSettings open = new ServerSettings("0.0.0.0", 0, 1_000, 10, 4, 1_000, Optional.of(" "));
        assertThatThrownBy(() -> PredictionServer.start(open, parts))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(RestErrorCode.TOKEN_REQUIRED))
                .hasMessageContaining("TATARA_TOKEN");

        ServerSettings guarded = new ServerSettings("0.0.0.0", 0, 1_000, 10, 4, 1_000, Optional.of("s3cret"));
        try (PredictionServer shared = PredictionServer.start(guarded, parts)) {
            Caller calls = new Caller(shared.uri());
            for (String authorization :
                    List.of("", "Bearer", "Bearer wrong", "Basic s3cret", "Bearer s3cre", "s3cret")) {
                Caller.Answer answer = calls.post("/predict/churn", "{\"age\": 1}", "Authorization", authorization);
                assertThat(answer.status()).as(authorization).isEqualTo(401);
                assertThat(answer.headers().firstValue("www-authenticate")).isPresent();
            }
            assertThat(calls.get("/").status()).isEqualTo(401);
            assertThat(calls.get("/metrics").status()).isEqualTo(401);
            assertThat(calls.get("/health/ready").status()).isEqualTo(200);
            assertThat(calls.post("/predict/churn", "{\"age\": 1}", "Authorization", "Bearer s3cret")
                            .status())
                    .isEqualTo(200);
        }
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return response(socket.getInputStream());
        }
    }

    /** Head and body of one response, or what came before the end. */
    private static String response(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        Pattern length = Pattern.compile("(?i)content-length: (\\d+)");
        for (int next = in.read(); next >= 0; next = in.read()) {
            text.append((char) next);
            if (text.toString().endsWith("\r\n\r\n")) {
                Matcher found = length.matcher(text);
                return text
                        + new String(
                                in.readNBytes(found.find() ? Integer.parseInt(found.group(1)) : 0),
                                StandardCharsets.UTF_8);
            }
        }
        return text.toString();
    }
}
