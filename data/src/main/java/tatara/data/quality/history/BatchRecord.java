package tatara.data.quality.history;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is remembered of a batch: figures, never rows. Names of frequent categories are among them.
 *
 * @param at arrival, ISO-8601
 * @param content key of the rows; the same rows again are no new batch
 * @param rows rows of the batch
 * @param anomalies what was unlike the batches before; these figures are not learned from
 * @param accepted whether a person took the anomalies for the new normal
 */
public record BatchRecord(
        String at, String content, long rows, List<BatchMetric> metrics, List<Anomaly> anomalies, boolean accepted) {
    public BatchRecord {
        metrics = List.copyOf(metrics);
        anomalies = List.copyOf(anomalies);
    }

    Optional<BatchMetric> metric(String name) {
        return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }

    boolean isLearned(String metric) {
        return accepted
                || anomalies.stream().noneMatch(anomaly -> anomaly.metric().equals(metric));
    }

    Set<String> columns() {
        Set<String> columns = new TreeSet<>();
        metrics.forEach(metric -> metric.column().ifPresent(columns::add));
        return columns;
    }

    BatchRecord with(List<Anomaly> found) {
        return new BatchRecord(at, content, rows, metrics, found, accepted);
    }

    BatchRecord asAccepted() {
        return new BatchRecord(at, content, rows, metrics, anomalies, true);
    }
}
