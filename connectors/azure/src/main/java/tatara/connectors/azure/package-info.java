/** Blobs of Azure Storage, through Microsoft's own client. */
@NullMarked
package tatara.connectors.azure;

import org.jspecify.annotations.NullMarked;
