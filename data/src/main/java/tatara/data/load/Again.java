package tatara.data.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tatara.core.evidence.SourceFile;
import tatara.data.source.Dialect;
import tatara.data.source.Format;
import tatara.data.source.Layout;
import tatara.data.source.SourcePart;
import tatara.data.source.SourceTable;

/**
 * Rows that earlier loads set aside, to be tried once more.
 *
 * @param files they stand in, with a hash of what each holds
 * @param late whether rows count as in time, however far below the watermark
 */
record Again(Map<Path, String> files, boolean late) {
    private static final String PREFIX = "replay ";

    Again {
        files = new TreeMap<>(files);
    }

    /** As a table that is loaded. */
    SourceTable source() {
        SourceFile file = new SourceFile("rows set aside", 0, Ledger.hash(files.toString()), Optional.empty());
        return new SourceTable(
                "replay",
                Format.PARQUET,
                List.of(new SourcePart(file, Dialect.parquet(), List.of())),
                List.of(),
                Layout.ROWS,
                List.of());
    }

    /** As the state of loads remembers them, so that no row is taken twice. */
    Map<String, LoadState.ReadFile> remembered() {
        Map<String, LoadState.ReadFile> remembered = new TreeMap<>();
        files.forEach((file, hash) -> remembered.put(place(file), new LoadState.ReadFile(hash, 0, 0, 0)));
        return remembered;
    }

    static String place(Path file) {
        return PREFIX + file.getFileName();
    }

    /** Whether a place in the state of loads is one of these, and not one of a source. */
    static boolean isPlace(String place) {
        return place.startsWith(PREFIX);
    }
}
