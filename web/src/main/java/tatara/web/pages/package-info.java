/** Pages of {@code tatara serve}: the list of pipelines and their reports. */
@NullMarked
package tatara.web.pages;

import org.jspecify.annotations.NullMarked;
