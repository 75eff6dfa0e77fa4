package tatara.data.lake;

import java.io.File;
import org.apache.iceberg.Files;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** Iceberg's files on the local disk, without Hadoop. Public, with a public constructor, because Iceberg makes it by name. */
public final class LocalFileIO implements FileIO {
    private static final long serialVersionUID = 1L;

    public LocalFileIO() {}

    @Override
    public InputFile newInputFile(String path) {
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

    private static File file(String path) {
        return new File(path.startsWith("file:") ? path.substring("file:".length()) : path);
    }
}
