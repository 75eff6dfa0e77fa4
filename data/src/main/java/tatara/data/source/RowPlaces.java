package tatara.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds where rows of the raw layer stand in the user's files, by reading those again up to the last row asked for. */
public final class RowPlaces {
    private RowPlaces() {}

    /**
     * @param file path
     * @param line physical line from 1, 0 for formats without lines
     */
    public record Place(String file, long line) {
        @Override
        public String toString() {
            return line > 0 ? file + ":" + line : file;
        }
    }

    /** @param rows 0-based positions; those beyond the table's end are not in the result */
    public static Map<Long, Place> find(SourceTable table, SortedSet<Long> rows) {
        Map<Long, Place> places = new HashMap<>();
        if (rows.isEmpty()) {
            return places;
        }
        if (table.format() != Format.CSV || table.layout().kind() == Layout.Kind.WIDE_SERIES) {
            if (table.parts().size() == 1) {
                rows.forEach(row ->
                        places.put(row, new Place(table.parts().get(0).file().path(), 0)));
            }
            return places;
        }
        TreeSet<Long> wanted = new TreeSet<>(rows);
        long row = 0;
        for (SourcePart part : table.parts()) {
            Path file = Path.of(part.file().path());
            try (CsvRecords records = CsvRecords.open(file, part, reject -> {}).withoutHollow()) {
                while (!wanted.isEmpty() && records.next()) {
                    if (wanted.remove(row)) {
                        places.put(
                                row, new Place(file.toString(), records.record().line()));
                    }
                    row++;
                }
            } catch (IOException e) {
                throw SourceBytes.failure(e, file);
            }
        }
        return places;
    }
}
