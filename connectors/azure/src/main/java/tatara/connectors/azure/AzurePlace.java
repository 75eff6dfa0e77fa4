package tatara.connectors.azure;

import java.util.Locale;
import java.util.Set;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.remote.InlineSecrets;
import tatara.core.remote.ObjectLocation;
import tatara.core.remote.RemoteErrorCode;

/**
 * A location in Azure Storage: {@code az://CONTAINER/BLOB?account=NAME}, or as Hadoop writes it {@code abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/BLOB}.
 *
 * @param container its name
 * @param endpoint of the account's blob service; empty if only a connection string can tell it
 * @param account its name; empty if unknown
 */
record AzurePlace(ObjectLocation location, String container, String endpoint, String account) {
    private static final Set<String> OPTIONS =
            Set.of("account", "endpoint", "key", "sas", "connection-string", "anonymous");

    static AzurePlace parse(String text) {
        ObjectLocation location = ObjectLocation.parse(text, OPTIONS);
        int at = location.container().indexOf('@');
        String container = at < 0 ? location.container() : location.container().substring(0, at);
        String host = at < 0 ? "" : location.container().substring(at + 1);
        String account = location.option("account").orElse(host.replaceFirst("\\..*", ""));
        if (!container.matches("\\$?[a-z0-9][a-z0-9-]{1,62}")) {
            throw malformed("not a container's name: " + container, "3 to 63 of a-z, 0-9 and -");
        }
        if (!account.isEmpty() && !account.matches("[a-z0-9]{3,24}")) {
            throw malformed("not an account's name: " + account, "3 to 24 of a-z and 0-9");
        }
        if (!host.isEmpty() && !host.matches("[A-Za-z0-9.-]+")) {
            throw malformed("not a host: " + host, "ACCOUNT.dfs.core.windows.net");
        }
        return new AzurePlace(location, container, endpoint(location, host, account), account);
    }

    private static String endpoint(ObjectLocation location, String host, String account) {
        if (location.option("endpoint").isPresent()) {
            String endpoint = location.option("endpoint").get();
            if (!endpoint.matches("https?://[^/?#@]+(/[^?#]*)?")) {
                throw malformed(
                        "endpoint: " + InlineSecrets.hidden(endpoint), "https://HOST or http://HOST:PORT/ACCOUNT");
            }
            return endpoint.replaceFirst("/+$", "");
        }
        if (host.indexOf('.') >= 0) {
            return "https://" + host.toLowerCase(Locale.ROOT).replaceFirst("\\.dfs\\.", ".blob.");
        }
        return account.isEmpty() ? "" : "https://" + account + ".blob.core.windows.net";
    }

    static TataraException malformed(String what, String expected) {
        return new TataraException(
                RemoteErrorCode.LOCATION_MALFORMED,
                Fault.of(what).expecting(expected).todo("Correct the location"));
    }

    String key() {
        return location.key();
    }

    String place() {
        return location.place();
    }
}
