package tatara.data.retention;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import tatara.data.lake.Engine;
import tatara.data.lake.Suppressed;

/**
 * Looks into files for traces: at their bytes as they are, and at what is packed in them (gzip, zip with office documents, Parquet, Avro,
 * SQLite). Reads large files piece by piece. Not thread-safe.
 */
final class Unpacked {
    private static final int PIECE = 1 << 20;
    private static final int MARGIN = 1 << 15;
    private static final int DEEPEST = 3;

    /** First bytes, in hex, of what cannot be looked into. */
    private static final Map<String, String> OPAQUE = Map.of(
            "28b52ffd", "zstd",
            "fd377a58", "xz",
            "425a68", "bzip2",
            "377abcaf", "7z",
            "52617221", "rar",
            "25504446", "PDF",
            "04224d18", "lz4");

    private final Engine engine;
    private final Needles needles;
    private final Traces traces;

    Unpacked(Engine engine, Traces traces) {
        this.engine = engine;
        this.needles = new Needles(traces);
        this.traces = traces;
    }

    /** The name of a format that hides what is in it; empty for all that can be looked into. */
    static String opaque(Path file) throws IOException {
        String magic = magic(file);
        return OPAQUE.entrySet().stream()
                .filter(entry -> magic.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static String magic(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return HexFormat.of().formatHex(in.readNBytes(8));
        }
    }

    /**
     * Whether one of the traces is in a file.
     *
     * @throws IOException if the file cannot be read as what it is; then nothing is known of it
     */
    boolean holds(Path file) throws IOException {
        String magic = magic(file);
        try (InputStream in = Files.newInputStream(file)) {
            if (stream(in)) {
                return true;
            }
        }
        if (magic.startsWith("1f8b") || magic.startsWith("504b0304")) {
            try (InputStream in = Files.newInputStream(file)) {
                return packed(in, 0);
            }
        }
        if (magic.startsWith("50415231")) {
            return parquet(file);
        }
        if (magic.startsWith("4f626a01")) {
            return avro(file);
        }
        return DatabaseRows.isDatabase(file) && database(file);
    }

    private boolean database(Path file) throws IOException {
        try {
            return new DatabaseRows(file, traces).holdsAny();
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A stream as it is and, if it is packed, unpacked. */
    private boolean packed(InputStream stream, int depth) throws IOException {
        BufferedInputStream in = new BufferedInputStream(stream);
        in.mark(8);
        String magic = HexFormat.of().formatHex(in.readNBytes(4));
        in.reset();
        if (depth < DEEPEST && magic.startsWith("1f8b")) {
            return packed(new GZIPInputStream(in), depth + 1);
        }
        if (depth < DEEPEST && magic.equals("504b0304")) {
            ZipInputStream zip = new ZipInputStream(in);
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (needles.isIn(entry.getName()) || packed(zip, depth + 1)) {
                    return true;
                }
            }
            return false;
        }
        return stream(in);
    }

    /** Goes through a stream; pieces overlap, so that what stands beside a place is known. */
    private boolean stream(InputStream in) throws IOException {
        byte[] piece = in.readNBytes(PIECE);
        boolean first = true;
        while (true) {
            byte[] next = piece.length < MARGIN ? new byte[0] : in.readNBytes(PIECE);
            boolean last = next.length == 0;
            byte[] whole = last ? piece : joined(piece, next);
            int from = first ? 0 : MARGIN;
            int to = last ? whole.length : whole.length - MARGIN;
            if (needles.isIn(whole, from, to)) {
                return true;
            }
            if (last) {
                return false;
            }
            piece = Arrays.copyOfRange(whole, whole.length - 2 * MARGIN, whole.length);
            first = false;
        }
    }

    private static byte[] joined(byte[] one, byte[] two) {
        byte[] all = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, all, one.length, two.length);
        return all;
    }

    private boolean avro(Path file) throws IOException {
        try (DataFileReader<GenericRecord> reader = new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
            for (String name : reader.getMetaKeys()) {
                if (needles.isIn(reader.getMeta(name))) {
                    return true;
                }
            }
            while (reader.hasNext()) {
                if (needles.isIn(reader.next().toString())) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Every column's values as texts, however they are encoded. */
    private boolean parquet(Path file) throws IOException {
        String source = "read_parquet(" + Engine.literal(file.toString()) + ", hive_partitioning = false)";
        try {
            for (String column : engine.query("DESCRIBE SELECT * FROM " + source, row -> row.getString(1))) {
                if (values(source, column) || keys(source, column)) {
                    return true;
                }
            }
            return false;
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private boolean values(String source, String column) {
        if (traces.texts().isEmpty()) {
            return false;
        }
        String sql = "SELECT DISTINCT c FROM (SELECT DISTINCT CAST(" + Engine.quote(column) + " AS VARCHAR) AS c FROM "
                + source
                + ") JOIN (VALUES "
                + traces.texts().stream()
                        .map(trace -> "(" + Engine.literal(trace.text()) + ")")
                        .collect(Collectors.joining(", "))
                + ") t(v) ON contains(c, v)";
        return engine.query(sql, row -> row.getString(1)).stream().anyMatch(needles::isIn);
    }

    private boolean keys(String source, String column) {
        List<String> values = traces.keys().getOrDefault(column.toLowerCase(Locale.ROOT), List.of());
        return !values.isEmpty()
                && engine.first(
                                "SELECT 1 FROM " + source + " WHERE " + Suppressed.text(column) + " IN ("
                                        + values.stream().map(Engine::literal).collect(Collectors.joining(", "))
                                        + ") LIMIT 1",
                                row -> row.getInt(1))
                        .isPresent();
    }
}
