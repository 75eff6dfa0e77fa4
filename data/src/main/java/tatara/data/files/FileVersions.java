package tatara.data.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.data.lake.Freed;
import tatara.data.lake.Lake;
import tatara.data.lake.SafeName;
import tatara.data.lake.StorageFailure;
import tatara.data.lake.TableColumn;
import tatara.data.lake.Target;
import tatara.data.lake.Version;

/**
 * Versions of folders. What a folder holds is a table {@code raw/NAME.files} with the columns {@code path}, {@code bytes} and
 * {@code sha256}, so log, diff, tags, branches and time travel are those of any table; the content lies in {@code lake/objects}, each
 * once. Files that were not changed since they were read last are not read again. Thread-safe.
 */
public final class FileVersions {
    /** Name of the table, after that of the data. */
    public static final String TABLE = "files";

    /** Property of a version: the folder that it was made from. */
    public static final String FOLDER = "folder";

    private static final String LAYER = "raw";
    private static final String ALGORITHM = "SHA-256";
    private static final List<TableColumn> COLUMNS = List.of(
            new TableColumn("path", TableColumn.Type.VARCHAR),
            new TableColumn("bytes", TableColumn.Type.BIGINT),
            new TableColumn("sha256", TableColumn.Type.VARCHAR));
    private static final Schema SCHEMA = new Schema(
            List.of(new Field("path", Kind.TEXT), new Field("bytes", Kind.NUMBER), new Field("sha256", Kind.TEXT)));

    private final Lake lake;
    private final Path indexes;
    private final FileList lists;
    private final ObjectStore store;

    /** @param cache directory for what is remembered of files; may be lost at any time */
    public FileVersions(Lake lake, Path cache) {
        this.lake = lake;
        this.indexes = cache.resolve("files");
        this.lists = new FileList(indexes);
        this.store = new ObjectStore(lake.home().resolve("lake").resolve("objects"), ALGORITHM);
    }

    /**
     * What an {@link #add} did.
     *
     * @param version the newest; that of before if nothing changed
     * @param made whether it is a new one
     */
    public record Added(TableRef version, boolean made, FileChanges changes) {}

    /**
     * What a {@link #restore} did.
     *
     * @param written files that were missing, or other ones
     * @param kept files that were there already
     * @param others files of the folder that the version does not have; they are left alone
     */
    public record Restored(long written, long kept, long others) {}

    /**
     * Makes what a folder, or a file, holds the newest version of the data.
     *
     * @param name of the data; the table is {@code raw/NAME.files}
     * @param keeping how content comes into the store
     * @throws TataraException with a {@link FileErrorCode}; no version is made then
     */
    public Added add(Path place, String name, ObjectStore.Keeping keeping) {
        FileTree tree = FileTree.scan(place);
        if (tree.entries().isEmpty()) {
            throw new TataraException(
                    FileErrorCode.FILES_NOT_FOUND,
                    Fault.of("there is no file in " + place).expecting("at least one file"));
        }
        Seen seen = look(tree, name, keeping);
        Optional<TableRef> before = lake.current(LAYER, table(name));
        List<StoredFile> old = before.map(this::files).orElse(List.of());
        FileChanges changes = FileChanges.between(old, seen.files(), seen.read());
        if (before.isPresent() && changes.isNone()) {
            return new Added(before.get(), false, changes);
        }
        if (keeping != ObjectStore.Keeping.NONE) {
            claim(old, seen.files());
        }
        Target target = Target.main(Map.of(
                FOLDER,
                place.toAbsolutePath().normalize().toString(),
                "changes",
                changes.added().size() + " added, " + changes.changed().size() + " changed, "
                        + changes.removed().size() + " removed"));
        TableRef version = lake.replace(
                LAYER,
                table(name),
                COLUMNS,
                SCHEMA,
                out -> frames(seen.files()).forEach(out),
                "",
                new Target(
                        target.branch(),
                        target.properties(),
                        before.map(ref -> OptionalLong.of(ref.snapshot())).orElse(OptionalLong.empty()),
                        target.layout()));
        lists.write(version.snapshot(), seen.files());
        return new Added(version, true, changes);
    }

    /** Content that was in the store already may be on its way out. */
    private void claim(List<StoredFile> before, List<StoredFile> now) {
        Set<String> safe = before.stream().map(StoredFile::sha256).collect(Collectors.toSet());
        for (StoredFile file : now) {
            if (safe.add(file.sha256()) && !store.claim(file.sha256(), file.bytes())) {
                throw new TataraException(
                        FileErrorCode.FILES_CHANGING,
                        Fault.of("the content of a file was taken out of the store: " + file.path())
                                .at(store.place(file.sha256()).toString())
                                .expecting("no garbage collection while files are added")
                                .todo("Do it again; no version was made"));
            }
        }
    }

    /**
     * How a folder differs from the newest version of the data.
     *
     * @throws TataraException {@code TABLE_NOT_FOUND} if there is no version
     */
    public FileChanges status(Path place, String name) {
        TableRef version = lake.current(LAYER, table(name))
                .orElseThrow(() -> new TataraException(
                        FileErrorCode.NO_FILE_LIST,
                        Fault.of("there is no version of " + name)
                                .at(lake.home().toString())
                                .todo("Make one: tatara data add " + place)));
        Seen seen = look(FileTree.scan(place), name, ObjectStore.Keeping.NONE);
        return FileChanges.between(files(version), seen.files(), seen.read());
    }

    /**
     * The files of a version, in the order of their paths.
     *
     * @throws TataraException {@code NO_FILE_LIST} if the table lists none
     */
    public List<StoredFile> files(TableRef version) {
        if (!lists(version)) {
            throw new TataraException(
                    FileErrorCode.NO_FILE_LIST,
                    Fault.of("the table does not list files")
                            .at(version.layer() + "/" + version.name())
                            .expecting("a table that data add made"));
        }
        return lists.read(version.snapshot()).orElseGet(() -> {
            List<StoredFile> files = lake.engine()
                    .query(
                            "SELECT path, bytes, sha256 FROM " + lake.from(version),
                            row -> new StoredFile(row.getString(1), row.getLong(2), row.getString(3)));
            lists.write(version.snapshot(), files);
            return files;
        });
    }

    /** Whether a table lists files. */
    public boolean lists(TableRef version) {
        return version.layer().equals(LAYER)
                && version.name().endsWith("." + TABLE)
                && lake.types(version).equals(COLUMNS);
    }

    /**
     * Writes the files of a version into a folder. Files that have the content already are not touched.
     *
     * @param overwrite whether files with another content are replaced
     * @throws TataraException {@code FILE_IN_THE_WAY} before anything is written; {@code CONTENT_LOST}
     */
    public Restored restore(TableRef version, Path folder, boolean overwrite) {
        List<StoredFile> files = files(version);
        Path root = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            FileTree there = FileTree.scan(root);
            Map<String, FileTree.Entry> present =
                    there.entries().stream().collect(Collectors.toMap(FileTree.Entry::path, entry -> entry));
            List<StoredFile> missing = new ArrayList<>();
            List<StoredFile> doubtful = new ArrayList<>();
            for (StoredFile file : files) {
                FileTree.Entry entry = present.remove(file.path());
                (entry == null ? missing : doubtful).add(file);
            }
            List<StoredFile> other = differing(root, doubtful);
            if (!other.isEmpty() && !overwrite) {
                throw inTheWay(root, other);
            }
            missing.addAll(other);
            FileWork.each(missing, ALGORITHM, (file, digest) -> {
                Path target = inside(root, file.path());
                Files.createDirectories(target.resolveSibling(""));
                checkReal(root, target);
                store.give(file.sha256(), target, digest);
                return true;
            });
            return new Restored(missing.size(), files.size() - missing.size(), present.size());
        } catch (IOException e) {
            throw StorageFailure.of(e, root);
        }
    }

    private static List<StoredFile> differing(Path root, List<StoredFile> files) throws IOException {
        List<Boolean> equal = FileWork.each(files, ALGORITHM, (file, digest) -> {
            Path there = inside(root, file.path());
            return Files.size(there) == file.bytes() && digest.of(there).equals(file.sha256());
        });
        return IntStream.range(0, files.size())
                .filter(i -> !equal.get(i))
                .mapToObj(files::get)
                .toList();
    }

    private static TataraException inTheWay(Path root, List<StoredFile> other) {
        return new TataraException(
                FileErrorCode.FILE_IN_THE_WAY,
                Fault.of(other.size() + " files with another content are there, such as "
                                + other.get(0).path())
                        .at(root.toString())
                        .expecting("a folder without them; nothing was written")
                        .todo("Choose another folder, or replace them: --force"));
    }

    private static Path inside(Path root, String path) {
        try {
            Path target = root.resolve(path).normalize();
            if (target.startsWith(root) && !target.equals(root)) {
                return target;
            }
        } catch (InvalidPathException e) {
            throw escaping(path, root);
        }
        throw escaping(path, root);
    }

    /** A link among the folders must not lead out. */
    private static void checkReal(Path root, Path target) throws IOException {
        Path parent = target.resolveSibling("").toRealPath();
        if (!parent.startsWith(root.toRealPath()) || Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw escaping(target.toString(), root);
        }
    }

    private static TataraException escaping(String path, Path root) {
        return new TataraException(
                FileErrorCode.FILE_IN_THE_WAY,
                Fault.of("cannot be written: " + path).at(root.toString()).expecting("a file inside of the folder"));
    }

    /**
     * @param files in the order of the tree
     * @param read how many were read
     */
    private record Seen(List<StoredFile> files, long read) {}

    private Seen look(FileTree tree, String name, ObjectStore.Keeping keeping) {
        FileIndex index = FileIndex.read(indexes.resolve(SafeName.of(name + " " + tree.root()) + ".index"));
        AtomicLong read = new AtomicLong();
        try {
            List<String> hashes = FileWork.each(tree.entries(), ALGORITHM, (entry, digest) -> {
                Optional<String> known = index.hash(entry)
                        .filter(hash -> keeping == ObjectStore.Keeping.NONE || store.holds(hash, entry.bytes()));
                if (known.isPresent()) {
                    return known.get();
                }
                read.incrementAndGet();
                return read(tree, entry, keeping, digest);
            });
            if (read.get() > 0) {
                index.write(tree.entries(), hashes);
            }
            List<StoredFile> files = IntStream.range(0, hashes.size())
                    .mapToObj(i -> new StoredFile(
                            tree.entries().get(i).path(), tree.entries().get(i).bytes(), hashes.get(i)))
                    .toList();
            return new Seen(files, read.get());
        } catch (IOException e) {
            throw FileTree.unreadable(e, tree.root());
        }
    }

    private String read(FileTree tree, FileTree.Entry entry, ObjectStore.Keeping keeping, FileDigest digest)
            throws IOException {
        String hash = store.keep(tree.place(entry), keeping, digest);
        if (!tree.again(entry).equals(entry)) {
            throw new TataraException(
                    FileErrorCode.FILES_CHANGING,
                    Fault.of("a file was changed while it was read: " + entry.path())
                            .at(tree.root().toString())
                            .expecting("files that nobody writes")
                            .todo("Do it again when they are written; no version was made"));
        }
        return hash;
    }

    /**
     * Deletes content that no version lists, unless it came within the last day: an add may be under way.
     *
     * @param goes versions that are about to go
     * @param dryRun whether nothing is deleted
     */
    public Freed sweep(Predicate<TableRef> goes, Instant now, boolean dryRun) {
        Set<String> needed = new HashSet<>();
        for (TableRef table : lake.tables()) {
            if (lists(table)) {
                lake.history().all(table.layer(), table.name()).stream()
                        .map(Version::table)
                        .filter(version -> !goes.test(version) && lists(version))
                        .forEach(version -> files(version).forEach(file -> needed.add(file.sha256())));
            }
        }
        return store.sweep(needed, now.minus(Duration.ofDays(1)), dryRun);
    }

    private static List<Frame> frames(List<StoredFile> files) {
        List<Frame> frames = new ArrayList<>();
        for (int start = 0; start < files.size(); start += Frame.BATCH_ROWS) {
            List<StoredFile> part = files.subList(start, Math.min(files.size(), start + Frame.BATCH_ROWS));
            frames.add(new Frame(
                    SCHEMA,
                    List.of(
                            TextColumn.of(part.size(), row -> part.get(row).path()),
                            new NumberColumn(
                                    part.stream().mapToDouble(StoredFile::bytes).toArray()),
                            TextColumn.of(part.size(), row -> part.get(row).sha256())),
                    part.size()));
        }
        return frames;
    }

    private static String table(String name) {
        return name + "." + TABLE;
    }
}
