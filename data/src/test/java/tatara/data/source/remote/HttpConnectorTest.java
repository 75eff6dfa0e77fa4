package tatara.data.source.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.TataraException;
import tatara.core.remote.RemoteErrorCode;
import tatara.testkit.web.Answer;
import tatara.testkit.web.Asked;
import tatara.testkit.web.FaultyServer;

/** Files of a real web server in this process, and what it may do wrong. */
final class HttpConnectorTest {
    private static final byte[] TABLE = bytes("a,b\n1,x\n2,y\n");

    @TempDir
    Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] large() {
        byte[] content = new byte[300_000];
        new Random(7).nextBytes(content);
        return content;
    }

    private Remote remote() {
        return new Remote(directory.resolve("cache"));
    }

    @Test
    void copies_once_and_again_only_when_the_tag_is_another() throws IOException {
        try (FaultyServer server =
                FaultyServer.start(asked -> Answer.content(asked, TABLE).with("ETag", "\"one\""))) {
            Remote remote = remote();
            String location = server.address() + "/data/orders.csv";
            Copied first = remote.copies().copy(location);
            assertThat(first.place().getFileName().toString()).isEqualTo("orders.csv");
            assertThat(first.place()).hasBinaryContent(TABLE);
            assertThat(first.origins()).containsValue(location);
            remote.copies().copy(location);
            assertThat(server.asked("GET")).hasSize(1);
            assertThat(remote.finished().cached()).isTrue();
            server.answer(asked -> Answer.content(asked, bytes("a,b\n9,z\n")).with("ETag", "\"two\""));
            assertThat(remote.copies().copy(location).place()).hasContent("a,b\n9,z");
            assertThat(remote.finished().cached()).isFalse();
        }
    }

    @Test
    void the_time_of_change_is_a_version_and_without_any_the_file_is_copied_every_time() {
        try (FaultyServer server = FaultyServer.start(
                asked -> Answer.content(asked, TABLE).with("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT"))) {
            Remote remote = remote();
            remote.copies().copy(server.address() + "/t.csv");
            remote.copies().copy(server.address() + "/t.csv");
            assertThat(server.asked("GET")).hasSize(1);
            server.answer(asked -> Answer.content(asked, TABLE));
            remote.copies().copy(server.address() + "/t.csv");
            remote.copies().copy(server.address() + "/t.csv");
            assertThat(server.asked("GET")).hasSize(3);
        }
    }

    @Test
    void a_connection_that_dies_in_the_middle_goes_on_where_it_was() {
        byte[] content = large();
        AtomicInteger gets = new AtomicInteger();
        try (FaultyServer server = FaultyServer.start(asked -> {
            Answer answer = Answer.content(asked, content).with("ETag", "\"v\"");
            return asked.method().equals("GET") && gets.incrementAndGet() < 3 ? answer.dyingAfter(100_000) : answer;
        })) {
            Remote remote = remote();
            assertThat(remote.copies().copy(server.address() + "/f.bin").place())
                    .hasBinaryContent(content);
            List<Asked> asked = server.asked("GET");
            assertThat(asked).hasSize(3);
            assertThat(asked.get(1).rangeStart()).isGreaterThan(0);
            assertThat(asked.get(1).header("if-range")).isEqualTo("\"v\"");
            assertThat(asked.get(2).rangeStart()).isGreaterThan(asked.get(1).rangeStart());
            assertThat(remote.pauses).containsOnly(Duration.ofMillis(250));
        }
    }

    @Test
    void a_file_that_changes_between_two_parts_is_copied_from_its_start() {
        byte[] content = large();
        byte[] other = new byte[content.length];
        AtomicInteger gets = new AtomicInteger();
        try (FaultyServer server = FaultyServer.start(asked -> {
            if (asked.method().equals("HEAD")) {
                return Answer.of(200, content).with("ETag", "\"old\"");
            }
            return gets.incrementAndGet() == 1
                    ? Answer.of(200, content).with("ETag", "\"old\"").dyingAfter(50_000)
                    : Answer.of(200, other).with("ETag", "\"new\"");
        })) {
            assertThat(remote().copies().copy(server.address() + "/f.bin").place())
                    .hasBinaryContent(other);
        }
    }

    @Test
    void what_a_killed_process_had_is_used() throws IOException {
        byte[] content = large();
        try (FaultyServer server = FaultyServer.start(
                asked -> Answer.content(asked, content).with("ETag", "\"v\"").dyingAfter(120_000))) {
            Remote remote = remote();
            String location = server.address() + "/f.bin";
            server.answer(asked -> asked.rangeStart() > 0
                    ? Answer.of(503, "")
                    : Answer.content(asked, content).with("ETag", "\"v\"").dyingAfter(120_000));
            fails(RemoteErrorCode.PLACE_UNAVAILABLE, () -> remote.copies().copy(location));
            server.forget();
            server.answer(asked -> Answer.content(asked, content).with("ETag", "\"v\""));
            assertThat(remote.copies().copy(location).place()).hasBinaryContent(content);
            assertThat(server.asked("GET")).hasSize(1);
            assertThat(server.asked("GET").get(0).rangeStart()).isGreaterThan(60_000);
            try (Stream<Path> files = Files.walk(remote.cache)) {
                assertThat(files.filter(file -> file.toString().endsWith(".partial")))
                        .isEmpty();
            }
        }
    }

    @Test
    void answers_that_may_pass_are_awaited_and_others_are_not() {
        try (FaultyServer server = FaultyServer.start(asked -> Answer.of(503, "busy"))) {
            Remote remote = remote();
            fails(RemoteErrorCode.PLACE_UNAVAILABLE, () -> remote.copies().copy(server.address() + "/t.csv"));
            assertThat(server.asked()).hasSize(5);
            assertThat(remote.pauses)
                    .containsExactly(
                            Duration.ofMillis(250),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(2));
            server.forget();
            server.answer(asked -> Answer.of(401, ""));
            fails(RemoteErrorCode.ACCESS_REFUSED, () -> remote.copies().copy(server.address() + "/t.csv"));
            assertThat(server.asked()).hasSize(1);
            server.answer(asked -> Answer.of(403, ""));
            fails(RemoteErrorCode.ACCESS_REFUSED, () -> remote.copies().copy(server.address() + "/t.csv"));
            server.answer(asked -> Answer.of(404, ""));
            fails(RemoteErrorCode.OBJECT_NOT_FOUND, () -> remote.copies().copy(server.address() + "/t.csv"));
        }
        fails(RemoteErrorCode.PLACE_UNAVAILABLE, () -> remote().copies()
                .copy("http://127.0.0.1:" + freePort() + "/t.csv"));
    }

    @Test
    void a_server_that_falls_silent_is_given_up() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            Remote remote = remote();
            HttpConnector impatient = new HttpConnector(Duration.ofMillis(100), remote.pauses::add);
            fails(RemoteErrorCode.PLACE_UNAVAILABLE, () -> remote.copies(impatient, false)
                    .copy("http://127.0.0.1:" + silent.getLocalPort() + "/t.csv"));
        }
    }

    @Test
    void follows_redirects_without_carrying_credentials_to_other_servers() {
        try (FaultyServer target = FaultyServer.start(asked -> Answer.content(asked, TABLE));
                FaultyServer server = FaultyServer.start(
                        asked -> Answer.of(302, "").with("Location", target.address() + "/real.csv"))) {
            Remote remote = remote();
            remote.environment.put("TOKEN", "s3cr3t");
            String location = server.address() + "/t.csv#bearer=env:TOKEN";
            assertThat(remote.copies().copy(location).place()).hasBinaryContent(TABLE);
            assertThat(server.asked())
                    .allMatch(asked -> asked.header("authorization").equals("Bearer s3cr3t"));
            assertThat(target.asked())
                    .allMatch(asked -> asked.header("authorization").isEmpty());
            server.answer(asked -> Answer.of(302, "").with("Location", "/again"));
            fails(RemoteErrorCode.ANSWER_UNEXPECTED, () -> remote.copies().copy(location));
            server.answer(asked -> Answer.of(302, "").with("Location", "file:///etc/passwd"));
            fails(RemoteErrorCode.ANSWER_UNEXPECTED, () -> remote.copies().copy(location));
        }
    }

    @Test
    void a_server_without_head_ranges_or_lengths_will_do() {
        try (FaultyServer server = FaultyServer.start(asked -> asked.method().equals("HEAD")
                ? Answer.of(405, "")
                : Answer.of(200, TABLE).ofUnknownLength())) {
            assertThat(remote().copies().copy(server.address() + "/t.csv").place())
                    .hasBinaryContent(TABLE);
        }
    }

    @Test
    void names_come_from_the_answer_or_the_url_and_never_lead_elsewhere() {
        try (FaultyServer server = FaultyServer.start(asked ->
                Answer.content(asked, TABLE).with("Content-Disposition", "attachment; filename=\"../../evil.csv\""))) {
            Remote remote = remote();
            Path place =
                    remote.copies().copy(server.address() + "/download?id=7").place();
            assertThat(place).startsWith(remote.cache);
            assertThat(place.getFileName().toString()).isEqualTo("evil.csv");
            server.answer(asked -> Answer.content(asked, TABLE).with("Content-Type", "text/csv; charset=utf-8"));
            assertThat(remote.copies()
                            .copy(server.address() + "/export")
                            .place()
                            .getFileName()
                            .toString())
                    .isEqualTo("export.csv");
            server.answer(asked -> Answer.content(asked, TABLE));
            assertThat(remote.copies()
                            .copy(server.address() + "/Bücher%20+ more.csv")
                            .place()
                            .getFileName()
                            .toString())
                    .isEqualTo("Bücher + more.csv");
        }
    }

    @Test
    void content_that_is_compressed_for_the_way_stays_compressed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(TABLE);
        }
        try (FaultyServer server = FaultyServer.start(
                asked -> Answer.content(asked, packed.toByteArray()).with("Content-Encoding", "gzip"))) {
            Remote remote = remote();
            assertThat(remote.copies().copy(server.address() + "/t.csv").place())
                    .hasBinaryContent(packed.toByteArray());
            server.answer(asked -> Answer.content(asked, TABLE).with("Content-Encoding", "br"));
            fails(RemoteErrorCode.ANSWER_UNEXPECTED, () -> remote.copies().copy(server.address() + "/u.csv"));
        }
    }

    @Test
    void credentials_go_where_they_belong_and_are_shown_nowhere() throws IOException {
        try (FaultyServer server = FaultyServer.start(asked -> Answer.content(asked, TABLE))) {
            Remote remote = remote();
            remote.environment.put("SIG", "a b/c+d=");
            remote.environment.put("PW", "pässwörd");
            remote.copies()
                    .copy(server.address()
                            + "/t.csv?year=2020&sig=env:SIG#user=ada&password=env:PW&header-X-Key=env:PW");
            Asked asked = server.asked("GET").get(0);
            assertThat(asked.query()).isEqualTo("year=2020&sig=a+b%2Fc%2Bd%3D");
            assertThat(asked.header("authorization")).startsWith("Basic ");
            server.answer(one -> Answer.of(403, ""));
            assertThatThrownBy(() -> remote.copies().copy(server.address() + "/t.csv#signed-query=env:SIG"))
                    .hasMessageNotContaining("a b/c");
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readString(file)).doesNotContain("pässwörd", "a b/c+d");
                }
            }
            assertThat(remote.events.toString()).doesNotContain("pässwörd", "a b/c+d", "a+b%2Fc");
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void fails(RemoteErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TataraException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
