package tatara.train.forecast;

/**
 * One series on its grid, oldest first, without gaps. Arrays are not to be changed.
 *
 * @param name the series, empty if there is only one
 * @param start position of the first observation
 * @param values observed or filled
 * @param observed false where a value was filled
 * @param known [step][input] inputs known in advance, encoded
 */
public record Series(String name, long start, double[] values, boolean[] observed, double[][] known) {
    public int length() {
        return values.length;
    }
}
