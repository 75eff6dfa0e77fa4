package tatara.data.source;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tatara.core.error.TataraException;

/**
 * Finds delimiter, quote and escape of a text: the candidate whose records have the most regular number of cells and whose cells look
 * most like values (the data consistency measure of van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row
 * and type patterns", 2019, with fewer types).
 */
final class CsvDialects {
    private static final int MOST_RECORDS = 1_000;
    private static final int MOST_CELLS = 20_000;
    private static final String[] DELIMITERS = {",", ";", "\t", "|", " "};
    /** Records this long may be series of different lengths. */
    private static final int SERIES_CELLS = 20;

    private static final double SINGLE_COLUMN = 1e-3;

    private CsvDialects() {}

    /** The best dialect; character set, skipped lines and header are left at their defaults. */
    static Dialect detect(String sample) {
        Dialect best = Dialect.delimited("", sample.contains("\"") ? "\"" : "", "\"", false);
        double bestScore = 0;
        for (Dialect candidate : candidates(sample)) {
            double score = score(sample, candidate);
            if (score > bestScore * 1.000001) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    private static List<Dialect> candidates(String sample) {
        List<Dialect> candidates = new ArrayList<>();
        for (String delimiter : DELIMITERS) {
            if (sample.indexOf(delimiter.charAt(0)) < 0) {
                continue;
            }
            candidates.add(Dialect.delimited(delimiter, "\"", "\"", false));
            if (sample.contains("\\\"")) {
                candidates.add(Dialect.delimited(delimiter, "\"", "\\", false));
            }
            if (sample.contains(delimiter + " \"") && !delimiter.equals(" ")) {
                candidates.add(Dialect.delimited(delimiter, "\"", "\"", true));
            }
            if (singleQuoted(sample, delimiter)) {
                candidates.add(Dialect.delimited(delimiter, "'", "'", false));
            }
        }
        candidates.add(Dialect.delimited("", sample.contains("\"") ? "\"" : "", "\"", false));
        return candidates;
    }

    /** Whether cells seem to be put in single quotes. */
    private static boolean singleQuoted(String sample, String delimiter) {
        return sample.contains("'" + delimiter + "'")
                || ((sample.contains("'" + delimiter) || sample.contains("'\n") || sample.contains("'\r"))
                        && (sample.contains(delimiter + "'") || sample.startsWith("'")));
    }

    private static double score(String sample, Dialect dialect) {
        Map<Integer, Integer> lengths = new HashMap<>();
        int records = 0;
        int bad = 0;
        long cells = 0;
        long clean = 0;
        try (CsvReader reader = new CsvReader(
                new StringReader(sample), "sample", dialect, CsvReader.LONGEST_RECORD, 2L * sample.length())) {
            while (records < MOST_RECORDS && (cells < MOST_CELLS || records < 20) && reader.next()) {
                if (reader.unclosed()) {
                    bad++;
                    records++;
                    continue;
                }
                if (reader.blank()) {
                    continue;
                }
                records++;
                lengths.merge(reader.size(), 1, Integer::sum);
                for (int i = 0; i < reader.size(); i++) {
                    cells++;
                    clean += clean(reader, i) ? 1 : 0;
                }
            }
        } catch (TataraException wrongQuotes) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (records == 0) {
            return 0;
        }
        double types = cells == 0 ? 0 : Math.max(1e-10, (double) clean / cells);
        double closed = 1 - (double) bad / records;
        return pattern(lengths, records, dialect) * types * closed * closed;
    }

    private static boolean clean(CsvReader reader, int cell) {
        if (reader.quoted(cell)) {
            return true;
        }
        String text = reader.cell(cell);
        CellKind kind = CellKind.of(text);
        return kind != CellKind.OTHER && !text.contains("\"");
    }

    /** Few different record lengths, long records and many of them. */
    private static double pattern(Map<Integer, Integer> lengths, int records, Dialect dialect) {
        double sum = 0;
        for (Map.Entry<Integer, Integer> length : lengths.entrySet()) {
            int cells = length.getKey();
            sum += length.getValue() * Math.max(SINGLE_COLUMN, (cells - 1.0) / cells);
        }
        double score = sum / lengths.size() / records;
        int usual = lengths.values().stream().max(Integer::compare).orElse(0);
        int widest = lengths.keySet().stream().max(Integer::compare).orElse(0);
        if (usual * 5 < records * 2 && widest < SERIES_CELLS) {
            score *= SINGLE_COLUMN;
        }
        if (!dialect.delimiter().equals(" ")) {
            return score;
        }
        return lengths.size() == 1 ? score * 0.9 : score * 0.01;
    }
}
