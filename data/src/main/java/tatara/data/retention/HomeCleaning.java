package tatara.data.retention;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.Engine;
import tatara.data.lake.StorageFailure;

/**
 * Takes traces out of the files of a home that are no tables of the lake. Caches go whole, and so do results of steps, which a run makes
 * anew; lines of journals go; texts are replaced, in models by stars of the same length. May be done again. Not thread-safe.
 */
final class HomeCleaning {
    private static final Pattern PREDICTION = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-fA-F-]{16,100})\"");

    private final HomeTree tree;
    private final Engine engine;
    private final Set<Path> bundles;
    private final Set<String> touched = new TreeSet<>();

    /** @param bundles directories of registered models, which stay */
    HomeCleaning(HomeTree tree, Engine engine, Set<Path> bundles) {
        this.tree = tree;
        this.engine = engine;
        this.bundles = bundles;
    }

    /** The ids of predictions about the person, as journals have them. */
    static List<String> predictions(HomeTree tree, Traces traces) {
        Needles needles = new Needles(traces);
        Set<String> predictions = new TreeSet<>();
        for (Path file : tree.files()) {
            if (file.toString().endsWith(".jsonl") && file.toString().contains("predictions-log")) {
                for (String line : lines(read(file))) {
                    if (needles.isIn(line)) {
                        Matcher matcher = PREDICTION.matcher(line);
                        if (matcher.find()) {
                            predictions.add(matcher.group(1));
                        }
                    }
                }
            }
        }
        return List.copyOf(predictions);
    }

    /**
     * Takes the traces out; returns what was touched, relative to the home.
     *
     * @param tables names of tables that were made anew: results of steps that name them go
     */
    List<String> clean(Traces traces, Set<String> tables) {
        HomeTree.delete(tree.home().resolve("cache"));
        Traces named = new Traces(
                tables.stream().map(name -> new Trace(name, List.of())).toList(), Map.of());
        dropResults(new Needles(named));
        Needles needles = new Needles(traces);
        Unpacked unpacked = new Unpacked(engine, traces);
        for (Path file : tree.files()) {
            if (Files.exists(file) && !tree.isTable(file)) {
                clean(file, needles, traces, unpacked);
            }
        }
        return List.copyOf(touched);
    }

    private void dropResults(Needles names) {
        for (Path file : tree.files()) {
            Path path = tree.relative(file);
            if (path.startsWith("artifacts")
                    && file.endsWith("result.json")
                    && path.getNameCount() == 4
                    && bundles.stream().noneMatch(bundle -> bundle.startsWith(file.resolveSibling("")))
                    && names.isIn(read(file))) {
                drop(tree.home().resolve(path.subpath(0, 3)));
            }
        }
    }

    private void clean(Path file, Needles needles, Traces traces, Unpacked unpacked) {
        String name = String.valueOf(file.getFileName());
        try {
            if (DatabaseRows.isDatabase(file)) {
                if (new DatabaseRows(file, traces).clean() > 0) {
                    touched.add(tree.relative(file).toString());
                }
                return;
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
        if (name.endsWith(".db-wal") || name.endsWith(".db-shm") || !holds(file, unpacked)) {
            return;
        }
        Path path = tree.relative(file);
        boolean bundle = bundles.stream().anyMatch(file::startsWith);
        byte[] bytes = read(file);
        if (path.startsWith("artifacts") && path.getNameCount() > 3 && !bundle) {
            drop(tree.home().resolve(path.subpath(0, 3)));
        } else if (tree.isJournal(file)) {
            write(file, withoutLines(bytes, needles));
        } else if (bundle) {
            write(file, needles.starred(bytes));
        } else if (name.endsWith(".gz")) {
            write(file, zipped(needles.without(unzipped(bytes)), file));
        } else if (isText(bytes) && !tree.isObject(file)) {
            write(file, needles.without(bytes));
        } else {
            drop(file);
        }
    }

    /** A file that cannot be read as what it is stays; the search will say so. */
    private static boolean holds(Path file, Unpacked unpacked) {
        try {
            return unpacked.holds(file);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static List<String> lines(byte[] bytes) {
        return List.of(new String(bytes, StandardCharsets.UTF_8).split("(?<=\n)"));
    }

    private static byte[] withoutLines(byte[] bytes, Needles needles) {
        List<String> kept = new ArrayList<>(lines(bytes));
        kept.removeIf(needles::isIn);
        return String.join("", kept).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] unzipped(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException notZipped) {
            return bytes;
        }
    }

    private static byte[] zipped(byte[] bytes, Path file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
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
            touched.add(tree.relative(file).toString());
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    private void drop(Path place) {
        HomeTree.delete(place);
        touched.add(tree.relative(place).toString());
    }
}
