/** Objects of Google Cloud Storage, through Google's own client over HTTP. */
@NullMarked
package tatara.connectors.gcs;

import org.jspecify.annotations.NullMarked;
