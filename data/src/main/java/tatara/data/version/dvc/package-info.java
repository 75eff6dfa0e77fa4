/**
 * Data versions as DVC 3 keeps them (D3): {@link tatara.data.version.dvc.DvcExport} writes data with {@code .dvc} files and a cache that real DVC
 * takes for its own, {@link tatara.data.version.dvc.DvcData} reads data that DVC tracks.
 */
@NullMarked
package tatara.data.version.dvc;

import org.jspecify.annotations.NullMarked;
