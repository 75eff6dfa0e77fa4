package tatara.data.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tatara.core.evidence.TableRef;
import tatara.core.frame.Column;
import tatara.core.frame.FrameSource;
import tatara.core.frame.TextColumn;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.spec.DataArgument;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;

/** A home with files around it, for tests. */
final class SourceHome implements AutoCloseable {
    final Path files;
    final Lake lake;
    final Sources sources;
    final Ingestion ingestion;

    SourceHome(Path directory) {
        this.files = directory.resolve("files");
        Path home = directory.resolve("home");
        this.lake = Lake.open(home, 1_000, 2);
        this.sources = new Sources(home.resolve("cache"));
        this.ingestion = new Ingestion(lake, home.resolve("cache"));
    }

    Path file(String name, String text) {
        return file(name, text, StandardCharsets.UTF_8);
    }

    Path file(String name, String text, Charset charset) {
        return file(name, text.getBytes(charset));
    }

    Path file(String name, byte[] bytes) {
        try {
            Path file = files.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<SourceTable> discover(Path place) {
        return sources.discover(List.of(new DataArgument("", place.toString())));
    }

    Ingested ingest(Path place) {
        List<SourceTable> tables = discover(place);
        return ingestion.ingest(tables.get(0), "p");
    }

    /** All rows of a table as texts, in order; null is missing. */
    List<List<@Nullable String>> rows(TableRef ref) {
        String columns = lake.columns(ref).stream()
                .map(column -> "CAST(" + Engine.quote(column) + " AS VARCHAR)")
                .collect(Collectors.joining(", "));
        int width = lake.columns(ref).size();
        return lake.engine().query("SELECT " + columns + " FROM " + lake.from(ref) + " ORDER BY _row", row -> {
            List<@Nullable String> cells = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                cells.add(row.getString(i));
            }
            return cells;
        });
    }

    List<Json.Obj> quarantine(Ingested ingested) {
        try {
            return Files.readAllLines(Path.of(ingested.audit().quarantineFile())).stream()
                    .map(line -> (Json.Obj) JsonText.read("quarantine", line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> column(FrameSource source, int index) {
        List<String> cells = new ArrayList<>();
        source.forEach(frame -> {
            Column column = frame.column(index);
            for (int row = 0; row < frame.rows(); row++) {
                cells.add(
                        column.isMissing(row)
                                ? ""
                                : column instanceof TextColumn texts ? texts.value(row) : CellText.of(column, row));
            }
        });
        return cells;
    }

    @Override
    public void close() {
        lake.close();
    }
}
