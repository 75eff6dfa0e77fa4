package tatara.registry.models;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.port.ModelRegistry;

/**
 * The registry in one SQLite file, usually {@code HOME/tatara.db} (T9–T12). Every change is one transaction, together with its
 * line in an append-only history. Any number of processes may use the file at once. Bundles inside the database's folder are
 * kept as relative paths, so that a home can be moved. Thread-safe.
 */
public final class SqliteRegistry implements ModelRegistry {
    private static final Set<String> STAGES = Set.of("none", "staging", "production", "archived");
    private static final int LONGEST_NAME = 200;

    private final Database database;
    private final Path folder;
    private final Clock clock;
    private final String actor;

    private SqliteRegistry(Database database, Path folder, Clock clock, String actor) {
        this.database = database;
        this.folder = folder;
        this.clock = clock;
        this.actor = actor;
    }

    /**
     * Opens the registry, and makes its tables if they are missing; the history names the operating system's user.
     *
     * @param database the file; its folder is made if it is missing
     * @throws TataraException {@link RegistryErrorCode#DATABASE_UNAVAILABLE}, {@link RegistryErrorCode#DATABASE_CORRUPT} or
     *     {@link RegistryErrorCode#DATABASE_TOO_NEW}
     */
    public static SqliteRegistry open(Path database, Clock clock) {
        return open(database, clock, System.getProperty("user.name", "unknown"));
    }

    /** Opens the registry for somebody: {@code actor} is who the history names. */
    public static SqliteRegistry open(Path database, Clock clock, String actor) {
        Path file = database.toAbsolutePath().normalize();
        Path folder = file.getParent();
        return new SqliteRegistry(Database.open(file), folder == null ? file : folder, clock, actor);
    }

    @Override
    public Version register(String model, Path bundle, String key, Map<String, String> tags) {
        checkName(model);
        if (key.isBlank()) {
            throw invalid("key: blank", "the content key of the bundle");
        }
        return database.write(connection -> {
            Optional<Version> known = select(connection, "model = ? AND content_key = ?", model, key).stream()
                    .findFirst();
            if (known.isPresent()) {
                return known.get();
            }
            int number = next(connection, model);
            Version version = new Version(
                    model, number, bundle.toAbsolutePath().normalize(), "none", key, now(), Map.copyOf(tags));
            insert(connection, version);
            record(connection, version, "", "none", "registered");
            return version;
        });
    }

    @Override
    public Version promote(String model, int version, String stage, String reason) {
        if (!STAGES.contains(stage)) {
            throw invalid("stage: " + stage, "one of none, staging, production, archived");
        }
        return database.write(connection -> {
            Version found = one(connection, model, version).orElseThrow(() -> missing(connection, model, version));
            if (found.stage().equals(stage)) {
                return found;
            }
            if (stage.equals("production")) {
                for (Version former : select(connection, "model = ? AND stage = 'production'", model)) {
                    move(connection, former, "archived", "version " + version + " takes over");
                }
            }
            return move(connection, found, stage, reason);
        });
    }

    @Override
    public Optional<Version> production(String model) {
        return database.read(connection -> select(connection, "model = ? AND stage = 'production'", model).stream()
                .findFirst());
    }

    @Override
    public Optional<Version> find(String model, int version) {
        return database.read(connection -> one(connection, model, version));
    }

    @Override
    public List<Version> versions(String model) {
        return database.read(connection -> select(connection, "model = ?", model));
    }

    @Override
    public List<String> models() {
        return database.read(connection -> {
            List<String> names = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("SELECT DISTINCT model FROM registry_version ORDER BY model")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return List.copyOf(names);
        });
    }

    /** The newest line of the history: one look-up in an index. */
    @Override
    public long revision() {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("SELECT coalesce(max(sequence), 0) FROM registry_history")) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    /** Every stage that every version of a model has had, oldest first. */
    public List<StageChange> history(String model) {
        return database.read(connection -> {
            List<StageChange> changes = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT sequence, version, from_stage, to_stage, actor, at_micros, reason FROM registry_history"
                            + " WHERE model = ? ORDER BY sequence")) {
                statement.setString(1, model);
                ResultSet row = statement.executeQuery();
                while (row.next()) {
                    changes.add(new StageChange(
                            row.getLong(1),
                            model,
                            row.getInt(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            instant(row.getLong(6)),
                            row.getString(7)));
                }
            }
            return List.copyOf(changes);
        });
    }

    @Override
    public void close() {
        database.close();
    }

    private Version move(Connection connection, Version version, String stage, String reason) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE registry_version SET stage = ? WHERE model = ? AND version = ?")) {
            statement.setString(1, stage);
            statement.setString(2, version.model());
            statement.setInt(3, version.version());
            statement.executeUpdate();
        }
        record(connection, version, version.stage(), stage, reason);
        return new Version(
                version.model(),
                version.version(),
                version.bundle(),
                stage,
                version.key(),
                version.created(),
                version.tags());
    }

    private void record(Connection connection, Version version, String from, String to, String reason)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO registry_history (model, version, from_stage, to_stage, actor, at_micros, reason)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            statement.setString(1, version.model());
            statement.setInt(2, version.version());
            statement.setString(3, from);
            statement.setString(4, to);
            statement.setString(5, actor);
            statement.setLong(6, micros(now()));
            statement.setString(7, reason);
            statement.executeUpdate();
        }
    }

    private void insert(Connection connection, Version version) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO registry_version (model, version, bundle, stage, content_key, created_micros, tags)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            statement.setString(1, version.model());
            statement.setInt(2, version.version());
            statement.setString(3, portable(version.bundle()));
            statement.setString(4, version.stage());
            statement.setString(5, version.key());
            statement.setLong(6, micros(version.created()));
            statement.setString(7, tagText(version.tags()));
            statement.executeUpdate();
        }
    }

    private static int next(Connection connection, String model) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT coalesce(max(version), 0) + 1 FROM registry_version WHERE model = ?")) {
            statement.setString(1, model);
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getInt(1);
        }
    }

    private Optional<Version> one(Connection connection, String model, int version) throws SQLException {
        return select(connection, "model = ? AND version = " + version, model).stream()
                .findFirst();
    }

    private List<Version> select(Connection connection, String where, String... values) throws SQLException {
        List<Version> versions = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT model, version, bundle, stage, content_key, created_micros, tags FROM registry_version WHERE "
                        + where + " ORDER BY version DESC")) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                versions.add(new Version(
                        row.getString(1),
                        row.getInt(2),
                        folder.resolve(row.getString(3)).normalize(),
                        row.getString(4),
                        row.getString(5),
                        instant(row.getLong(6)),
                        tags(row.getString(7))));
            }
        }
        return List.copyOf(versions);
    }

    private String portable(Path bundle) {
        return bundle.startsWith(folder) ? folder.relativize(bundle).toString() : bundle.toString();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static String tagText(Map<String, String> tags) {
        Map<String, Json> members = new LinkedHashMap<>();
        new TreeMap<>(tags).forEach((name, value) -> members.put(name, Json.string(value)));
        return JsonText.write(new Json.Obj(members));
    }

    private static Map<String, String> tags(String text) {
        Map<String, String> tags = new TreeMap<>();
        if (JsonText.read("registry tags", text) instanceof Json.Obj object) {
            object.members().forEach((name, value) -> {
                if (value instanceof Json.Str string) {
                    tags.put(name, string.value());
                }
            });
        }
        return Map.copyOf(tags);
    }

    private static void checkName(String model) {
        boolean unusable = model.isBlank()
                || model.length() > LONGEST_NAME
                || model.equals(".")
                || model.equals("..")
                || model.chars().anyMatch(letter -> letter < ' ' || letter == 127 || "/\\:?#%".indexOf(letter) >= 0);
        if (unusable) {
            throw invalid(
                    "model name: " + model,
                    "1 to " + LONGEST_NAME + " characters without control characters and none of / \\ : ? # %");
        }
    }

    private static TataraException invalid(String what, String expected) {
        return new TataraException(
                RegistryErrorCode.INVALID_ENTRY, Fault.of(what).expecting(expected));
    }

    private TataraException missing(Connection connection, String model, int version) {
        String known;
        try {
            known = select(connection, "model = ?", model).stream()
                    .map(each -> Integer.toString(each.version()))
                    .reduce((newer, older) -> older + ", " + newer)
                    .map(numbers -> "one of the versions " + numbers)
                    .orElse("a model that is registered");
        } catch (SQLException e) {
            throw new TataraException(
                    RegistryErrorCode.DATABASE_UNAVAILABLE,
                    Fault.of("the registry can't be read: " + e.getMessage()),
                    e);
        }
        return new TataraException(
                RegistryErrorCode.VERSION_NOT_FOUND,
                Fault.of("model " + model + " has no version " + version).expecting(known));
    }
}
