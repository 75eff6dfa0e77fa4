package tatara.data.source.jdbc;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/**
 * Where a database is and what of it is wanted; holds references to secrets, never a secret.
 *
 * <p>Forms: {@code postgresql://USER@HOST:PORT/DATABASE?…}, the same with {@code mysql} and {@code mariadb}, {@code sqlite:///PATH?…},
 * and {@code jdbc:…} for any driver on the class path. Our parameters: {@code table=} (may be repeated), {@code schema},
 * {@code query}, {@code user}, {@code password} (a reference such as {@code env:NAME}), {@code timeout} (seconds that a statement may
 * take); all others go to the driver. Values may be escaped with {@code %}.
 *
 * @param dialect the product
 * @param base scheme, host and database, as given, without user and parameters
 * @param url what the driver gets
 * @param user user name, if one was given
 * @param password reference to the password, if one was given
 * @param tables tables that are wanted; all of them if empty and there is no query
 * @param schema the schema that is wanted
 * @param query the query that is wanted
 * @param timeoutSeconds seconds that a statement may take; 0 for no limit
 * @param others parameters for the driver
 */
record JdbcLocation(
        SqlDialect dialect,
        String base,
        String url,
        Optional<String> user,
        Optional<String> password,
        List<String> tables,
        Optional<String> schema,
        Optional<String> query,
        int timeoutSeconds,
        Map<String, String> others) {
    private static final Set<String> OWN = Set.of("table", "schema", "query", "user", "password", "timeout");
    private static final Pattern REFERENCE = Pattern.compile("(env|file|vault):\\S.*");
    private static final Pattern SECRET_NAME =
            Pattern.compile(".*(password|passwd|pwd|secret|token|credential).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SERVER = Pattern.compile("[A-Za-z0-9._:\\[\\],%-]*");
    private static final Pattern INLINE_SECRET =
            Pattern.compile("(?i)(password|passwd|pwd|secret|token)=(?!env:|file:|vault:)[^;&?]+");

    /** Parameters that let a server or a location run code or read files on this machine. */
    private static final Set<String> REFUSED = Set.of(
            "socketfactory",
            "socketfactoryarg",
            "sslfactory",
            "sslfactoryarg",
            "sslhostnameverifier",
            "sslpasswordcallback",
            "authenticationpluginclassname",
            "xmlfactoryfactory",
            "loggerfile",
            "allowlocalinfile",
            "allowloadlocalinfile",
            "autodeserialize",
            "sessionvariables",
            "initsql");

    /**
     * @throws TataraException if it is none, or holds a secret; the message does not show it
     */
    static JdbcLocation of(String location) {
        int colon = location.indexOf(':');
        String scheme = colon < 0 ? "" : location.substring(0, colon).toLowerCase(Locale.ROOT);
        int question = question(location, scheme);
        String place = question < 0 ? location : location.substring(0, question);
        Map<String, List<String>> parameters =
                question < 0 ? Map.of() : parameters(location.substring(question + 1), scheme.equals("jdbc"));
        return switch (scheme) {
            case "postgresql", "postgres" -> server(SqlDialect.POSTGRESQL, place, "jdbc:postgresql://", parameters);
            case "mysql", "mariadb" -> server(SqlDialect.MARIADB, place, "jdbc:mariadb://", parameters);
            case "sqlite" -> file(place, parameters);
            case "jdbc" -> driver(place, parameters);
            default -> throw malformed("not a database: " + scheme + ":…");
        };
    }

    /** In a driver's own URL the last question mark counts, since some drivers use earlier ones. */
    private static int question(String location, String scheme) {
        return scheme.equals("jdbc") ? location.lastIndexOf('?') : location.indexOf('?');
    }

    private static JdbcLocation server(
            SqlDialect dialect, String place, String prefix, Map<String, List<String>> parameters) {
        Matcher parts = Pattern.compile("[^:]+://(?:([^@/]*)@)?([^/@]*)(?:/(.*))?", Pattern.DOTALL)
                .matcher(place);
        if (!parts.matches()) {
            throw malformed("cannot be read: " + place.substring(0, place.indexOf(':')) + ":…");
        }
        String account = Optional.ofNullable(parts.group(1)).orElse("");
        int colon = account.indexOf(':');
        if (colon >= 0
                && !REFERENCE.matcher(decode(account.substring(colon + 1))).matches()) {
            throw secret("a password stands between user and host");
        }
        String server = String.valueOf(parts.group(2));
        if (!SERVER.matcher(server).matches()) {
            throw malformed("not a host: " + server);
        }
        String database = Optional.ofNullable(parts.group(3)).orElse("");
        String scheme = place.substring(0, place.indexOf(':'));
        String base = scheme + "://" + server + "/" + database;
        String url = prefix + server + "/" + encode(decode(database));
        Optional<String> user = Optional.of(decode(colon < 0 ? account : account.substring(0, colon)))
                .filter(name -> !name.isEmpty());
        Optional<String> reference = colon < 0 ? Optional.empty() : Optional.of(decode(account.substring(colon + 1)));
        return of(dialect, base, url, user, reference, parameters);
    }

    private static JdbcLocation file(String place, Map<String, List<String>> parameters) {
        String path = decode(place.substring(place.indexOf(':') + 1).replaceFirst("^//", ""));
        if (path.isEmpty()) {
            throw malformed("no path of a file: " + place);
        }
        return of(SqlDialect.SQLITE, place, "jdbc:sqlite:" + path, Optional.empty(), Optional.empty(), parameters);
    }

    private static JdbcLocation driver(String place, Map<String, List<String>> parameters) {
        String lower = place.toLowerCase(Locale.ROOT);
        if (INLINE_SECRET.matcher(place).find() || lower.matches("jdbc:[^/]*//[^/@]*:[^/@]*@.*")) {
            throw secret("a password stands in the location");
        }
        SqlDialect dialect = SqlDialect.ofUrl(lower);
        return of(dialect, place, place, Optional.empty(), Optional.empty(), parameters);
    }

    private static JdbcLocation of(
            SqlDialect dialect,
            String base,
            String url,
            Optional<String> user,
            Optional<String> reference,
            Map<String, List<String>> parameters) {
        Map<String, String> others = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            if (!name.equals("table") && parameter.getValue().size() > 1) {
                throw malformed("the parameter " + name + " stands there twice");
            }
            String value = parameter.getValue().get(0);
            if (SECRET_NAME.matcher(name).matches() && !REFERENCE.matcher(value).matches()) {
                throw secret("the parameter " + name + " holds a secret itself");
            }
            if (REFUSED.contains(name.toLowerCase(Locale.ROOT))) {
                throw malformed("the parameter " + name + " is not allowed: it can run code or open files here");
            }
            if (!OWN.contains(name)) {
                others.put(name, value);
            }
        }
        List<String> tables = parameters.getOrDefault("table", List.of());
        Optional<String> query = one(parameters, "query");
        if (query.isPresent() && !tables.isEmpty()) {
            throw malformed("both a table and a query are given");
        }
        return new JdbcLocation(
                dialect,
                base,
                url,
                one(parameters, "user").or(() -> user),
                one(parameters, "password").or(() -> reference),
                List.copyOf(tables),
                one(parameters, "schema"),
                query,
                timeout(one(parameters, "timeout").orElse("0")),
                others);
    }

    private static Optional<String> one(Map<String, List<String>> parameters, String name) {
        return Optional.ofNullable(parameters.get(name))
                .map(values -> values.get(0))
                .filter(text -> !text.isBlank());
    }

    private static int timeout(String text) {
        if (!text.matches("[0-9]{1,7}")) {
            throw malformed("timeout=" + text + " is no number of seconds");
        }
        return Integer.parseInt(text);
    }

    private static Map<String, List<String>> parameters(String text, boolean driver) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String part : text.split("&")) {
            int equals = part.indexOf('=');
            if (part.isEmpty()) {
                continue;
            }
            if (equals <= 0) {
                throw malformed(
                        "a parameter without a name or a value" + (driver ? "" : "; write & within a query as %26"));
            }
            parameters
                    .computeIfAbsent(decode(part.substring(0, equals)), name -> new ArrayList<>())
                    .add(decode(part.substring(equals + 1)));
        }
        return parameters;
    }

    /** The location of one table, or of a query; the same for the same table, however it was asked for. */
    String uri(Optional<TableName> table) {
        Map<String, String> parameters = new LinkedHashMap<>();
        table.ifPresent(name -> parameters.put("table", name.text()));
        query.filter(text -> table.isEmpty()).ifPresent(text -> parameters.put("query", text));
        schema.filter(text -> table.isEmpty()).ifPresent(text -> parameters.put("schema", text));
        user.ifPresent(name -> parameters.put("user", name));
        password.ifPresent(reference -> parameters.put("password", reference));
        if (timeoutSeconds > 0) {
            parameters.put("timeout", Integer.toString(timeoutSeconds));
        }
        parameters.putAll(others);
        return parameters.isEmpty()
                ? base
                : parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
                        .collect(Collectors.joining("&", base + "?", ""));
    }

    /** For messages: the place without parameters. */
    String place() {
        return user.map(name -> base.replaceFirst("://", Matcher.quoteReplacement("://" + name + "@")))
                .orElse(base);
    }

    private static String decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low >= 0) {
                out.write(high * 16 + low);
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":")
                .replace("%2F", "/")
                .replace("%22", "\"")
                .replace("%2C", ",");
    }

    private static TataraException malformed(String what) {
        return new TataraException(
                JdbcErrorCode.LOCATION_MALFORMED,
                Fault.of(what)
                        .expecting(
                                "postgresql://USER@HOST:5432/DATABASE?table=SCHEMA.TABLE&password=env:NAME, or mysql,"
                                        + " mariadb, sqlite:///PATH, jdbc:…")
                        .todo("Mend the location"));
    }

    private static TataraException secret(String what) {
        return new TataraException(
                JdbcErrorCode.SECRET_IN_LOCATION,
                Fault.of(what)
                        .expecting("a reference: env:NAME, file:/PATH or vault:PATH#FIELD")
                        .todo("Put the password into an environment variable, and write &password=env:ITS_NAME"));
    }
}
