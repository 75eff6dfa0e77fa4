/** What was predicted, and what came true, on disk: written off the hot path, read later into the lake. */
@NullMarked
package tatara.serve.journal;

import org.jspecify.annotations.NullMarked;
