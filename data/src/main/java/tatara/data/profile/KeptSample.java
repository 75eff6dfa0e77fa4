package tatara.data.profile;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Some rows of a table, kept by the engine until closed, so that several passes over them read the files once. */
record KeptSample(RawTable table, String from) implements AutoCloseable {
    private static final AtomicLong NUMBERS = new AtomicLong();

    /**
     * @param columns that are wanted; the column of row positions comes with them
     * @param wanted about how many rows
     */
    static KeptSample of(RawTable table, List<RawColumn> columns, long wanted) {
        String name = "tatara_sample_" + NUMBERS.incrementAndGet();
        String cells = columns.stream().map(column -> column.sql() + ", ").collect(Collectors.joining());
        table.engine()
                .execute("CREATE TABLE " + name + " AS SELECT " + cells + table.row() + " FROM "
                        + table.sampled(wanted));
        return new KeptSample(table, name);
    }

    @Override
    public void close() {
        table.engine().execute("DROP TABLE " + from);
    }
}
