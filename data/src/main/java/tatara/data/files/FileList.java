package tatara.data.files;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.StorageFailure;

/** The files of a version as lines of text beside the lake, so that reading them needs no SQL engine. A version never changes. */
final class FileList {
    private final Path directory;

    FileList(Path directory) {
        this.directory = directory;
    }

    Optional<List<StoredFile>> read(long snapshot) {
        Path place = place(snapshot);
        if (!Files.isRegularFile(place)) {
            return Optional.empty();
        }
        try {
            List<StoredFile> files = new ArrayList<>();
            List<String> lines = Files.readAllLines(place);
            for (String line : lines.subList(1, lines.size())) {
                String[] parts = line.split("\t", 3);
                files.add(new StoredFile(FileIndex.unescaped(parts[2]), Long.parseLong(parts[1]), parts[0]));
            }
            return files.size() == Integer.parseInt(lines.get(0)) ? Optional.of(files) : Optional.empty();
        } catch (CharacterCodingException | IndexOutOfBoundsException | IllegalArgumentException damaged) {
            return Optional.empty();
        } catch (IOException e) {
            throw StorageFailure.of(e, place);
        }
    }

    void write(long snapshot, List<StoredFile> files) {
        StringBuilder text = new StringBuilder().append(files.size()).append('\n');
        for (StoredFile file : files) {
            text.append(file.sha256())
                    .append('\t')
                    .append(file.bytes())
                    .append('\t')
                    .append(FileIndex.escaped(file.path()))
                    .append('\n');
        }
        try {
            AtomicFile.write(place(snapshot), text.toString());
        } catch (IOException e) {
            throw StorageFailure.of(e, place(snapshot));
        }
    }

    private Path place(long snapshot) {
        return directory.resolve(snapshot + ".list");
    }
}
