package tatara.data.quality.cells;

/** The finaliser of SplitMix64 (Steele, Lea, Flood 2014): a hash of a seed and a number. */
final class Mix {
    private Mix() {}

    static long of(long seed, long number) {
        long mixed = seed * 0x9E3779B97F4A7C15L + number + 0x632BE59BD9B4E019L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
