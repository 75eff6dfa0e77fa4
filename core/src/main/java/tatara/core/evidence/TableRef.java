package tatara.core.evidence;

/**
 * One snapshot of a table in the lake.
 *
 * @param layer {@code raw}, {@code processed}, {@code features} or {@code predictions}
 * @param name table name within the layer, qualified by the pipeline: {@code PIPELINE.TABLE}
 * @param snapshot Iceberg snapshot id
 * @param rows number of rows
 */
public record TableRef(String layer, String name, long snapshot, long rows) {}
