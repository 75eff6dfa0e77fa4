package tatara.data.quality.cells;

/** Edit distance with transpositions (optimal string alignment), cut off at a limit. */
final class EditDistance {
    private EditDistance() {}

    /** Which of 64 buckets of characters a text has, to rule out distant pairs quickly. */
    static long characters(String text) {
        long mask = 0;
        for (int i = 0; i < text.length(); i++) {
            mask |= 1L << (text.charAt(i) & 63);
        }
        return mask;
    }

    /** The distance, or {@code limit + 1} if it is greater than the limit. */
    static int within(String one, String other, int limit) {
        int n = one.length();
        int m = other.length();
        if (Math.abs(n - m) > limit) {
            return limit + 1;
        }
        int[] before = new int[m + 1];
        int[] last = new int[m + 1];
        int[] row = new int[m + 1];
        for (int j = 0; j <= m; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= n; i++) {
            java.util.Arrays.fill(row, limit + 1);
            row[0] = i;
            int best = i;
            for (int j = Math.max(1, i - limit); j <= Math.min(m, i + limit); j++) {
                int cost = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                int distance = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                row[j] = swapped ? Math.min(distance, before[j - 2] + 1) : distance;
                best = Math.min(best, row[j]);
            }
            if (best > limit) {
                return limit + 1;
            }
            int[] free = before;
            before = last;
            last = row;
            row = free;
        }
        return Math.min(last[m], limit + 1);
    }
}
