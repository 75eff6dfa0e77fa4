/** The prediction server: one port for REST, probes, metrics and pages. Start at {@link tatara.serve.rest.PredictionServer}. */
@NullMarked
package tatara.serve.rest;

import org.jspecify.annotations.NullMarked;
