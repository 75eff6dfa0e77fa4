package tatara.serve.journal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/**
 * Appends every prediction, or a sample of them, as JSON lines under {@code FOLDER/MODEL/}: {@code {"id", "at", "model",
 * "version", "purpose"?, "inputs", "output"}}. One thread writes; a request only hands its rows over, and when too many bytes are waiting they are
 * dropped and counted. Files are named by process and number, so any number of processes may log to one folder; a file is
 * finished when a later one of the same process exists, and only the last line of an unfinished one can be torn. Thread-safe.
 */
public final class PredictionLog implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(PredictionLog.class);
    private static final long CLOSE_SECONDS = 10;

    /**
     * How much is logged.
     *
     * @param sampleRate share of the predictions that is logged, 0 to 1; chosen by id, so that the same id is always in or out
     * @param queueBytes bytes waiting for the disk at most
     * @param fileBytes size at which a new file is begun
     */
    public record Settings(double sampleRate, long queueBytes, long fileBytes) {
        public Settings {
            if (!(sampleRate >= 0 && sampleRate <= 1)) {
                throw new IllegalArgumentException("sampleRate: " + sampleRate + " (expected: 0 to 1)");
            }
        }

        /** Everything, 64 MiB waiting at most, files of 64 MiB. */
        public static Settings standard() {
            return new Settings(1, 64L << 20, 64L << 20);
        }
    }

    private record Waiting(PredictionRecord predictions) {}

    private final Path folder;
    private final String process;
    private final Settings settings;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Map<String, OpenFile> files = new LinkedHashMap<>();
    private final Thread writer;
    private volatile boolean closing;

    /**
     * @param folder usually {@code HOME/predictions-log}; made with the first prediction
     * @param process part of the files' names that no other process has, such as a fresh UUID
     */
    public PredictionLog(Path folder, String process, Settings settings) {
        this.folder = folder;
        this.process = process;
        this.settings = settings;
        this.writer = new Thread(this::writeUntilClosed, "prediction-log");
        writer.setDaemon(true);
        writer.start();
    }

    /** Hands predictions over; never waits. */
    public void offer(PredictionRecord predictions) {
        if (settings.sampleRate() == 0) {
            return;
        }
        long bytes = predictions.bytes() + 200L * predictions.outputs().size();
        if (closing || waitingBytes.addAndGet(bytes) > settings.queueBytes()) {
            waitingBytes.addAndGet(-bytes);
            dropped.addAndGet(predictions.outputs().size());
            return;
        }
        queue.add(new Waiting(predictions));
    }

    /** Predictions that are on their way to the disk or there. */
    public long written() {
        return written.get();
    }

    /** Predictions that were not logged because too many were waiting, or the disk refused. */
    public long dropped() {
        return dropped.get();
    }

    /** Writes what is waiting, for ten seconds at most, and closes the files. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilClosed() {
        try {
            while (!closing || !queue.isEmpty()) {
                Waiting next = queue.poll(100, TimeUnit.MILLISECONDS);
                if (next != null) {
                    append(next.predictions());
                    if (queue.isEmpty()) {
                        flush();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            files.values().forEach(OpenFile::close);
        }
    }

    private void append(PredictionRecord predictions) {
        int done = 0;
        try {
            OpenFile file = files.computeIfAbsent(predictions.model(), model -> new OpenFile(directory(model)));
            for (int row = 0; row < predictions.outputs().size(); row++) {
                Json.Obj output = predictions.outputs().get(row);
                String id = output.find("id").orElse(Json.NULL) instanceof Json.Str text ? text.value() : "";
                if (isSampled(id)) {
                    file.write(line(predictions, row, id, output));
                    written.incrementAndGet();
                }
                done++;
            }
        } catch (IOException e) {
            dropped.addAndGet(predictions.outputs().size() - done);
            LOGGER.warn("predictions of {} can't be logged: {}", predictions.model(), e.toString());
        } finally {
            waitingBytes.addAndGet(
                    -predictions.bytes() - 200L * predictions.outputs().size());
        }
    }

    private boolean isSampled(String id) {
        return settings.sampleRate() >= 1
                || ((id.hashCode() * 0x9e37_79b9) >>> 8) / (double) (1 << 24) < settings.sampleRate();
    }

    private static Json.Obj line(PredictionRecord predictions, int row, String id, Json.Obj output) {
        Map<String, Json> answer = new LinkedHashMap<>(output.members());
        answer.remove("id");
        Map<String, Json> line = new LinkedHashMap<>();
        line.put("id", Json.string(id));
        line.put("at", Json.string(predictions.at().toString()));
        line.put("model", Json.string(predictions.model()));
        line.put("version", new Json.Num((long) predictions.version()));
        predictions.purpose().ifPresent(purpose -> line.put("purpose", Json.string(purpose)));
        line.put("inputs", predictions.inputs().get(row));
        line.put("output", new Json.Obj(answer));
        return new Json.Obj(line);
    }

    private void flush() {
        for (OpenFile file : files.values()) {
            file.flush();
        }
    }

    /** The name is a path segment already; the encoding keeps a hostile one inside the folder. */
    private Path directory(String model) {
        String name = URLEncoder.encode(model, StandardCharsets.UTF_8);
        return folder.resolve(name.startsWith(".") ? "%2E" + name.substring(1) : name);
    }

    /** The file that a model's predictions go to now; used by the writing thread only. */
    private final class OpenFile {
        private final Path directory;
        private int number;
        private long size;
        private @org.jspecify.annotations.Nullable BufferedWriter out;

        OpenFile(Path directory) {
            this.directory = directory;
        }

        void write(Json.Obj line) throws IOException {
            String text = JsonText.write(line);
            BufferedWriter open = out;
            if (open == null || (size > 0 && size + text.length() > settings.fileBytes())) {
                close();
                open = begin();
            }
            try {
                open.write(text);
                open.write('\n');
                size += text.length() + 1;
            } catch (IOException e) {
                close();
                throw e;
            }
        }

        private BufferedWriter begin() throws IOException {
            Files.createDirectories(directory);
            number++;
            size = 0;
            Path file = directory.resolve("predictions-" + process + "-" + String.format("%06d", number) + ".jsonl");
            OutputStream bytes = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            BufferedWriter begun = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), 1 << 16);
            out = begun;
            return begun;
        }

        void flush() {
            if (out != null) {
                try {
                    out.flush();
                } catch (IOException e) {
                    LOGGER.warn("predictions can't be logged: {}", e.toString());
                    close();
                }
            }
        }

        void close() {
            BufferedWriter open = out;
            out = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    LOGGER.warn("predictions can't be logged: {}", e.toString());
                }
            }
        }
    }
}
