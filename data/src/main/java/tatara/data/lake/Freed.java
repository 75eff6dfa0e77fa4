package tatara.data.lake;

/**
 * Files that no version needs, and that are gone or would go.
 *
 * @param bytes their size
 */
public record Freed(long files, long bytes) {
    public static final Freed NOTHING = new Freed(0, 0);

    public Freed plus(Freed other) {
        return new Freed(files + other.files, bytes + other.bytes);
    }
}
