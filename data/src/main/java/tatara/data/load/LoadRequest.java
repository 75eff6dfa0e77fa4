package tatara.data.load;

import java.util.List;
import java.util.Optional;

/**
 * How a table is to be loaded. What is left out is as in the table's last load, or chosen from the data.
 *
 * @param table {@code PIPELINE.TABLE}
 * @param key columns that tell rows apart; empty if not given
 * @param watermark column that grows with the rows: a time or a number
 * @param lateness how far below the highest watermark a row may lie: a time such as {@code 1d} or a number; without it every row is taken
 * @param ahead seconds that a row may be dated after this machine's clock
 * @param flag column that is true where a row is deleted
 * @param byAbsence whether rows that an extract lacks are deleted
 * @param branch of the table
 * @param fromStart whether to read everything anew; what is stored is not stored twice
 */
public record LoadRequest(
        String table,
        Optional<Mode> mode,
        List<String> key,
        Optional<String> watermark,
        Optional<String> lateness,
        double ahead,
        Optional<String> flag,
        boolean byAbsence,
        String branch,
        boolean fromStart) {
    /** Usual seconds ahead: a clock may be an hour wrong, such as by a change to summer time. */
    public static final double USUAL_AHEAD = 3_900;

    public LoadRequest {
        key = List.copyOf(key);
    }

    /** A load of a table's main branch in which everything is chosen from the data. */
    public static LoadRequest of(String table) {
        return new LoadRequest(
                table,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                USUAL_AHEAD,
                Optional.empty(),
                false,
                "main",
                false);
    }

    public LoadRequest in(Mode chosen) {
        return new LoadRequest(
                table, Optional.of(chosen), key, watermark, lateness, ahead, flag, byAbsence, branch, fromStart);
    }

    public LoadRequest by(String... columns) {
        return new LoadRequest(
                table, mode, List.of(columns), watermark, lateness, ahead, flag, byAbsence, branch, fromStart);
    }

    public LoadRequest after(String column) {
        return new LoadRequest(
                table, mode, key, Optional.of(column), lateness, ahead, flag, byAbsence, branch, fromStart);
    }

    public LoadRequest lateBy(String most) {
        return new LoadRequest(
                table, mode, key, watermark, Optional.of(most), ahead, flag, byAbsence, branch, fromStart);
    }

    public LoadRequest deletedBy(String column) {
        return new LoadRequest(
                table, mode, key, watermark, lateness, ahead, Optional.of(column), byAbsence, branch, fromStart);
    }

    public LoadRequest deletingAbsent() {
        return new LoadRequest(table, mode, key, watermark, lateness, ahead, flag, true, branch, fromStart);
    }

    public LoadRequest onto(String name) {
        return new LoadRequest(table, mode, key, watermark, lateness, ahead, flag, byAbsence, name, fromStart);
    }

    public LoadRequest anew() {
        return new LoadRequest(table, mode, key, watermark, lateness, ahead, flag, byAbsence, branch, true);
    }
}
