package tatara.data.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tatara.core.evidence.SourceFile;
import tatara.data.lake.StorageFailure;
import tatara.data.source.SourcePart;

/** Which files of a source are to be read, given those that were. */
final class Selection {
    private final Map<String, LoadState.ReadFile> known;
    private final List<Chosen> chosen = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private int left;

    /**
     * A file to be read.
     *
     * @param skipped rows at its start that are loaded: the file has only grown
     */
    record Chosen(SourcePart part, long skipped) {}

    Selection(Map<String, LoadState.ReadFile> known) {
        this.known = known;
    }

    /** The name by which a file is known again. */
    static String place(SourceFile file) {
        return file.place();
    }

    void choose(List<SourcePart> parts, boolean everything) {
        Map<String, String> contents = new TreeMap<>();
        known.forEach((place, file) -> contents.putIfAbsent(file.fingerprint(), place));
        Set<String> here = new TreeSet<>();
        for (SourcePart part : parts) {
            SourceFile file = part.file();
            here.add(place(file));
            Optional<LoadState.ReadFile> before = Optional.ofNullable(known.get(place(file)));
            Optional<String> twin =
                    Optional.ofNullable(contents.get(file.fingerprint())).filter(place -> !place.equals(place(file)));
            if (everything) {
                chosen.add(new Chosen(part, 0));
            } else if (before.isPresent() && before.get().fingerprint().equals(file.fingerprint())) {
                if (before.get().held() > 0) {
                    chosen.add(new Chosen(part, 0));
                } else {
                    left++;
                }
            } else if (twin.isPresent()) {
                left++;
                notes.add(
                        place(file) + " holds the same bytes as " + twin.get() + ", which is loaded: it adds nothing");
            } else if (before.isPresent()) {
                chosen.add(new Chosen(part, grown(part, before.get()).orElse(0L)));
                if (chosen.get(chosen.size() - 1).skipped() == 0) {
                    changed.add(place(file));
                }
            } else {
                chosen.add(new Chosen(part, 0));
                contents.put(file.fingerprint(), place(file));
            }
        }
        List<String> gone = known.keySet().stream()
                .filter(place -> !here.contains(place) && !Again.isPlace(place))
                .toList();
        if (!gone.isEmpty() && !everything) {
            int most = 3;
            notes.add("no longer there, their rows stay: "
                    + gone.stream().limit(most).collect(Collectors.joining(", "))
                    + (gone.size() > most ? " and " + (gone.size() - most) + " more" : ""));
        }
    }

    /** Rows that were loaded, if the file begins with the very bytes it had then. */
    private static Optional<Long> grown(SourcePart part, LoadState.ReadFile before) {
        SourceFile file = part.file();
        boolean plain = file.bytes() > before.bytes() && before.bytes() > 0 && before.held() == 0;
        return plain && prefix(Path.of(file.path()), before.bytes()).equals(before.fingerprint())
                ? Optional.of(before.rows())
                : Optional.empty();
    }

    /** SHA-256 of a file's first bytes; empty if a line does not end there, so that its last row may be another now. */
    private static String prefix(Path file, long bytes) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            long left = bytes;
            int last = 0;
            while (left > 0) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    return "";
                }
                digest.update(buffer, 0, count);
                left -= count;
                last = buffer[count - 1];
            }
            int next = in.read();
            if (last != '\n' && next != '\n' && next != '\r') {
                return "";
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Chosen> chosen() {
        return chosen;
    }

    /** Files whose rows are loaded and that hold others now. */
    List<String> changed() {
        return changed;
    }

    List<String> notes() {
        return notes;
    }

    /** Files that are left alone. */
    int left() {
        return left;
    }
}
