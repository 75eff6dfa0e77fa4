/**
 * From a request to documents on disk: the requirement, the seven hand-offs, their schemas. Starting points:
 * {@link tatara.pipeline.compose.sentence.SentenceReader}, {@link HandoffFile}.
 */
@NullMarked
package tatara.pipeline.compose;

import org.jspecify.annotations.NullMarked;
