package tatara.data.source.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.Secrets;
import tatara.core.remote.InlineSecrets;
import tatara.core.remote.RemoteErrorCode;

/**
 * References to credentials: {@code env:NAME}, {@code file:/PATH}, {@code vault:PATH#FIELD}. Each is resolved anew whenever it is asked
 * for; nothing is kept. Thread-safe.
 */
public final class SecretReferences implements Secrets {
    private static final long LARGEST_FILE = 1 << 20;

    private final Function<String, Optional<String>> environment;
    private final Vault vault;

    private SecretReferences(Function<String, Optional<String>> environment, Vault vault) {
        this.environment = environment;
        this.vault = vault;
    }

    /** @param environment the value of an environment variable, null if it is not set */
    public static SecretReferences of(Function<String, @Nullable String> environment) {
        Function<String, Optional<String>> variables = name -> Optional.ofNullable(environment.apply(name));
        return new SecretReferences(variables, new Vault(variables));
    }

    @Override
    public String resolve(String reference) {
        if (!InlineSecrets.isReference(reference)) {
            throw new TataraException(
                    RemoteErrorCode.REFERENCE_UNRESOLVED,
                    Fault.of("a credential that is no reference (its text is not shown)")
                            .expecting("env:NAME, file:/PATH or vault:PATH#FIELD")
                            .todo("Put the credential into an environment variable or a file, and name that"));
        }
        int colon = reference.indexOf(':');
        String rest = reference.substring(colon + 1);
        String value =
                switch (reference.substring(0, colon)) {
                    case "env" -> variable(rest);
                    case "file" -> file(reference, rest);
                    default -> vault.read(reference, rest);
                };
        if (value.isEmpty()) {
            throw unresolved(reference, "is empty", "the credential", "Write the credential there");
        }
        return value;
    }

    private String variable(String name) {
        return environment
                .apply(name)
                .orElseThrow(() -> unresolved(
                        "env:" + name,
                        "is not set",
                        "an environment variable of that name",
                        "Set it: export " + name + "=…"));
    }

    private static String file(String reference, String text) {
        try {
            Path file = Path.of(text.replaceFirst("^/{2,}", "/"));
            if (!file.isAbsolute()) {
                throw unresolved(reference, "is no absolute path", "file:/PATH", "Write the whole path");
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw unresolved(reference, "is larger than 1 MiB", "a file with one credential", "Check the path");
            }
            return Files.readString(file).replaceFirst("\\r?\\n\\z", "");
        } catch (InvalidPathException e) {
            throw unresolved(reference, "is no path", "file:/PATH", "Check the path");
        } catch (IOException e) {
            throw unresolved(
                    reference,
                    "cannot be read: " + e.getClass().getSimpleName(),
                    "a text file that this user may read",
                    "Check the path and its permissions");
        }
    }

    static TataraException unresolved(String reference, String what, String expected, String todo) {
        return new TataraException(
                RemoteErrorCode.REFERENCE_UNRESOLVED,
                Fault.of("the credential " + reference + " " + what)
                        .expecting(expected)
                        .todo(todo));
    }
}
