/** The embedded model registry: models, their versions, and which of them is in production. */
@NullMarked
package tatara.registry.models;

import org.jspecify.annotations.NullMarked;
