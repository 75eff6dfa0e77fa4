package tatara.data.version.dvc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.data.files.FileDigest;
import tatara.data.files.FileTree;
import tatara.data.files.FileVersions;
import tatara.data.files.FileWork;
import tatara.data.files.ObjectStore;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.SafeName;
import tatara.data.lake.StorageFailure;

/**
 * Writes versions for DVC 3: the data, a {@code .dvc} file beside it, and its content in DVC's cache (and a remote that is a folder), so that
 * {@code dvc status}, {@code checkout}, {@code push} and {@code pull} work with it. Git is not touched. Thread-safe for different folders.
 */
public final class DvcExport {
    private static final String MD5 = "MD5";
    private static final Set<String> NOT_TRACKED = Set.of(".dvc", ".dvcignore", ".git", ".hg");
    private static final Set<String> YAML_WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final Lake lake;
    private final FileVersions files;

    public DvcExport(Lake lake, FileVersions files) {
        this.lake = lake;
        this.files = files;
    }

    /** How tables are written; lists of files become the files themselves. */
    public enum Format {
        PARQUET,
        CSV
    }

    /**
     * Where to.
     *
     * @param folder gets the data and the {@code .dvc} files; becomes a DVC repository if it is in none
     * @param remote a folder that also gets the content, as {@code dvc push} would bring it there
     */
    public record Destination(Path folder, Format format, Optional<Path> remote) {
        public Destination {
            folder = folder.toAbsolutePath().normalize();
            remote = remote.map(path -> path.toAbsolutePath().normalize());
        }
    }

    /**
     * What was written.
     *
     * @param data file or folder
     * @param pointer its {@code .dvc} file
     * @param md5 of the data, as DVC computes it
     */
    public record Exported(TableRef version, Path data, Path pointer, String md5, long files, long bytes) {}

    /**
     * Writes one version of a table. An earlier export that was not changed since is replaced.
     *
     * @throws TataraException {@code IN_THE_WAY}, {@code NAME_REFUSED}
     */
    public Exported export(TableRef version, Destination destination) {
        boolean folder = files.lists(version);
        String ending = "." + destination.format().name().toLowerCase(Locale.ROOT);
        Path data = destination.folder().resolve(name(version, folder) + (folder ? "" : ending));
        Path pointer = data.resolveSibling(data.getFileName() + ".dvc");
        try {
            Files.createDirectories(destination.folder());
            DvcRepository repository = DvcRepository.around(destination.folder())
                    .orElseGet(() -> DvcRepository.make(destination.folder(), destination.remote()));
            checkReplaceable(data, pointer);
            Path part = data.resolveSibling("." + data.getFileName() + ".part");
            delete(part);
            write(version, part, destination);
            delete(data);
            Files.move(part, data);
            return track(version, data, pointer, repository, destination);
        } catch (IOException e) {
            throw StorageFailure.of(e, data);
        }
    }

    private void write(TableRef version, Path part, Destination destination) {
        if (files.lists(version)) {
            files.restore(version, part, false);
            return;
        }
        String columns = lake.columns(version).stream().map(Engine::quote).collect(Collectors.joining(", "));
        String options = destination.format() == Format.CSV ? "FORMAT csv, HEADER" : "FORMAT parquet, COMPRESSION zstd";
        try (Engine engine = lake.importing(List.of(destination.folder()))) {
            engine.execute("COPY (SELECT " + columns + " FROM " + lake.from(version) + ") TO "
                    + Engine.literal(part.toString()) + " (" + options + ")");
        }
    }

    private static Exported track(
            TableRef version, Path data, Path pointer, DvcRepository repository, Destination destination)
            throws IOException {
        FileTree tree = FileTree.scan(data);
        checkNames(tree);
        ObjectStore cache = DvcRepository.objects(repository.cache());
        List<String> hashes = FileWork.each(
                tree.entries(),
                MD5,
                (entry, digest) -> cache.keep(tree.place(entry), ObjectStore.Keeping.COPY, digest));
        boolean folder = Files.isDirectory(data);
        String md5 = hashes.isEmpty() ? "" : hashes.get(0);
        byte[] list = DvcFolder.bytes(DvcData.entries(tree, hashes));
        if (folder) {
            md5 = new FileDigest(MD5).of(list) + ".dir";
            cache.put(md5, list);
        }
        if (destination.remote().isPresent()) {
            ObjectStore remote = DvcRepository.objects(destination.remote().get());
            FileWork.each(
                    tree.entries(),
                    MD5,
                    (entry, digest) -> remote.keep(tree.place(entry), ObjectStore.Keeping.COPY, digest));
            if (folder) {
                remote.put(md5, list);
            }
        }
        OptionalLong count = folder ? OptionalLong.of(tree.entries().size()) : OptionalLong.empty();
        new DvcPointer(md5, tree.bytes(), count, String.valueOf(data.getFileName()), meta(version)).write(pointer);
        return new Exported(version, data, pointer, md5, tree.entries().size(), tree.bytes());
    }

    /** Where the data is from; DVC keeps it as it is. */
    private static Map<String, Json> meta(TableRef version) {
        Map<String, Json> meta = new LinkedHashMap<>();
        meta.put(
                "tatara",
                Json.object()
                        .with("table", version.layer() + "/" + version.name())
                        .with("version", Long.toString(version.snapshot()))
                        .with("rows", version.rows()));
        return meta;
    }

    private static void checkReplaceable(Path data, Path pointer) throws IOException {
        if (!Files.exists(data)) {
            return;
        }
        boolean unchanged = Files.isRegularFile(pointer)
                && DvcData.md5(FileTree.scan(data), Files.isDirectory(data))
                        .equals(DvcPointer.read(pointer).md5());
        if (!unchanged) {
            throw new TataraException(
                    DvcErrorCode.IN_THE_WAY,
                    Fault.of("there is something that DVC does not track as it is")
                            .at(data.toString())
                            .expecting("nothing, or an earlier export without changes")
                            .todo("Move it away, or track it first: dvc add " + data));
        }
    }

    private static void checkNames(FileTree tree) {
        for (FileTree.Entry entry : tree.entries()) {
            if (Stream.of(entry.path().split("/")).anyMatch(NOT_TRACKED::contains)) {
                throw new TataraException(
                        DvcErrorCode.NAME_REFUSED,
                        Fault.of("DVC does not track a file of this name: " + entry.path())
                                .at(tree.root().toString())
                                .expecting("no part named " + String.join(", ", new TreeSet<>(NOT_TRACKED)))
                                .todo("Leave it out: add a folder without it"));
            }
        }
    }

    /** The table's name if it is one that every file system and YAML takes for a name; otherwise one made from it. */
    private static String name(TableRef version, boolean folder) {
        int dot = version.name().indexOf('.');
        String name = folder
                ? version.name().substring(0, Math.max(0, dot))
                : version.name().substring(dot + 1);
        boolean plain = name.matches("\\p{L}[\\p{L}\\p{N} _()-]*")
                && !name.endsWith(" ")
                && name.getBytes(StandardCharsets.UTF_8).length <= 200
                && !YAML_WORDS.contains(name.toLowerCase(Locale.ROOT));
        if (plain) {
            return name;
        }
        String safe = SafeName.of(name);
        return Character.isLetter(safe.charAt(0)) && !YAML_WORDS.contains(safe) ? safe : "data-" + safe;
    }

    private static void delete(Path place) throws IOException {
        if (!Files.exists(place)) {
            return;
        }
        try (Stream<Path> all = Files.walk(place)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
