package tatara.data.version.dvc;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.files.FileDigest;
import tatara.data.files.FileTree;
import tatara.data.files.FileWork;
import tatara.data.files.ObjectStore;
import tatara.data.lake.StorageFailure;

/** Data that DVC tracks, found by its {@code .dvc} file; nothing in DVC's folders is changed. */
public final class DvcData {
    private static final String MD5 = "MD5";

    private DvcData() {}

    /** Whether a place is a {@code .dvc} file. */
    public static boolean isPointer(Path place) {
        return place.toString().endsWith(".dvc") && Files.isRegularFile(place);
    }

    /** Whether what a {@code .dvc} file tracks lies where it says, with whatever content. */
    public static boolean isInPlace(Path pointer) {
        return Files.exists(place(pointer, DvcPointer.read(pointer)));
    }

    private static Path place(Path pointer, DvcPointer tracked) {
        return pointer.toAbsolutePath().resolveSibling(tracked.path()).normalize();
    }

    /**
     * The file or folder that a {@code .dvc} file tracks: in its place if it is there, otherwise from DVC's cache or a remote in a folder of
     * this machine. Every byte is checked against the MD5.
     *
     * @param cache directory that gets what is not in its place, by hash
     * @throws TataraException with a {@link DvcErrorCode}
     */
    public static Path resolve(Path pointer, Path cache) {
        DvcPointer tracked = DvcPointer.read(pointer);
        Path place = place(pointer, tracked);
        try {
            if (Files.exists(place)) {
                check(pointer, tracked, place);
                return place;
            }
            for (ObjectStore store : stores(pointer)) {
                if (Files.isRegularFile(store.place(tracked.md5()))) {
                    return fetch(
                            store,
                            tracked,
                            cache.resolve("dvc").resolve(tracked.md5()),
                            String.valueOf(place.getFileName()));
                }
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, place);
        }
        throw new TataraException(
                DvcErrorCode.DATA_ABSENT,
                Fault.of("the data of the .dvc file is not on this machine: " + tracked.path())
                        .at(pointer.toString())
                        .expecting("the data in its place, in DVC's cache, or in a remote that is a folder")
                        .todo("Bring it: dvc pull " + pointer));
    }

    /** The hash of a file or folder as DVC computes it. */
    static String md5(FileTree tree, boolean folder) throws IOException {
        List<String> hashes = FileWork.each(tree.entries(), MD5, (entry, digest) -> digest.of(tree.place(entry)));
        return folder ? new FileDigest(MD5).of(DvcFolder.bytes(entries(tree, hashes))) + ".dir" : hashes.get(0);
    }

    static List<DvcFolder.Entry> entries(FileTree tree, List<String> hashes) {
        List<DvcFolder.Entry> entries = new ArrayList<>();
        for (int i = 0; i < hashes.size(); i++) {
            entries.add(new DvcFolder.Entry(hashes.get(i), tree.entries().get(i).path()));
        }
        return entries;
    }

    private static void check(Path pointer, DvcPointer tracked, Path place) throws IOException {
        boolean folder = Files.isDirectory(place);
        String found = md5(FileTree.scan(place), folder);
        if (!found.equals(tracked.md5())) {
            throw new TataraException(
                    DvcErrorCode.DATA_DIFFERS,
                    Fault.of("the data has another content than its .dvc file says: md5 " + found)
                            .at(place.toString())
                            .expecting("md5 " + tracked.md5() + ", as in " + pointer)
                            .todo("Bring back what is tracked (dvc checkout), track what is there (dvc add), or give "
                                    + place.getFileName() + " itself"));
        }
    }

    private static List<ObjectStore> stores(Path pointer) {
        List<ObjectStore> stores = new ArrayList<>();
        DvcRepository.around(pointer.toAbsolutePath().resolveSibling("")).ifPresent(repository -> {
            stores.add(DvcRepository.objects(repository.cache()));
            repository.remotes().forEach(remote -> stores.add(DvcRepository.objects(remote)));
        });
        return stores;
    }

    private static Path fetch(ObjectStore store, DvcPointer tracked, Path folder, String name) throws IOException {
        Path whole = folder.resolve(name);
        if (Files.exists(whole)) {
            return whole;
        }
        Files.createDirectories(folder);
        if (!tracked.isFolder()) {
            store.give(tracked.md5(), whole, new FileDigest(MD5));
            return whole;
        }
        byte[] list = Files.readAllBytes(store.place(tracked.md5()));
        if (!(new FileDigest(MD5).of(list) + ".dir").equals(tracked.md5())) {
            throw damaged(store.place(tracked.md5()), "the list of the folder's files was changed");
        }
        Path part = Files.createTempDirectory(folder, ".part");
        FileWork.each(DvcFolder.read(tracked.md5(), list), MD5, (entry, digest) -> {
            Path target = part.resolve(entry.path()).normalize();
            if (!target.startsWith(part) || !entry.md5().matches("[0-9a-f]{32}")) {
                throw damaged(store.place(tracked.md5()), "a file of the folder would lie outside: " + entry.path());
            }
            Files.createDirectories(target.resolveSibling(""));
            store.give(entry.md5(), target, digest);
            return true;
        });
        try {
            Files.move(part, whole);
        } catch (FileAlreadyExistsException otherWasFaster) {
            return whole;
        }
        return whole;
    }

    private static TataraException damaged(Path object, String what) {
        return new TataraException(
                DvcErrorCode.DATA_DIFFERS,
                Fault.of(what).at(object.toString()).todo("Bring it anew: delete the file, then dvc fetch"));
    }
}
