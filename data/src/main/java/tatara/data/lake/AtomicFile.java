package tatara.data.lake;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes a text so that a reader sees the old file or the whole new one. */
    public static void write(Path file, String text) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Path temporary = temporary(file);
        Files.writeString(temporary, text);
        move(temporary, file);
    }

    /** The name beside a file under which it is written first. */
    public static Path temporary(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".partial");
    }

    /** Puts a finished temporary file in its place. */
    public static void move(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
