package tatara.connectors.debezium;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/**
 * What is followed: {@code postgresql://USER@HOST:PORT/DATABASE?table=SCHEMA.TABLE&password=env:NAME}.
 *
 * @param password reference to the password; empty for none
 * @param slot name of the replication slot, if the user chose one
 * @param publication name of a publication that the user made
 * @param sslmode as libpq knows it; empty for the driver's usual one
 */
record PostgresLocation(
        String host,
        int port,
        String database,
        String user,
        String schema,
        String table,
        Optional<String> password,
        Optional<String> slot,
        Optional<String> publication,
        Optional<String> sslmode) {
    private static final String FORM = "postgresql://USER@HOST:PORT/DATABASE?table=SCHEMA.TABLE&password=env:NAME";
    private static final Set<String> KNOWN = Set.of("table", "password", "slot", "publication", "sslmode");
    private static final Pattern PART = Pattern.compile("\\G(?:\"((?:[^\"]|\"\")+)\"|([^\".]+))(\\.|$)");
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    static PostgresLocation parse(String text) {
        URI uri = uri(text);
        Map<String, String> options = options(uri);
        for (String option : options.keySet()) {
            if (!KNOWN.contains(option)) {
                throw wrong(
                        "unknown option " + option,
                        "one of " + KNOWN.stream().sorted().toList());
            }
        }
        String user = Optional.ofNullable(uri.getRawUserInfo()).orElse("");
        if (user.indexOf(':') >= 0) {
            throw wrong("a password in the location", "a reference such as password=env:PGPASSWORD");
        }
        String database = Optional.ofNullable(uri.getRawPath()).orElse("").replaceFirst("^/", "");
        List<String> parts = parts(options.getOrDefault("table", ""));
        if (uri.getHost() == null || user.isEmpty() || database.isEmpty() || parts.isEmpty() || parts.size() > 2) {
            throw wrong("the location does not name user, host, database and table", FORM);
        }
        return new PostgresLocation(
                uri.getHost().replaceAll("^\\[|\\]$", ""),
                uri.getPort() < 0 ? 5432 : uri.getPort(),
                decode(database),
                decode(user),
                parts.size() == 2 ? parts.get(0) : "public",
                parts.get(parts.size() - 1),
                Optional.ofNullable(options.get("password")),
                name(options, "slot"),
                name(options, "publication"),
                Optional.ofNullable(options.get("sslmode")));
    }

    /** The table's name with its schema, as people write it. */
    String qualified() {
        return schema + "." + table;
    }

    /** Where it is, without anything secret. */
    String place() {
        return qualified() + " of " + database + " at " + host + ":" + port;
    }

    /** For the driver; without user and password. */
    String jdbcUrl() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + name + ":" + port + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            if (!"postgresql".equals(uri.getScheme())) {
                throw wrong("not a location of PostgreSQL", FORM);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw wrong("not a URI: " + e.getReason(), FORM);
        }
    }

    private static Map<String, String> options(URI uri) {
        Map<String, String> options = new LinkedHashMap<>();
        String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                options.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
            }
        }
        return options;
    }

    private static Optional<String> name(Map<String, String> options, String option) {
        Optional<String> name = Optional.ofNullable(options.get(option));
        if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
            throw wrong(option + "=" + name.get(), "up to 63 of a-z, 0-9 and _, not starting with a digit");
        }
        return name;
    }

    private static List<String> parts(String table) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(table);
        int end = 0;
        while (end < table.length() && matcher.find()) {
            String quoted = matcher.group(1);
            parts.add(quoted == null ? matcher.group(2) : quoted.replace("\"\"", "\""));
            end = matcher.end();
        }
        return end == table.length() && !table.endsWith(".") ? parts : List.of();
    }

    private static String decode(String raw) {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static TataraException wrong(String what, String expected) {
        return new TataraException(FeedErrorCode.LOCATION_WRONG, Fault.of(what).expecting(expected));
    }
}
