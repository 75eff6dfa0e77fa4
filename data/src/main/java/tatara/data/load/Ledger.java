package tatara.data.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tatara.core.evidence.TableRef;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.Lake;
import tatara.data.lake.SafeName;
import tatara.data.lake.StorageFailure;
import tatara.data.lake.Version;

/**
 * Where the state of a table's loads lies: the snapshot's properties name a file after its content, which is written before the commit, so
 * that the rows and the state they belong to appear together.
 */
final class Ledger {
    /** How the files of states end. */
    static final String STATES = ".json";

    private static final String STATE = "load.state";

    private final Lake lake;
    private final String table;
    private final Path directory;

    Ledger(Lake lake, String table) {
        this.lake = lake;
        this.table = table;
        this.directory = lake.home().resolve("lake").resolve("loads").resolve(SafeName.of(table));
    }

    /** The state that a snapshot was committed with; empty if something else than a load wrote it. */
    Optional<LoadState> state(TableRef ref) {
        Version version = lake.history().version(ref);
        Optional<String> name = stateName(version);
        if (name.isPresent()) {
            return read(directory.resolve(name.get() + STATES));
        }
        return version.operation().equals("compact") && version.parent().isPresent()
                ? lake.history()
                        .at(
                                ref.layer(),
                                ref.name(),
                                Long.toString(version.parent().getAsLong()))
                        .flatMap(this::state)
                : Optional.empty();
    }

    /** What the state that a version was committed with is called. */
    static Optional<String> stateName(Version version) {
        return Optional.ofNullable(version.properties().get(STATE));
    }

    private static Optional<LoadState> read(Path file) {
        try {
            String name = file.toString();
            return Files.isRegularFile(file)
                    ? Optional.of(RecordCodec.read(LoadState.class, name, JsonText.read(name, Files.readString(file))))
                    : Optional.empty();
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    /** Writes a state down; the properties that a snapshot has to be committed with. */
    Map<String, String> properties(LoadState state, List<String> files) {
        String text = JsonText.writePretty(RecordCodec.write(state));
        String name = hash(text);
        Path file = directory.resolve(name + STATES);
        try {
            AtomicFile.write(file, text);
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
        Map<String, String> properties = new TreeMap<>();
        properties.put(STATE, name);
        properties.put("load.mode", state.mode().name().toLowerCase(java.util.Locale.ROOT));
        state.watermark().ifPresent(watermark -> {
            properties.put("load.watermark.column", watermark.column());
            properties.put("load.watermark", watermark.shown(watermark.high()));
        });
        state.position().ifPresent(position -> properties.put("load.position", position));
        int most = 5;
        properties.put(
                "load.files",
                String.join(", ", files.subList(0, Math.min(most, files.size())))
                        + (files.size() > most ? " and " + (files.size() - most) + " more" : ""));
        return properties;
    }

    /** A file beside the states, whose directory exists. */
    Path file(String name) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw StorageFailure.of(e, directory);
        }
        return directory.resolve(name);
    }

    /** The file for the rows of a batch that are set aside. */
    Path setAside(String batch) {
        int dot = table.indexOf('.');
        return lake.home()
                .resolve("lake")
                .resolve("quarantine")
                .resolve(SafeName.of(table.substring(0, Math.max(0, dot))))
                .resolve(SafeName.of(table.substring(dot + 1)))
                .resolve(SetAside.FILE_PREFIX + batch + ".jsonl");
    }

    /** A short name for a content. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
