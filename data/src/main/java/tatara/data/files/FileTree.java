package tatara.data.files;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.lake.StorageFailure;

/**
 * All files below a folder, at any depth, in the order of the code points of their paths. Folders without files leave no trace. A link to
 * a file counts as that file.
 *
 * @param root the folder
 */
public record FileTree(Path root, List<Entry> entries) {
    /** Order of the code points, which is also that of the bytes in UTF-8. */
    public static final Comparator<String> ORDER = FileTree::compare;

    public FileTree {
        entries = List.copyOf(entries);
    }

    /**
     * A file as the folder shows it.
     *
     * @param path from the root, with {@code /}
     * @param changed nanoseconds since 1970
     * @param identity the file system's own, such as an inode; may be empty
     */
    public record Entry(String path, long bytes, long changed, String identity) {}

    /**
     * @param place a folder; a file is a folder with only that file
     * @throws TataraException {@code FILES_NOT_FOUND}, {@code FILES_NOT_READABLE}
     */
    public static FileTree scan(Path place) {
        Path absolute = place.toAbsolutePath().normalize();
        try {
            if (Files.isRegularFile(absolute)) {
                Path folder = Objects.requireNonNull(absolute.getParent());
                return new FileTree(folder, List.of(entry(folder, absolute)));
            }
            Visitor visitor = new Visitor(absolute);
            Files.walkFileTree(absolute, visitor);
            visitor.found.sort(Comparator.comparing(Entry::path, ORDER));
            return new FileTree(absolute, visitor.found);
        } catch (IOException e) {
            throw unreadable(e, absolute);
        }
    }

    /** Where a file of the tree lies. */
    public Path place(Entry entry) {
        return root.resolve(entry.path());
    }

    public long bytes() {
        return entries.stream().mapToLong(Entry::bytes).sum();
    }

    /** The file as it is now. */
    Entry again(Entry entry) {
        try {
            return entry(root, place(entry));
        } catch (IOException e) {
            throw unreadable(e, place(entry));
        }
    }

    static TataraException unreadable(IOException e, Path place) {
        if (e instanceof NoSuchFileException) {
            return new TataraException(
                    FileErrorCode.FILES_NOT_FOUND,
                    Fault.of("no such file or folder: " + e.getMessage()).todo("Check the path"),
                    e);
        }
        if (e instanceof AccessDeniedException) {
            return new TataraException(
                    FileErrorCode.FILES_NOT_READABLE,
                    Fault.of("no permission to read " + e.getMessage())
                            .expecting("files that this user may read")
                            .todo("Change their permissions (chmod -R +rX)"),
                    e);
        }
        return StorageFailure.of(e, place);
    }

    private static Entry entry(Path root, Path file) throws IOException {
        return entry(root, file, Files.readAttributes(file, BasicFileAttributes.class));
    }

    private static Entry entry(Path root, Path file, BasicFileAttributes attributes) {
        String path = file.toString().substring(root.toString().length()).replace(File.separatorChar, '/');
        Object key = attributes.fileKey();
        return new Entry(
                path.startsWith("/") ? path.substring(1) : path,
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                key == null ? "" : key.toString());
    }

    private static int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean oneOfPair = Character.isSurrogate(a) != Character.isSurrogate(b);
                return oneOfPair ? Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b)) : a - b;
            }
        }
        return left.length() - right.length();
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Entry> found = new ArrayList<>();

        Visitor(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            BasicFileAttributes target =
                    attributes.isSymbolicLink() ? Files.readAttributes(file, BasicFileAttributes.class) : attributes;
            if (!target.isRegularFile()) {
                throw new TataraException(
                        FileErrorCode.FILES_NOT_READABLE,
                        Fault.of(target.isDirectory() ? "a link to a folder" : "neither a file nor a folder")
                                .at(file.toString())
                                .expecting("files and folders")
                                .todo("Put what it means in its place, or take it away"));
            }
            found.add(entry(root, file, target));
            return FileVisitResult.CONTINUE;
        }
    }
}
