package tatara.data.source.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.TataraException;
import tatara.core.remote.RemoteErrorCode;
import tatara.testkit.web.Answer;
import tatara.testkit.web.FaultyServer;

/** Credentials by reference: environment, file, and Vault's API as a small server speaks it. */
final class SecretReferencesTest {
    private static final String SECRET =
            "{\"data\":{\"data\":{\"password\":\"s3cr3t\",\"number\":7},\"metadata\":{\"version\":3}}}";

    private final Map<String, String> environment = new HashMap<>();
    private final SecretReferences secrets = SecretReferences.of(environment::get);

    @TempDir
    Path directory;

    @Test
    void reads_variables_and_files() throws IOException {
        environment.put("A", "value ");
        assertThat(secrets.resolve("env:A")).isEqualTo("value ");
        Path file = Files.writeString(directory.resolve("token"), "from file\r\n");
        assertThat(secrets.resolve("file:" + file)).isEqualTo("from file");
        assertThat(secrets.resolve("file://" + file)).isEqualTo("from file");
        Files.writeString(file, "changed");
        assertThat(secrets.resolve("file:" + file)).isEqualTo("changed");
    }

    @Test
    void says_which_reference_leads_nowhere_and_never_shows_what_is_none() {
        environment.put("EMPTY", "");
        assertThatThrownBy(() -> secrets.resolve("env:MISSING")).hasMessageContaining("env:MISSING is not set");
        assertThatThrownBy(() -> secrets.resolve("env:EMPTY")).hasMessageContaining("env:EMPTY is empty");
        assertThatThrownBy(() -> secrets.resolve("file:/no/such")).hasMessageContaining("file:/no/such cannot be read");
        assertThatThrownBy(() -> secrets.resolve("file:relative")).hasMessageContaining("no absolute path");
        assertThatThrownBy(() -> secrets.resolve("hunter2")).hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> secrets.resolve("vault:kv/db")).hasMessageContaining("not complete");
        assertThatThrownBy(() -> secrets.resolve("vault:kv/db#x")).hasMessageContaining("VAULT_ADDR");
    }

    @Test
    void reads_fields_of_vault() throws IOException {
        try (FaultyServer vault = FaultyServer.start(asked ->
                asked.path().equals("/v1/kv/data/team%20a/db") ? Answer.of(200, SECRET) : Answer.of(404, "{}"))) {
            environment.put("VAULT_ADDR", vault.address() + "/");
            environment.put("VAULT_NAMESPACE", "ns");
            assertThatThrownBy(() -> secrets.resolve("vault:kv/team a/db#password"))
                    .hasMessageContaining("needs a token");
            environment.put(
                    "VAULT_TOKEN_FILE",
                    Files.writeString(directory.resolve("t"), "tok\n").toString());
            assertThat(secrets.resolve("vault:kv/team a/db#password")).isEqualTo("s3cr3t");
            assertThat(secrets.resolve("vault:kv/data/team a/db#password")).isEqualTo("s3cr3t");
            assertThat(vault.asked().get(0).header("x-vault-token")).isEqualTo("tok");
            assertThat(vault.asked().get(0).header("x-vault-namespace")).isEqualTo("ns");
            assertThatThrownBy(() -> secrets.resolve("vault:kv/team a/db#number"))
                    .hasMessageContaining("no such field");
            assertThatThrownBy(() -> secrets.resolve("vault:kv/other#password")).hasMessageContaining("no such path");
            vault.answer(asked -> Answer.of(403, "{\"errors\":[\"permission denied tok\"]}"));
            environment.put("VAULT_TOKEN", "other");
            assertThatThrownBy(() -> secrets.resolve("vault:kv/team a/db#password"))
                    .isInstanceOfSatisfying(
                            TataraException.class, e -> assertThat(e.code()).isEqualTo(RemoteErrorCode.ACCESS_REFUSED))
                    .hasMessageNotContaining("other");
            vault.answer(asked -> Answer.of(503, "sealed"));
            assertThatThrownBy(() -> secrets.resolve("vault:kv/team a/db#password"))
                    .hasMessageContaining("answers 503");
        }
    }
}
