package tatara.data.retention;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tatara.core.error.TataraException;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.Engine;
import tatara.data.lake.StorageFailure;

/**
 * Takes texts out of the files of a home that are no tables of the lake: lines of journals and logs go, results of steps and caches go
 * whole (a run makes them anew), in other files the text is replaced. May be done again. Not thread-safe.
 */
final class HomeFiles {
    private static final Pattern PREDICTION = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]{16,100})\"");

    private final Path home;
    private final Engine engine;
    private final Set<Path> bundles;
    private final List<String> touched = new ArrayList<>();

    /** @param bundles directories of registered models, which stay */
    HomeFiles(Path home, Engine engine, Set<Path> bundles) {
        this.home = home;
        this.engine = engine;
        this.bundles = bundles;
    }

    /** Takes the texts out; returns what was touched, relative to the home. */
    List<String> clean(Set<String> texts) {
        Set<String> all = new TreeSet<>(texts);
        Needles needles = new Needles(texts);
        Set<String> predictions = new TreeSet<>();
        for (Path file : files()) {
            if (name(file).endsWith(".jsonl") && !isKept(file)) {
                lines(file, needles, predictions);
            }
        }
        all.addAll(predictions);
        Needles every = new Needles(all);
        for (Path file : files()) {
            if (!isKept(file)) {
                clean(file, every, all);
            }
        }
        for (Path file : files()) {
            if (name(file).endsWith(".db")) {
                database(file, every);
            }
        }
        return List.copyOf(touched);
    }

    /** Takes away the results of steps that name a table of these, which are no longer what they were. */
    List<String> dropResults(Set<String> tables) {
        Needles names = new Needles(tables);
        for (Path file : files()) {
            Path path = home.relativize(file);
            if (path.startsWith("artifacts")
                    && name(file).equals("result.json")
                    && path.getNameCount() == 4
                    && bundles.stream().noneMatch(bundle -> bundle.startsWith(String.valueOf(file.getParent())))
                    && holds(file, names)) {
                deleteAll(home.resolve(path.subpath(0, 3)));
            }
        }
        return List.copyOf(touched);
    }

    /** Where the texts still are, relative to the home. */
    List<String> search(Set<String> texts) {
        Needles needles = new Needles(texts);
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            boolean parquet = name(file).endsWith(".parquet");
            if (!name(file).endsWith("pending.json") && (holds(file, needles) || (parquet && decoded(file, texts)))) {
                found.add(home.relativize(file).toString());
            }
        }
        return found;
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw StorageFailure.of(e, home);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** Tables are made anew; the journal of the forgetting goes in the end. */
    private boolean isKept(Path file) {
        Path path = home.relativize(file);
        boolean table = path.startsWith("lake") && path.getNameCount() > 3 && !path.startsWith(Path.of("lake", "quarantine"));
        return table || path.startsWith(Forgetting.JOURNAL) || name(file).endsWith(".db") || name(file).contains(".db-");
    }

    private void lines(Path file, Needles needles, Set<String> predictions) {
        byte[] bytes = read(file);
        if (!needles.isIn(bytes)) {
            return;
        }
        StringBuilder kept = new StringBuilder();
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("(?<=\n)")) {
            if (needles.isIn(line.getBytes(StandardCharsets.UTF_8))) {
                Matcher matcher = PREDICTION.matcher(line);
                while (matcher.find()) {
                    predictions.add(matcher.group(1));
                }
            } else {
                kept.append(line);
            }
        }
        write(file, kept.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void clean(Path file, Needles needles, Set<String> texts) {
        boolean parquet = name(file).endsWith(".parquet");
        if (!Files.exists(file) || !(holds(file, needles) || (parquet && decoded(file, texts)))) {
            return;
        }
        Path path = home.relativize(file);
        boolean bundle = bundles.stream().anyMatch(file::startsWith);
        if (path.startsWith("artifacts") && path.getNameCount() > 3 && !bundle) {
            deleteAll(home.resolve(path.subpath(0, 3)));
        } else if (path.startsWith("cache") || (parquet && !bundle)) {
            deleteAll(file);
        } else if (name(file).endsWith(".jsonl")) {
            lines(file, needles, new TreeSet<>());
        } else if (name(file).endsWith(".gz")) {
            write(file, zipped(needles.without(unzipped(file), false)));
        } else {
            write(file, needles.without(read(file), bundle));
        }
    }

    private void database(Path file, Needles needles) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("PRAGMA secure_delete = ON");
            if (holds(file, needles) || holds(file.resolveSibling(name(file) + "-wal"), needles)) {
                for (String table : texts(statement, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")) {
                    rows(connection, table, needles);
                }
                touched.add(home.relativize(file).toString());
            }
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            statement.execute("VACUUM");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw StorageFailure.of(new IOException(e.getMessage(), e), file);
        }
    }

    private static List<String> texts(Statement statement, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static void rows(Connection connection, String table, Needles needles) throws SQLException {
        String quoted = Engine.quote(table);
        try (Statement statement = connection.createStatement()) {
            List<String> columns = texts(statement, "SELECT name FROM pragma_table_info(" + Engine.literal(table) + ")");
            for (String column : columns) {
                String name = Engine.quote(column);
                for (String value : texts(
                        statement, "SELECT DISTINCT " + name + " FROM " + quoted + " WHERE typeof(" + name + ") = 'text'")) {
                    if (needles.isIn(value.getBytes(StandardCharsets.UTF_8))) {
                        statement.execute("DELETE FROM " + quoted + " WHERE " + name + " = " + Engine.literal(value));
                    }
                }
            }
        }
    }

    private boolean holds(Path file, Needles needles) {
        return Files.exists(file) && needles.isIn(name(file).endsWith(".gz") ? unzipped(file) : read(file));
    }

    /** Whether a Parquet file holds one of the texts in a column, however it is encoded. */
    private boolean decoded(Path file, Set<String> texts) {
        String source = "read_parquet(" + Engine.literal(file.toString()) + ")";
        String values = String.join(", ", texts.stream().map(text -> "(" + Engine.literal(text) + ")").toList());
        if (texts.isEmpty()) {
            return false;
        }
        try {
            List<String> columns = engine.query("DESCRIBE SELECT * FROM " + source, row -> row.getString(1));
            for (String column : columns) {
                String sql = "SELECT 1 FROM (SELECT DISTINCT CAST(" + Engine.quote(column) + " AS VARCHAR) AS c FROM "
                        + source + ") JOIN (VALUES " + values + ") t(v) ON c = v LIMIT 1";
                if (engine.first(sql, row -> row.getInt(1)).isPresent()) {
                    return true;
                }
            }
            return false;
        } catch (TataraException notParquet) {
            return false;
        }
    }

    private byte[] unzipped(Path file) {
        byte[] bytes = read(file);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException notZipped) {
            return bytes;
        }
    }

    private static byte[] zipped(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw StorageFailure.of(e, Path.of(""));
        }
        return out.toByteArray();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    private void write(Path file, byte[] bytes) {
        try {
            Path temporary = AtomicFile.temporary(file);
            Files.write(temporary, bytes);
            AtomicFile.move(temporary, file);
            touched.add(home.relativize(file).toString());
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    private void deleteAll(Path place) {
        deleteTree(place);
        touched.add(home.relativize(place).toString());
    }

    static void deleteTree(Path place) {
        if (!Files.exists(place)) {
            return;
        }
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, place);
        }
    }
}
