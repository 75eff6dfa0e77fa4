package tatara.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.error.TataraException;
import tatara.core.port.Connector;
import tatara.core.remote.RemoteErrorCode;
import tatara.testkit.web.Answer;
import tatara.testkit.web.Asked;
import tatara.testkit.web.FaultyServer;

/** Data that lies on a web server: designed, run and scored as if it were here, its credential nowhere to be found. */
final class RemoteDataTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String SECRET = "hunter2-is-secret";

    @TempDir
    Path directory;

    private static byte[] customers(int most) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("examples/subscriptions/customers.csv"));
        String text = String.join("\n", lines.subList(0, Math.min(most, lines.size()))) + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Answer answer(Asked asked, byte[] content) {
        return asked.header("authorization").equals("Bearer " + SECRET)
                ? Answer.content(asked, content).with("ETag", "\"" + content.length + "\"")
                : Answer.of(401, "who are you");
    }

    @Test
    void a_run_from_a_url_reads_it_once_and_keeps_no_credential() throws IOException {
        byte[] content = customers(600);
        Path token = Files.writeString(directory.resolve("token"), SECRET + "\n");
        Path home = directory.resolve("home");
        try (FaultyServer server = FaultyServer.start(asked -> answer(asked, content))) {
            String url = server.address() + "/data/customers.csv";
            String location = url + "#bearer=file:" + token;
            CommandRun run = CommandRun.of(
                    home,
                    "run",
                    "predict which customers will cancel",
                    "--data",
                    location,
                    "--budget",
                    "1s",
                    "--name",
                    "far",
                    "--exit",
                    "--json");
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.err()).contains("copy " + url);
            assertThat(Files.readString(home.resolve("pipelines/far/requirement.yaml")))
                    .contains("bearer=file:" + token);
            assertThat(Files.readString(home.resolve("pipelines/far/report.html")))
                    .contains(url);
            assertThat(Files.readString(home.resolve("pipelines/far/latest.json")))
                    .contains("data " + url);
            server.forget();
            CommandRun again = CommandRun.of(home, "run", "far", "--exit", "--json");
            assertThat(again.exit()).as(again.err()).isZero();
            assertThat(again.number("steps.ran")).isZero();
            assertThat(server.asked("GET")).isEmpty();
            CommandRun scored = CommandRun.of(home, "predict", "far", "--input", location);
            assertThat(scored.exit()).as(scored.err()).isZero();
            assertThat(scored.out().lines().count()).isEqualTo(600);
            Files.writeString(token, "another");
            CommandRun refused = CommandRun.of(home, "run", "far", "--exit", "--json");
            assertThat(refused.exit()).isEqualTo(4);
            assertThat(refused.err()).contains("refuses access", url).doesNotContain("another");
        }
        assertThat(filesWith(home, SECRET)).isEmpty();
    }

    @Test
    void a_credential_in_a_location_leaves_no_trace() throws IOException {
        Path home = directory.resolve("home");
        CommandRun run = CommandRun.of(
                home, "design", "predict churn", "--data", "https://host.invalid/t.csv?sig=" + SECRET, "--debug");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out() + run.err()).contains("sig=env:NAME").doesNotContain(SECRET);
        assertThat(filesWith(home, SECRET)).isEmpty();
    }

    private static List<Path> filesWith(Path home, String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /** Needs the jars of the connectors, which the whole build makes before this module. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://bucket/a.csv?anonymous=true&endpoint=ADDRESS",
                "az://bucket/a.csv?account=account1&anonymous=true&endpoint=ADDRESS/account1",
                "gs://bucket/a.csv?anonymous=true&endpoint=ADDRESS"
            })
    void connectors_work_from_folders_of_their_own(String location) {
        Path folder = ROOT.resolve("connectors");
        String scheme = location.substring(0, location.indexOf(':'));
        Connectors connectors = new Connectors(Optional.of(folder));
        assertThat(connectors.schemes()).contains(scheme);
        Assumptions.assumeTrue(Files.isDirectory(folder.resolve("s3/target/lib"))
                && Files.isDirectory(folder.resolve("azure/target/lib"))
                && Files.isDirectory(folder.resolve("gcs/target/lib")));
        try (FaultyServer server = FaultyServer.start(asked -> Answer.of(404, ""));
                IsolatedConnectors isolated = new IsolatedConnectors(List.of(), connectors, RemoteDataTest::services)) {
            Connector connector = isolated.find(scheme).orElseThrow();
            assertThat(isolated.find(scheme)).containsSame(connector);
            assertThatThrownBy(() -> connector.list(location.replace("ADDRESS", server.address()), reference -> ""))
                    .isInstanceOfSatisfying(
                            TataraException.class,
                            e -> assertThat(e.code().name()).isEqualTo(RemoteErrorCode.OBJECT_NOT_FOUND.name()));
            assertThat(server.asked()).isNotEmpty();
            assertThat(isolated.find("nothing")).isEmpty();
        }
    }

    private static List<Connector> services(ClassLoader loader) {
        return ServiceLoader.load(Connector.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
