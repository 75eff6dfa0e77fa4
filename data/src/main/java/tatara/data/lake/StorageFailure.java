package tatara.data.lake;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Tells from an I/O failure who has to act: a full disk and a missing permission have their own codes. */
public final class StorageFailure {
    private StorageFailure() {}

    /** The failure of writing to, or reading from, a path of the program's own. */
    public static TataraException of(IOException e, Path path) {
        String message = String.valueOf(e.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("disk quota exceeded")) {
            return diskFull(message, e);
        }
        boolean denied = e instanceof AccessDeniedException
                || lower.contains("permission denied")
                || e instanceof NoSuchFileException
                || lower.contains("read-only file system")
                || lower.contains("readonly database");
        if (denied || (e instanceof FileSystemException && lower.contains("not a directory"))) {
            return new TataraException(
                    CoreErrorCode.NOT_WRITABLE,
                    Fault.of("cannot write: " + message)
                            .at(path.toString())
                            .expecting("a directory that this user may write to")
                            .todo("Change its permissions, or choose another place"),
                    e);
        }
        return new TataraException(
                DataErrorCode.STORAGE_FAILED,
                Fault.of(e.getClass().getSimpleName() + ": " + message).at(path.toString()),
                e);
    }

    static TataraException diskFull(String message, Exception cause) {
        return new TataraException(
                CoreErrorCode.DISK_FULL,
                Fault.of("the disk is full: " + message.lines().findFirst().orElse(""))
                        .todo(
                                "Free space, or give another place with --home, and run again: what was finished is kept"),
                cause);
    }
}
