package tatara.core.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/** Some rows of a source, chosen by position. */
final class SelectedFrames implements FrameSource {
    private final FrameSource source;
    private final BitSet rows;

    SelectedFrames(FrameSource source, BitSet rows) {
        this.source = source;
        this.rows = rows;
    }

    @Override
    public Schema schema() {
        return source.schema();
    }

    @Override
    public long rows() {
        return rows.cardinality();
    }

    @Override
    public void forEach(Consumer<Frame> consumer) {
        int[] start = {0};
        source.forEach(frame -> {
            int[] chosen = positions(start[0], frame.rows());
            start[0] += frame.rows();
            if (chosen.length == frame.rows()) {
                consumer.accept(frame);
            } else if (chosen.length > 0) {
                consumer.accept(take(frame, chosen));
            }
        });
    }

    private int[] positions(int start, int size) {
        int[] chosen = new int[size];
        int count = 0;
        for (int at = rows.nextSetBit(start); at >= 0 && at < start + size; at = rows.nextSetBit(at + 1)) {
            chosen[count++] = at - start;
        }
        return Arrays.copyOf(chosen, count);
    }

    private static Frame take(Frame frame, int[] chosen) {
        List<Column> columns = new ArrayList<>(frame.columns().size());
        for (Column column : frame.columns()) {
            columns.add(take(column, chosen));
        }
        return new Frame(frame.schema(), columns, chosen.length);
    }

    private static Column take(Column column, int[] chosen) {
        if (column instanceof NumberColumn numbers) {
            return new NumberColumn(Arrays.stream(chosen)
                    .mapToDouble(row -> numbers.values()[row])
                    .toArray());
        }
        if (column instanceof TimeColumn times) {
            return new TimeColumn(
                    Arrays.stream(chosen).mapToLong(row -> times.micros()[row]).toArray());
        }
        TextColumn texts = (TextColumn) column;
        return new TextColumn(
                Arrays.stream(chosen).map(row -> texts.codes()[row]).toArray(), texts.dictionary());
    }
}
