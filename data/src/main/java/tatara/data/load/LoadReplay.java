package tatara.data.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.lake.StorageFailure;

/**
 * Tries rows again that loads of a table have set aside: after their cells were corrected, when their time has come, or to take late ones.
 * Rows that are taken leave the files {@code lake/quarantine/PIPELINE/TABLE/load-….jsonl}; killed anywhere and run again, no row is there
 * twice and none is lost. Thread-safe as {@link Loading}.
 */
public final class LoadReplay {
    private final Loading loading;

    public LoadReplay(Loading loading) {
        this.loading = loading;
    }

    /**
     * What came of it.
     *
     * @param before rows that were set aside
     * @param after rows that still are
     * @param result of loading them; its counts are of rows
     */
    public record Outcome(long before, long after, LoadResult result) {}

    /** Whether loads of a table have rows set aside. */
    public boolean has(String table) {
        return !files(table).isEmpty();
    }

    /**
     * Tries all rows of a table.
     *
     * @param late whether late rows are taken, however late
     * @throws TataraException {@code SET_ASIDE_UNCLEAR}, {@code TABLE_FOREIGN}; then nothing is changed
     */
    public Outcome replay(LoadRequest request, boolean late) {
        List<Path> files = files(request.table());
        LoadState state = loading.state(request).orElseThrow(() -> Loading.foreign(request.table()));
        if (state.mode() == Mode.REPLACE) {
            throw new TataraException(
                    LoadErrorCode.SET_ASIDE_UNCLEAR,
                    Fault.of("each load replaces the whole table " + request.table())
                            .expecting("a table that is loaded with --mode append or upsert")
                            .todo("Correct the source and load it again"));
        }
        long before = count(files);
        Map<Path, String> open = new TreeMap<>();
        for (Path file : files) {
            String hash = hash(file);
            boolean taken = Optional.ofNullable(state.files().get(Again.place(file)))
                    .filter(known -> known.fingerprint().equals(hash))
                    .isPresent();
            if (taken) {
                delete(file);
            } else {
                open.put(file, hash);
            }
        }
        if (open.isEmpty()) {
            return new Outcome(before, 0, loading.nothing(request));
        }
        LoadResult result = loading.load(request, new Again(open, late));
        open.keySet().stream()
                .filter(file -> !file.toString().equals(result.setAside()))
                .forEach(LoadReplay::delete);
        return new Outcome(before, count(files(request.table())), result);
    }

    /** The files, in the order of their names. */
    private List<Path> files(String table) {
        Path directory = Objects.requireNonNull(
                new Ledger(loading.lake(), table).setAside("0").getParent());
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> file.getFileName().toString().matches(SetAside.FILE_PREFIX + "[0-9a-f]+\\.jsonl"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw StorageFailure.of(e, directory);
        }
    }

    private static long count(List<Path> files) {
        long rows = 0;
        for (Path file : files) {
            try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                rows += lines.filter(line -> !line.isBlank()).count();
            } catch (IOException e) {
                throw StorageFailure.of(e, file);
            }
        }
        return rows;
    }

    private static String hash(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }
}
