/**
 * Sources (D1, D2): what files the user named, what they are, and how their rows come into the lake.
 */
@NullMarked
package tatara.data.source;

import org.jspecify.annotations.NullMarked;
