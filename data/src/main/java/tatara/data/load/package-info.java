/** Brings what is new at a source into a raw table, exactly once: by watermark, by key, by file or by position (D4). */
@NullMarked
package tatara.data.load;

import org.jspecify.annotations.NullMarked;
