/** Fitted forecasting models. */
@NullMarked
package tatara.model.forecast;

import org.jspecify.annotations.NullMarked;
