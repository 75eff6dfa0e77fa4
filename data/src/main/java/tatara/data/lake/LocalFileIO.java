package tatara.data.lake;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import org.apache.iceberg.Files;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** Iceberg's files on the local disk, without Hadoop. Public, with a public constructor, because Iceberg makes it by name. */
public final class LocalFileIO implements FileIO {
    private static final long serialVersionUID = 1L;

    public LocalFileIO() {}

    @Override
    public InputFile newInputFile(String path) {
        if (path.endsWith(".metadata.json")) {
            checkEnd(file(path));
        }
        return Files.localInput(file(path));
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return Files.localOutput(file(path));
    }

    @Override
    public void deleteFile(String path) {
        File file = file(path);
        if (!file.delete() && file.exists()) {
            throw new org.apache.iceberg.exceptions.RuntimeIOException("cannot delete %s", path);
        }
    }

    /** Iceberg would try for minutes to read metadata that was cut off; what it takes for missing it gives up at once. */
    private static void checkEnd(File file) {
        try (RandomAccessFile content = new RandomAccessFile(file, "r")) {
            long last = content.length() - 1;
            content.seek(Math.max(0, last));
            if (last < 0 || content.read() != '}') {
                throw new NotFoundException("%s is cut off", file);
            }
        } catch (IOException e) {
            throw new NotFoundException(e, "cannot read %s", file);
        }
    }

    private static File file(String path) {
        return new File(path.startsWith("file:") ? path.substring("file:".length()) : path);
    }
}
