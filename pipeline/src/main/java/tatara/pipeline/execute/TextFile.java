package tatara.pipeline.execute;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tatara.core.error.Problem;
import tatara.core.error.ProblemsException;

/** Reads documents that people may have edited. */
public final class TextFile {
    private TextFile() {}

    /**
     * The whole text, as UTF-8.
     *
     * @throws ProblemsException if it is a folder, or no text
     */
    public static String read(Path file) {
        if (Files.isDirectory(file)) {
            throw problem(file, "a folder stands in the place of the document");
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw problem(file, "not a text in UTF-8");
        } catch (IOException e) {
            throw Failures.translate("reading " + file, e);
        }
    }

    private static ProblemsException problem(Path file, String message) {
        return new ProblemsException(List.of(new Problem(file.toString(), 0, "", message)));
    }
}
