package tatara.data.quality.cells;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tatara.core.frame.FrameSource;

/**
 * The rows that a model learns from: all of a small table; of a large one those that a hash of seed and position chooses, and every
 * row that must be there.
 */
final class TableSample {
    private final List<CodedColumn> columns;
    private final long[] positions;
    private final long rows;

    private TableSample(List<CodedColumn> columns, long[] positions, long rows) {
        this.columns = columns;
        this.positions = positions;
        this.rows = rows;
    }

    /** @param needed sorted positions of rows that must be in the sample */
    static TableSample of(FrameSource source, int most, long seed, long[] needed) {
        List<CodedColumn.Builder> builders = new ArrayList<>();
        source.schema().names().forEach(name -> builders.add(new CodedColumn.Builder(name)));
        long rows = source.rows();
        long limit = rows <= most ? Long.MAX_VALUE : (long) ((double) most / rows * Long.MAX_VALUE);
        long[][] positions = {new long[1024]};
        int[] size = {0};
        long[] next = {0};
        source.forEach(frame -> {
            for (int row = 0; row < frame.rows(); row++) {
                long position = next[0]++;
                if ((Mix.of(seed, position) >>> 1) > limit && Arrays.binarySearch(needed, position) < 0) {
                    continue;
                }
                if (size[0] == positions[0].length) {
                    positions[0] = Arrays.copyOf(positions[0], 2 * size[0]);
                }
                positions[0][size[0]++] = position;
                for (int column = 0; column < builders.size(); column++) {
                    builders.get(column).add(CellTexts.of(frame.column(column), row));
                }
            }
        });
        return new TableSample(
                builders.stream().map(CodedColumn.Builder::build).toList(),
                Arrays.copyOf(positions[0], size[0]),
                next[0]);
    }

    List<CodedColumn> columns() {
        return columns;
    }

    CodedColumn column(int index) {
        return columns.get(index);
    }

    int width() {
        return columns.size();
    }

    int size() {
        return positions.length;
    }

    /** Rows of the whole table. */
    long rows() {
        return rows;
    }

    /** Position in the table of a row of the sample. */
    long position(int row) {
        return positions[row];
    }

    /** The texts of a row of the sample. */
    List<String> texts(int row) {
        return columns.stream().map(column -> column.values[column.codes[row]]).toList();
    }

    /** Index in the sample of a row of the table, negative if it is not in the sample. */
    int indexOf(long position) {
        return Arrays.binarySearch(positions, position);
    }
}
