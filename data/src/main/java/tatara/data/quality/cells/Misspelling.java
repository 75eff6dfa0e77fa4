package tatara.data.quality.cells;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds, for a rare text, a frequent text that it is probably a misspelling of. How much a near neighbour says is measured on the
 * frequent texts themselves: where they are often near to each other, nearness is no evidence.
 */
final class Misspelling {
    private static final int ESTABLISHED = 3;
    private static final double[] BINS = {0.1, 0.17, 0.26};
    private static final double MOST = 3.5;

    private final List<Entry> established = new ArrayList<>();
    private final double[] legitimate = new double[BINS.length];
    private final int examined;

    /** A frequent text. */
    private record Entry(String text, int count, long characters) {}

    /**
     * A frequent text near to a rare one.
     *
     * @param text the frequent text
     * @param count how often it is seen
     * @param evidence log-likelihood ratio that the rare one is a misspelling
     */
    record Match(String text, int count, double evidence) {}

    /**
     * @param texts distinct texts
     * @param counts how often each is seen
     * @param most pairs of texts that may be compared
     */
    Misspelling(List<String> texts, int[] counts, int most) {
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (counts[i] >= ESTABLISHED && text.length() >= 2 && text.length() <= 300) {
                established.add(new Entry(text, counts[i], EditDistance.characters(text)));
            }
        }
        established.sort(Comparator.comparingInt(Entry::count).reversed().thenComparing(Entry::text));
        int keep = (int) Math.max(50, most / Math.max(1L, texts.size()));
        if (established.size() > keep) {
            established.subList(keep, established.size()).clear();
        }
        this.examined = established.size();
        calibrate();
    }

    private void calibrate() {
        double[] near = new double[BINS.length];
        int tried = Math.min(established.size(), 400);
        double length = 0;
        for (int i = 0; i < tried; i++) {
            Entry entry = established.get((int) ((long) i * established.size() / tried));
            length += entry.text().length();
            int bin = nearest(entry.text(), entry.count(), 1).bin();
            for (int b = bin; b < BINS.length; b++) {
                near[b]++;
            }
        }
        double mean = tried == 0 ? 0 : length / tried;
        double prior = mean >= 8 ? 0.05 : mean >= 5 ? 0.2 : 0.4;
        for (int b = 0; b < BINS.length; b++) {
            legitimate[b] = Math.min(0.9, (near[b] + prior) / (tried + 2.0));
        }
    }

    /** The frequent text that a text seen {@code count} times is near to. */
    Optional<Match> match(String text, int count) {
        if (text.length() < 2 || text.length() > 300 || examined == 0) {
            return Optional.empty();
        }
        Near near = nearest(text, count, 3);
        if (near.entry().isEmpty()) {
            return Optional.empty();
        }
        Entry entry = near.entry().get();
        double scale = Math.min(1, Math.log((double) entry.count() / Math.max(1, count)) / Math.log(15));
        double evidence = Math.min(MOST, Math.log(0.7 / legitimate[near.bin()])) * scale;
        return evidence <= 0.2 ? Optional.empty() : Optional.of(new Match(entry.text(), entry.count(), evidence));
    }

    /** The nearest frequent text and the class of its distance. */
    private record Near(Optional<Entry> entry, int bin) {}

    private Near nearest(String text, int count, double ratio) {
        long characters = EditDistance.characters(text);
        int limit = Math.max(1, (int) (BINS[BINS.length - 1] * text.length()));
        int best = limit + 1;
        Entry found = null;
        for (Entry entry : established) {
            if (entry.count() < ratio * Math.max(1, count)) {
                break;
            }
            int cut = Math.min(limit, best - 1);
            if (cut < 1
                    || Long.bitCount(characters ^ entry.characters()) > 2 * cut
                    || entry.text().equals(text)) {
                continue;
            }
            int distance = EditDistance.within(text, entry.text(), cut);
            if (distance <= cut && !onlyDigitsDiffer(text, entry.text())) {
                best = distance;
                found = entry;
            }
        }
        return new Near(Optional.ofNullable(found), found == null ? BINS.length : bin(best, text.length()));
    }

    private static int bin(int distance, int length) {
        double share = distance == 1 ? 0 : (double) distance / length;
        for (int b = 0; b < BINS.length; b++) {
            if (share <= BINS[b]) {
                return b;
            }
        }
        return BINS.length - 1;
    }

    /** Two numbers or two numbered names are near to each other and both right. */
    private static boolean onlyDigitsDiffer(String one, String other) {
        return withoutDigits(one).equals(withoutDigits(other));
    }

    private static String withoutDigits(String text) {
        StringBuilder rest = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isDigit(text.charAt(i))) {
                rest.append(text.charAt(i));
            }
        }
        return rest.toString();
    }
}
