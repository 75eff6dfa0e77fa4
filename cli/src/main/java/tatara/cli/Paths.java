package tatara.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;

/** Reads paths of files and folders; an empty one is refused, since it would mean the working directory. */
final class Paths implements CommandLine.ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
        if (text.isBlank()) {
            throw new CommandLine.TypeConversionException("the path is empty (expected: a file or a folder)");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CommandLine.TypeConversionException(
                    "path: " + text + " (expected: a path of this system; " + e.getReason() + ")");
        }
    }
}
