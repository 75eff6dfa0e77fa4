package tatara.data.retention;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tatara.data.lake.Engine;

/** Looks through every file of a home for what should be gone: names, bytes, and what is packed in them. Not thread-safe. */
final class HomeSearch {
    private final HomeTree tree;
    private final Engine engine;

    HomeSearch(HomeTree tree, Engine engine) {
        this.tree = tree;
        this.engine = engine;
    }

    /**
     * What was found; places are relative to the home.
     *
     * @param left files with a trace in them
     * @param unread files that could not be read as what they are, and why
     * @param opaque files of formats that hide what is in them
     * @param looked number of files
     */
    record Result(List<String> left, List<String> unread, List<String> opaque, int looked) {}

    Result search(Traces traces) {
        Unpacked unpacked = new Unpacked(engine, traces);
        Needles names = new Needles(new Traces(traces.texts(), Map.of()));
        Set<String> left = new TreeSet<>();
        List<String> unread = new ArrayList<>();
        List<String> opaque = new ArrayList<>();
        List<Path> files = tree.files();
        for (Path file : files) {
            String place = tree.relative(file).toString();
            try {
                if (names.isIn(place) || unpacked.holds(file)) {
                    left.add(place);
                } else if (!Unpacked.opaque(file).isEmpty()) {
                    opaque.add(place + " (" + Unpacked.opaque(file) + ")");
                }
            } catch (IOException e) {
                unread.add(place + " (" + e.getMessage() + ")");
            }
        }
        return new Result(List.copyOf(left), unread, opaque, files.size());
    }
}
