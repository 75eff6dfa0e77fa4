package tatara.data.lake;

import tatara.core.frame.Frame;

/** How many rows a batch of a table holds: bounded in rows and in cells, so that very wide tables stay small in memory. */
public final class FrameSize {
    private static final int CELLS = 2 * 1024 * 1024;

    private FrameSize() {}

    /** At most {@link Frame#BATCH_ROWS}, at least 64. */
    public static int rows(int columns) {
        return Math.max(64, Math.min(Frame.BATCH_ROWS, CELLS / Math.max(1, columns)));
    }
}
