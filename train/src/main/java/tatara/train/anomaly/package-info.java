/** Anomaly detection without labels: an isolation forest, its threshold, and what can be said of its quality. */
@NullMarked
package tatara.train.anomaly;

import org.jspecify.annotations.NullMarked;
