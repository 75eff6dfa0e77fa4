/** The way from a request to a live model. Starting point: {@link tatara.pipeline.Pipelines}. */
@NullMarked
package tatara.pipeline;

import org.jspecify.annotations.NullMarked;
