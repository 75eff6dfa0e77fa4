package tatara.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Writes pages to files that are there whole or not at all. */
final class Pages {
    private Pages() {}

    static void write(Path file, String page) {
        Path target = file.toAbsolutePath().normalize();
        Path folder = Optional.ofNullable(target.getParent()).orElse(target);
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, ".page", ".html");
            Files.writeString(temporary, page);
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new TataraException(
                    CoreErrorCode.NOT_WRITABLE,
                    Fault.of("the page cannot be written: " + e.getMessage())
                            .at(target.toString())
                            .todo("Choose another file with --to"),
                    e);
        }
    }
}
