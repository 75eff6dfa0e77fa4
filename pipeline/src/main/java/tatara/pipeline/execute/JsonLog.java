package tatara.pipeline.execute;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tatara.core.error.TataraException;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;

/**
 * Records appended to a file, one JSON document a line. A line that a crash cut short is passed over in reading and ended in writing.
 *
 * @param type of the records
 */
public record JsonLog<T>(Path file, Class<T> type) {
    /** All whole records, in the order of writing. */
    public List<T> read() {
        List<T> records = new ArrayList<>();
        if (!Files.exists(file)) {
            return records;
        }
        String text = TextFile.read(file);
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String name = file + ":" + (i + 1);
            boolean whole = i < lines.length - 1;
            if (lines[i].isBlank()) {
                continue;
            }
            try {
                records.add(RecordCodec.read(type, name, JsonText.read(name, lines[i])));
            } catch (TataraException e) {
                if (whole && !cut(lines[i])) {
                    throw e;
                }
            }
        }
        return records;
    }

    private static boolean cut(String line) {
        return !line.endsWith("}");
    }

    public void append(T entry) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            boolean ended = !Files.exists(file) || endsLine();
            String line = (ended ? "" : "\n") + JsonText.write(RecordCodec.write(entry)) + "\n";
            Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw Failures.translate("writing " + file, e);
        }
    }

    private boolean endsLine() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() == 0) {
                return true;
            }
            java.nio.ByteBuffer last = java.nio.ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            return last.get(0) == '\n';
        }
    }
}
