package tatara.data.schema;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tatara.core.evidence.TableRef;
import tatara.core.frame.Field;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;

/** The raw cells of chosen rows, as texts. Streams; holds a frame of rows in memory. */
public final class RowTexts {
    private static final int LISTED = 2_000;

    private final Lake lake;

    public RowTexts(Lake lake) {
        this.lake = lake;
    }

    /** Takes a row's position and its cells by column; missing ones are left out. */
    @FunctionalInterface
    public interface Sink {
        void accept(long row, Map<String, String> cells);
    }

    /** @param rows positions; given in rising order to the sink */
    public void forEach(TableRef table, BitSet rows, Sink sink) {
        if (rows.isEmpty()) {
            return;
        }
        List<String> columns = lake.columns(table);
        Schema schema = new Schema(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(new Field(Lake.ROW, Kind.NUMBER)),
                        columns.stream().map(column -> new Field(column, Kind.TEXT)))
                .toList());
        String cells = columns.stream()
                .map(column -> ", CAST(" + Engine.quote(column) + " AS VARCHAR)")
                .collect(Collectors.joining());
        String where = rows.cardinality() <= LISTED
                ? " WHERE " + Lake.ROW + " IN ("
                        + rows.stream().mapToObj(Integer::toString).collect(Collectors.joining(", ")) + ")"
                : " WHERE " + Lake.ROW + " BETWEEN " + rows.nextSetBit(0) + " AND " + (rows.length() - 1);
        lake.engine().stream(
                "SELECT " + Lake.ROW + cells + " FROM " + lake.from(table) + where + " ORDER BY " + Lake.ROW,
                schema,
                frame -> {
                    double[] positions = ((NumberColumn) frame.column(0)).values();
                    for (int i = 0; i < frame.rows(); i++) {
                        if (rows.get((int) positions[i])) {
                            Map<String, String> texts = new LinkedHashMap<>();
                            for (int c = 0; c < columns.size(); c++) {
                                String text = ((TextColumn) frame.column(c + 1)).value(i);
                                if (text != null) {
                                    texts.put(columns.get(c), text);
                                }
                            }
                            sink.accept((long) positions[i], texts);
                        }
                    }
                });
    }
}
