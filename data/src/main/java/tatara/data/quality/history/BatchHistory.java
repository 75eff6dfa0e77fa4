package tatara.data.quality.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;

/** Measures new batches of a table, compares them with those before, and remembers them. Thread-safe. */
public final class BatchHistory {
    private final Lake lake;

    public BatchHistory(Lake lake) {
        this.lake = lake;
    }

    /**
     * Measures, judges and remembers a batch. The same content as that of the newest batch is not judged again.
     *
     * @param table {@code PIPELINE.TABLE}
     * @param content key of the rows
     * @param from table expression with the rows
     * @param time column that says when a row's event was; empty if none does
     */
    public BatchRecord arrived(
            String table,
            String content,
            String from,
            List<TableColumn> columns,
            Optional<String> time,
            Instant arrival) {
        BatchLog log = new BatchLog(lake.home(), table);
        List<BatchRecord> before = log.read();
        if (!before.isEmpty() && before.get(before.size() - 1).content().equals(content)) {
            return before.get(before.size() - 1);
        }
        List<BatchMetric> metrics = new BatchMeasure(lake.engine()).measure(from, columns, time, arrival);
        long rows = (long) metrics.get(0).value();
        BatchRecord batch = new BatchRecord(arrival.toString(), content, rows, metrics, List.of(), false);
        List<BatchRecord> earlier = new ArrayList<>(before);
        BatchRecord judged = batch.with(new BatchJudge(BatchJudge.Settings.standard()).judge(earlier, batch));
        log.append(judged);
        return judged;
    }
}
