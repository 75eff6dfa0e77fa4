package tatara.core.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class SelectedFramesTest {
    private static final Schema SCHEMA =
            new Schema(List.of(new Field("n", Kind.NUMBER), new Field("t", Kind.TEXT), new Field("when", Kind.TIME)));

    /** Three batches of 2, 3 and 0 rows. */
    private static final FrameSource SOURCE = new FrameSource() {
        @Override
        public Schema schema() {
            return SCHEMA;
        }

        @Override
        public long rows() {
            return 5;
        }

        @Override
        public void forEach(Consumer<Frame> consumer) {
            consumer.accept(frame(0, 1));
            consumer.accept(frame(2, 3, 4));
            consumer.accept(frame());
        }
    };

    private static Frame frame(int... numbers) {
        double[] values = new double[numbers.length];
        long[] micros = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            values[i] = numbers[i];
            micros[i] = numbers[i] * 10L;
        }
        TextColumn texts = TextColumn.of(numbers.length, row -> numbers[row] == 3 ? null : "v" + numbers[row]);
        return new Frame(SCHEMA, List.of(new NumberColumn(values), texts, new TimeColumn(micros)), numbers.length);
    }

    @Test
    void selects_by_position_over_batches() {
        BitSet rows = new BitSet();
        rows.set(1);
        rows.set(3, 5);
        List<String> seen = new ArrayList<>();
        FrameSource selected = SOURCE.select(rows);
        selected.forEach(frame -> {
            for (int row = 0; row < frame.rows(); row++) {
                seen.add(((NumberColumn) frame.column("n")).values()[row] + "/"
                        + ((TextColumn) frame.column("t")).value(row) + "/"
                        + ((TimeColumn) frame.column("when")).micros()[row]);
            }
        });
        assertThat(selected.rows()).isEqualTo(3);
        assertThat(seen).containsExactly("1.0/v1/10", "3.0/null/30", "4.0/v4/40");
    }
}
