package tatara.data.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.TableProfile;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Schema;
import tatara.data.lake.Lake;
import tatara.model.transform.CellParser;

/** Columns of a table in the same sample of rows each time: those that have a target. */
final class SampledTable {
    private static final long MOST_ROWS = 200_000;
    private static final long LEAST_ROWS = 1_000;
    private static final long CELLS = 12_000_000;
    private static final int BATCH = 500;

    private final RawTable raw;
    private final TableProfile profile;
    private final String from;
    private final List<boolean[]> kept = new ArrayList<>();
    private int rows;

    /** @param target column whose rows without a value are left out */
    SampledTable(Lake lake, TableProfile profile, Optional<ColumnProfile> target) {
        this.raw = RawTable.of(lake, profile.raw());
        this.profile = profile;
        long wanted = CELLS / Math.max(1, profile.columns().size());
        this.from = raw.sampled(Math.max(LEAST_ROWS, Math.min(MOST_ROWS, wanted)));
        if (target.isPresent()) {
            ColumnProfile column = target.get();
            CellParser parser = CellParser.of(column.type(), column.format());
            stream(List.of(position(column)), frame -> {
                Column values = parser.parse(frame.column(0));
                boolean[] present = new boolean[frame.rows()];
                for (int row = 0; row < present.length; row++) {
                    present[row] = !values.isMissing(row);
                }
                keep(present);
            });
        } else {
            raw.engine().query("SELECT count(*) FROM " + from, row -> {
                boolean[] all = new boolean[row.getInt(1)];
                Arrays.fill(all, true);
                keep(all);
                return true;
            });
        }
    }

    private void keep(boolean[] present) {
        kept.add(present);
        for (boolean row : present) {
            rows += row ? 1 : 0;
        }
    }

    int rows() {
        return rows;
    }

    private int position(ColumnProfile column) {
        return profile.columns().indexOf(column);
    }

    SampledColumn column(ColumnProfile column) {
        return columns(List.of(column)).get(0);
    }

    /** Hands every column to the consumer, some hundred at a time in memory. */
    void forEach(List<ColumnProfile> columns, Consumer<SampledColumn> consumer) {
        for (int at = 0; at < columns.size(); at += BATCH) {
            columns(columns.subList(at, Math.min(columns.size(), at + BATCH))).forEach(consumer);
        }
    }

    List<SampledColumn> columns(List<ColumnProfile> columns) {
        List<CellParser> parsers = columns.stream()
                .map(column -> CellParser.of(column.type(), column.format()))
                .toList();
        List<SampledColumn.Builder> builders = columns.stream()
                .map(column -> new SampledColumn.Builder(column, rows))
                .toList();
        Selection selection = new Selection(kept);
        stream(columns.stream().map(this::position).toList(), frame -> {
            boolean[] chosen = selection.next(frame.rows());
            for (int i = 0; i < parsers.size(); i++) {
                builders.get(i).add(parsers.get(i).parse(frame.column(i)), chosen);
            }
        });
        return builders.stream().map(SampledColumn.Builder::build).toList();
    }

    private void stream(List<Integer> positions, Consumer<Frame> consumer) {
        List<RawColumn> chosen = positions.stream().map(raw.columns()::get).toList();
        Schema schema = new Schema(chosen.stream()
                .map(column -> new Field(column.sql(), column.stored().kind()))
                .toList());
        String cells = chosen.stream().map(column -> column.sql()).collect(Collectors.joining(", "));
        raw.engine().stream("SELECT " + cells + " FROM " + from, schema, consumer);
    }

    /** Deals out kept rows to frames of any size. */
    private static final class Selection {
        private final List<boolean[]> parts;
        private int part;
        private int at;

        Selection(List<boolean[]> parts) {
            this.parts = parts;
        }

        boolean[] next(int size) {
            boolean[] chosen = new boolean[size];
            for (int row = 0; row < size; row++) {
                while (at == parts.get(part).length) {
                    part++;
                    at = 0;
                }
                chosen[row] = parts.get(part)[at++];
            }
            return chosen;
        }
    }
}
