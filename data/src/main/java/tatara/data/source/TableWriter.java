package tatara.data.source;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Frame;
import tatara.core.frame.Schema;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.Engine;
import tatara.data.lake.StorageFailure;

/**
 * Writes frames to a file whose extension says the format: {@code .csv}, {@code .tsv}, {@code .jsonl}, {@code .ndjson}, {@code .json}
 * (one object a line), {@code .parquet}; text formats also with {@code .gz}. The file is there whole or not at all.
 */
public final class TableWriter {
    private static final int MEMORY_MEGABYTES = 512;

    private final Path cache;

    /** @param cache directory for temporary files of the Parquet writer */
    public TableWriter(Path cache) {
        this.cache = cache.toAbsolutePath().normalize();
    }

    /**
     * Writes all frames that the producer gives.
     *
     * @param producer called on this thread with what takes the frames
     * @throws TataraException {@code INVALID_ARGUMENT} for an unknown extension, {@code NOT_WRITABLE}, {@code DISK_FULL}
     */
    public void write(Path file, Schema schema, Consumer<Consumer<Frame>> producer) {
        Path target = file.toAbsolutePath().normalize();
        String name = target.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean gzip = name.endsWith(".gz");
        String bare = gzip ? name.substring(0, name.length() - 3) : name;
        String extension = bare.substring(bare.lastIndexOf('.') + 1);
        Path temporary = AtomicFile.temporary(target);
        try {
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            switch (extension) {
                case "csv" -> text(temporary, gzip, producer, out -> new DelimitedText(out, ',', schema));
                case "tsv", "tab" -> text(temporary, gzip, producer, out -> new DelimitedText(out, '\t', schema));
                case "json", "jsonl", "ndjson" -> text(temporary, gzip, producer, JsonLines::new);
                case "parquet" -> parquet(temporary, schema, producer);
                default ->
                    throw new TataraException(
                            CoreErrorCode.INVALID_ARGUMENT,
                            Fault.of("unknown output format: " + file)
                                    .expecting("a name that ends with .csv, .tsv, .jsonl or .parquet")
                                    .todo("Correct --output"));
            }
            AtomicFile.move(temporary, target);
        } catch (IOException e) {
            throw StorageFailure.of(e, target);
        } catch (UncheckedIOException e) {
            throw StorageFailure.of(Objects.requireNonNull(e.getCause()), target);
        } finally {
            delete(temporary);
        }
    }

    private static void delete(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw StorageFailure.of(e, temporary);
        }
    }

    /** Writes the frames of one text format. */
    interface FrameText {
        void write(Frame frame) throws IOException;
    }

    /** Makes such a writer; a header is written at once. */
    private interface TextFormat {
        FrameText over(Writer out) throws IOException;
    }

    private static void text(Path file, boolean gzip, Consumer<Consumer<Frame>> producer, TextFormat format)
            throws IOException {
        try (OutputStream bytes = Files.newOutputStream(file);
                OutputStream packed = gzip ? new GZIPOutputStream(bytes, 1 << 16) : bytes;
                Writer out =
                        new java.io.BufferedWriter(new OutputStreamWriter(packed, StandardCharsets.UTF_8), 1 << 16)) {
            FrameText text = format.over(out);
            producer.accept(frame -> {
                try {
                    text.write(frame);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private void parquet(Path file, Schema schema, Consumer<Consumer<Frame>> producer) {
        Path directory = Objects.requireNonNull(file.getParent());
        Engine.Settings settings = new Engine.Settings(cache.resolve("spill"), MEMORY_MEGABYTES, 2, List.of(directory));
        try (Engine engine = new Engine(settings)) {
            engine.copy(file, schema, producer);
        }
    }
}
