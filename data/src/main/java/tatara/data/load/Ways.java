package tatara.data.load;

import java.util.List;
import java.util.Optional;

/**
 * How rows are taken.
 *
 * @param watermark with its highest point so far
 * @param why how these were chosen
 */
record Ways(
        Mode mode,
        List<String> key,
        Optional<Watermark> watermark,
        Optional<String> lateness,
        Optional<String> flag,
        boolean byAbsence,
        List<String> why) {
    Ways {
        key = List.copyOf(key);
        why = List.copyOf(why);
    }

    static Ways of(LoadState state) {
        return new Ways(
                state.mode(),
                state.key(),
                state.watermark(),
                state.lateness(),
                state.flag(),
                state.byAbsence(),
                state.why());
    }
}
