package tatara.data.load;

import java.util.List;
import java.util.Optional;
import tatara.core.evidence.TableRef;

/**
 * What a load did.
 *
 * @param table the table after it; empty if there is none yet
 * @param changed whether there is a new snapshot
 * @param filesRead files whose rows were looked at
 * @param filesKnown files that were left alone, being loaded already
 * @param inserted new rows
 * @param updated rows replaced by a newer one of their key
 * @param deleted rows that went
 * @param known rows that were there already
 * @param outdated rows older than what their key holds
 * @param late rows set aside: further below the watermark than allowed
 * @param ahead rows set aside until they are not in the future any more
 * @param refused rows set aside: unreadable, or without key or watermark
 * @param watermark the highest that was taken, as text
 * @param setAside file with the rows set aside; empty if none
 * @param why how mode, key and watermark were chosen
 * @param notes what a person should know
 */
public record LoadResult(
        Optional<TableRef> table,
        Mode mode,
        boolean changed,
        int filesRead,
        int filesKnown,
        long inserted,
        long updated,
        long deleted,
        long known,
        long outdated,
        long late,
        long ahead,
        long refused,
        String watermark,
        String setAside,
        List<String> why,
        List<String> notes) {
    public LoadResult {
        why = List.copyOf(why);
        notes = List.copyOf(notes);
    }
}
