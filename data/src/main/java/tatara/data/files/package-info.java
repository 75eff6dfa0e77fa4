/**
 * Versions of many files (D3): images, documents, anything. What a folder holds becomes a table of paths and hashes in the lake, whose
 * versions are the folder's; the content lies once in a store by its hash. Starting point: {@link tatara.data.files.FileVersions}.
 */
@NullMarked
package tatara.data.files;

import org.jspecify.annotations.NullMarked;
