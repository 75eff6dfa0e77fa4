package tatara.connectors.debezium;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;

/** What a feed remembers beside its position: the names of slot and publication at the server. */
final class SlotFile {
    private final Path work;
    private final Path file;
    private final Content content;

    private SlotFile(Path work, Path file, Content content) {
        this.work = work;
        this.file = file;
        this.content = content;
    }

    private record Content(String slot, String publication) {}

    static SlotFile open(Path work, PostgresLocation location) {
        Path file = work.resolve("slot.json");
        try {
            Files.createDirectories(work);
            Content content = Files.exists(file)
                    ? RecordCodec.read(
                            Content.class, file.toString(), JsonText.read(file.toString(), Files.readString(file)))
                    : fresh(work, location);
            String slot = location.slot().orElse(content.slot());
            SlotFile opened = new SlotFile(
                    work, file, new Content(slot, location.publication().orElse(content.publication())));
            opened.write();
            return opened;
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Two homes that follow one table must not share a slot: the directory is part of its name. */
    private static Content fresh(Path work, PostgresLocation location) {
        String table = location.table().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        String name = "tatara_" + table.substring(0, Math.min(40, table.length())) + "_"
                + hash(work.toAbsolutePath().normalize() + " " + location.place());
        return new Content(name, name);
    }

    Path work() {
        return work;
    }

    String slot() {
        return content.slot();
    }

    String publication() {
        return content.publication();
    }

    private void write() {
        Path temporary = file.resolveSibling(".slot.json.partial");
        try {
            Files.writeString(temporary, JsonText.write(RecordCodec.write(content)));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static TataraException failure(Path file, IOException e) {
        return new TataraException(
                FeedErrorCode.CAPTURE_FAILED,
                Fault.of("the state of the feed cannot be read or written: " + e.getMessage())
                        .at(file.toString()),
                e);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
