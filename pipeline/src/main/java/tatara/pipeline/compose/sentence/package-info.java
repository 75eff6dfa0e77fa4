/** Reads the Spec from a sentence and the data's own columns and values (A5). Starting point: {@link SentenceReader}. */
@NullMarked
package tatara.pipeline.compose.sentence;

import org.jspecify.annotations.NullMarked;
