package tatara.core.frame;

import java.util.BitSet;
import java.util.function.Consumer;

/** A table that can be read any number of times, in the same row order each time, in batches. */
public interface FrameSource {
    Schema schema();

    /** The number of rows that {@link #forEach} will deliver. */
    long rows();

    /** Delivers every batch in order, on the calling thread. */
    void forEach(Consumer<Frame> consumer);

    /** A source over one frame in memory. */
    static FrameSource of(Frame frame) {
        return new FrameSource() {
            @Override
            public Schema schema() {
                return frame.schema();
            }

            @Override
            public long rows() {
                return frame.rows();
            }

            @Override
            public void forEach(Consumer<Frame> consumer) {
                consumer.accept(frame);
            }
        };
    }

    /**
     * The rows of this source whose position is in {@code rows}, in order.
     *
     * @param rows positions from 0; not changed afterwards
     */
    default FrameSource select(BitSet rows) {
        return new SelectedFrames(this, rows);
    }
}
