package tatara.data.lake;

import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Divides the rows of a query into partitions, each sorted. */
final class PartitionedRows {
    private static final int MOST = 2_000;

    private PartitionedRows() {}

    /** @param copy gets each partition, and the SELECT of its rows in order */
    static void write(Engine engine, TableStage stage, String select, BiConsumer<PartitionValues, String> copy) {
        List<String> parts = Layouts.expressions(stage.spec());
        String table = Engine.quote("rows " + UUID.randomUUID());
        String values = IntStream.range(0, parts.size())
                .mapToObj(i -> ", " + parts.get(i) + " AS p" + i)
                .collect(Collectors.joining());
        String names = IntStream.range(0, parts.size()).mapToObj(i -> "p" + i).collect(Collectors.joining(", "));
        String columns = stage.schema().columns().stream()
                .map(field -> Engine.quote(field.name()))
                .collect(Collectors.joining(", "));
        String order = Layouts.order(stage.sortOrder());
        try {
            engine.execute("CREATE TABLE " + table + " AS SELECT struct_pack(" + packed(stage) + ") AS r" + values
                    + " FROM (" + select + ")");
            String rows = "SELECT " + columns + " FROM (SELECT unnest(r) FROM " + table + ")";
            if (parts.isEmpty()) {
                copy.accept(new PartitionValues(new @Nullable Object[0]), rows + order);
                return;
            }
            List<PartitionValues> partitions = engine.query(
                    "SELECT DISTINCT " + names + " FROM " + table + " ORDER BY ALL NULLS FIRST LIMIT " + (MOST + 1),
                    row -> {
                        @Nullable Object[] found = new @Nullable Object[parts.size()];
                        for (int i = 0; i < found.length; i++) {
                            found[i] = row.getObject(i + 1);
                        }
                        return new PartitionValues(found);
                    });
            if (partitions.size() > MOST) {
                throw new TataraException(
                        DataErrorCode.LAYOUT_REFUSED,
                        Fault.of("more than " + MOST + " partitions")
                                .expecting("columns with fewer values, or month(…) and year(…) of a time"));
            }
            for (PartitionValues partition : partitions) {
                copy.accept(
                        partition,
                        "SELECT " + columns + " FROM (SELECT unnest(r) FROM " + table + " WHERE "
                                + partition.condition() + ")" + order);
            }
        } finally {
            engine.execute("DROP TABLE IF EXISTS " + table);
        }
    }

    private static String packed(TableStage stage) {
        return stage.schema().columns().stream()
                .map(field -> Engine.quote(field.name()) + " := " + Engine.quote(field.name()))
                .collect(Collectors.joining(", "));
    }
}
