package tatara.data.profile;

/** Numbers distinct long values in the order of their first appearance, without boxes. */
final class Numbering {
    private final long[] values;
    private final int[] numbers;
    private final int mask;
    private int size;

    /** @param most distinct values there can be */
    Numbering(int most) {
        int capacity = Integer.highestOneBit(Math.max(8, most)) << 2;
        this.values = new long[capacity];
        this.numbers = new int[capacity];
        this.mask = capacity - 1;
    }

    /** The value's number, a new one if it was not there. */
    int of(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        int place = (int) (mixed ^ (mixed >>> 32)) & mask;
        while (numbers[place] != 0) {
            if (values[place] == value) {
                return numbers[place] - 1;
            }
            place = (place + 1) & mask;
        }
        values[place] = value;
        numbers[place] = ++size;
        return size - 1;
    }

    int size() {
        return size;
    }
}
