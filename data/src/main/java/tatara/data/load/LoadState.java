package tatara.data.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the loads of a table have come to; committed with their rows.
 *
 * @param mode how rows are taken
 * @param watermark column, reading and highest value
 * @param flag column that says that a row is deleted
 * @param files what was read, by place
 * @param position how far a topic or the like was read
 * @param tombstones file of deleted keys with their watermarks; empty if none
 * @param batches loads that changed the table
 * @param why how mode, key and watermark were chosen
 */
record LoadState(
        Mode mode,
        List<String> key,
        Optional<Watermark> watermark,
        Optional<String> lateness,
        Optional<String> flag,
        boolean byAbsence,
        Map<String, ReadFile> files,
        Optional<String> position,
        String tombstones,
        long batches,
        List<String> why) {
    LoadState {
        key = List.copyOf(key);
        files = new TreeMap<>(files);
        why = List.copyOf(why);
    }

    /**
     * A file whose rows are loaded.
     *
     * @param rows rows that could be read
     * @param held rows that are not taken yet, since they are dated ahead: the file is read again
     */
    record ReadFile(String fingerprint, long bytes, long rows, long held) {}

    /** The same ways with what a batch added. */
    LoadState with(Optional<Watermark> reached, Map<String, ReadFile> read, Optional<String> at, String deletedKeys) {
        return new LoadState(mode, key, reached, lateness, flag, byAbsence, read, at, deletedKeys, batches + 1, why);
    }
}
