package tatara.data.source;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tatara.core.design.DataDesign;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.data.lake.DataErrorCode;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;
import tatara.data.lake.Target;
import tatara.model.transform.CellParser;

/**
 * From raw cells to typed values (D4): the processed layer holds every column of the contract in its type's kind, parsed by the same
 * code as requests are, and {@code _row}. A cell that does not fit its type is missing; the gates count those. Thread-safe.
 */
public final class Preparation {
    private final Lake lake;

    public Preparation(Lake lake) {
        this.lake = lake;
    }

    /**
     * Replaces the processed table {@code PIPELINE.TABLE}.
     *
     * @throws TataraException {@code TABLE_NOT_FOUND} if the raw table lacks a column of the contract
     */
    public TableRef prepare(DataDesign.Table contract, TableRef raw, String pipeline) {
        return prepare(contract, raw, pipeline, new BitSet());
    }

    /**
     * Replaces the processed table by all rows but those set aside.
     *
     * @param aside positions of rows that do not get in
     * @throws TataraException {@code TABLE_NOT_FOUND} if the raw table lacks a column of the contract
     */
    public TableRef prepare(DataDesign.Table contract, TableRef raw, String pipeline, BitSet aside) {
        List<DataDesign.Contract> columns = contract.columns();
        List<Field> fields = new ArrayList<>(columns.size() + 1);
        List<CellParser> parsers = new ArrayList<>(columns.size());
        for (DataDesign.Contract column : columns) {
            fields.add(new Field(column.name(), column.type().kind()));
            parsers.add(CellParser.of(column.type(), column.format()));
        }
        fields.add(new Field(Lake.ROW, Kind.NUMBER));
        Schema schema = new Schema(fields);
        BitSet dropped = contract.duplicates() == DataDesign.Duplicates.DROP ? repeated(raw) : new BitSet();
        dropped.or(aside);
        FrameSource source = new RawCells(lake, raw, contract);
        Target target = Target.main(Map.of(Lake.INPUTS, Lake.input(raw)));
        return lake.replace(
                "processed",
                pipeline + "." + contract.name(),
                schema,
                sink -> {
                    Consumer<Frame> kept = dropped.isEmpty() ? sink : new WithoutRows(dropped, sink);
                    source.forEach(frame -> kept.accept(parse(frame, schema, parsers)));
                },
                target);
    }

    private static Frame parse(Frame frame, Schema schema, List<CellParser> parsers) {
        List<Column> columns = new ArrayList<>(schema.size());
        for (int i = 0; i < parsers.size(); i++) {
            columns.add(parsers.get(i).parse(frame.column(i)));
        }
        columns.add(frame.column(parsers.size()));
        return new Frame(schema, columns, frame.rows());
    }

    /** Rows that equal an earlier one in every raw column: candidates by hash, then compared. */
    private BitSet repeated(TableRef raw) {
        String names = lake.columns(raw).stream().map(Engine::quote).collect(Collectors.joining(", "));
        String from = lake.from(raw);
        BitSet rows = new BitSet();
        String hashes = "SELECT hash(" + names + ") AS h FROM " + from + " GROUP BY h HAVING count(*) > 1";
        String sql = "SELECT r FROM (SELECT " + Lake.ROW + " AS r, row_number() OVER (PARTITION BY " + names
                + " ORDER BY " + Lake.ROW + ") AS n FROM " + from + " WHERE hash(" + names + ") IN (" + hashes
                + ")) WHERE n > 1";
        Schema schema = new Schema(List.of(new Field("r", Kind.NUMBER)));
        lake.engine().stream(sql, schema, frame -> {
            for (double row : ((NumberColumn) frame.column(0)).values()) {
                rows.set((int) row);
            }
        });
        return rows;
    }

    /** Raw columns of a contract and {@code _row}; integers that become texts are read as texts, to be exact. */
    private record RawCells(Lake lake, TableRef raw, DataDesign.Table contract, Schema schema, String sql)
            implements FrameSource {
        RawCells(Lake lake, TableRef raw, DataDesign.Table contract) {
            this(lake, raw, contract, schema(lake, raw, contract), sql(lake, raw, contract));
        }

        private static Schema schema(Lake lake, TableRef raw, DataDesign.Table contract) {
            List<TableColumn> stored = lake.types(raw);
            List<Field> fields = new ArrayList<>();
            for (DataDesign.Contract column : contract.columns()) {
                TableColumn.Type type = stored.stream()
                        .filter(one -> one.name().equals(column.name()))
                        .findFirst()
                        .orElseThrow(() -> missing(raw, column.name()))
                        .type();
                boolean exact = type == TableColumn.Type.BIGINT && column.type().kind() == Kind.TEXT;
                fields.add(new Field(column.name(), exact ? Kind.TEXT : type.kind()));
            }
            fields.add(new Field(Lake.ROW, Kind.NUMBER));
            return new Schema(fields);
        }

        private static String sql(Lake lake, TableRef raw, DataDesign.Table contract) {
            String names = contract.columns().stream()
                    .map(column -> Engine.quote(column.name()) + ", ")
                    .collect(Collectors.joining());
            return "SELECT " + names + Lake.ROW + " FROM " + lake.from(raw);
        }

        private static TataraException missing(TableRef raw, String column) {
            return new TataraException(
                    DataErrorCode.TABLE_NOT_FOUND,
                    Fault.of("the data have no column " + column)
                            .at("table " + raw.name())
                            .expecting("every column of the contract")
                            .todo("Add the column to the data, or remove it from the hand-off of the data engineer"));
        }

        @Override
        public long rows() {
            return raw.rows();
        }

        @Override
        public void forEach(Consumer<Frame> consumer) {
            lake.engine().stream(sql, schema, consumer);
        }
    }

    /** Leaves out rows by their number, which is the last column. */
    private record WithoutRows(BitSet dropped, Consumer<Frame> sink) implements Consumer<Frame> {
        @Override
        public void accept(Frame frame) {
            double[] rows = ((NumberColumn) frame.column(frame.columns().size() - 1)).values();
            int[] kept = new int[rows.length];
            int count = 0;
            for (int i = 0; i < rows.length; i++) {
                if (!dropped.get((int) rows[i])) {
                    kept[count++] = i;
                }
            }
            if (count == rows.length) {
                sink.accept(frame);
            } else if (count > 0) {
                sink.accept(take(frame, java.util.Arrays.copyOf(kept, count)));
            }
        }

        private static Frame take(Frame frame, int[] kept) {
            List<Column> columns = new ArrayList<>();
            for (Column column : frame.columns()) {
                if (column instanceof NumberColumn numbers) {
                    columns.add(new NumberColumn(java.util.Arrays.stream(kept)
                            .mapToDouble(row -> numbers.values()[row])
                            .toArray()));
                } else if (column instanceof TimeColumn times) {
                    columns.add(new TimeColumn(java.util.Arrays.stream(kept)
                            .mapToLong(row -> times.micros()[row])
                            .toArray()));
                } else if (column instanceof TextColumn texts) {
                    columns.add(new TextColumn(
                            java.util.Arrays.stream(kept)
                                    .map(row -> texts.codes()[row])
                                    .toArray(),
                            texts.dictionary()));
                }
            }
            return new Frame(frame.schema(), columns, kept.length);
        }
    }
}
