package tatara.data.source.remote;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import tatara.core.error.TataraException;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.core.port.RemoteObject;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.StorageFailure;

/** Remembers what was copied into a directory: one JSON line for each object, written as soon as its copy is whole. Thread-safe. */
final class CopyRecords {
    private final Path file;

    CopyRecords(Path file) {
        this.file = file;
    }

    /**
     * One line of the file.
     *
     * @param uri of the object; empty in the line that says that the location is copied as a whole
     * @param path of the copy, relative
     * @param bytes size of the copy
     */
    record Copy(String uri, String path, long bytes, String version) {
        private static final Copy WHOLE = new Copy("", "", 0, "");

        static Copy of(RemoteObject object, String path, long bytes) {
            return new Copy(object.uri(), path, bytes, object.version());
        }
    }

    /** Copies by their path, and whether they are all that was at the location. */
    record Content(Map<String, Copy> copies, boolean whole) {}

    /** What is recorded; a line that a killed process left half-written ends it. */
    Content read() {
        Map<String, Copy> copies = new LinkedHashMap<>();
        boolean whole = false;
        try {
            if (!Files.isRegularFile(file)) {
                return new Content(copies, false);
            }
            for (String line : Files.readAllLines(file)) {
                Copy copy = RecordCodec.read(Copy.class, file.toString(), JsonText.read(file.toString(), line));
                whole = copy.uri().isEmpty();
                if (!whole) {
                    copies.put(copy.path(), copy);
                }
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        } catch (TataraException cut) {
            return new Content(copies, false);
        }
        return new Content(copies, whole);
    }

    /** Replaces all lines. */
    void write(Collection<Copy> copies, boolean whole) {
        StringBuilder text = new StringBuilder();
        copies.forEach(copy -> text.append(line(copy)));
        if (whole) {
            text.append(line(Copy.WHOLE));
        }
        try {
            AtomicFile.write(file, text.toString());
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    /** Adds a line. */
    synchronized void add(Copy copy) {
        try (Writer out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(line(copy));
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    private static String line(Copy copy) {
        return JsonText.write(RecordCodec.write(copy)) + "\n";
    }
}
