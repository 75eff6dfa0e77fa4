package tatara.data.profile;

import java.util.SortedSet;

/** Which hundred years the years of two digits in a column mean. */
final class ShortYears {
    /** Without other evidence 69 to 99 are of the last century, as POSIX has it. */
    private static final int LAST_OF_2000 = 68;

    private ShortYears() {}

    static int full(int year, int first) {
        return first + Math.floorMod(year - first, 100);
    }

    /** The first year of a century around years that are written in full. */
    static int beside(int least, int greatest) {
        int span = greatest - least + 1;
        return span >= 100 ? greatest - 99 : least - (100 - span) / 2;
    }

    /** The first year of the century that keeps the years together: the widest gap between them lies around its ends. */
    static int alone(SortedSet<Integer> years) {
        int widest = -1;
        int first = years.first();
        int last = years.last();
        int before = years.last() - 100;
        for (int year : years) {
            if (year - before > widest) {
                widest = year - before;
                first = year;
                last = Math.floorMod(before, 100);
            }
            before = year;
        }
        int end = last <= LAST_OF_2000 ? 2000 + last : 1900 + last;
        return beside(end - Math.floorMod(last - first, 100), end);
    }
}
