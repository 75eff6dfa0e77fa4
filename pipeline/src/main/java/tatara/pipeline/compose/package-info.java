/** Spec → Design → Plan: how a sentence and data become documents, and documents become steps. */
@NullMarked
package tatara.pipeline.compose;

import org.jspecify.annotations.NullMarked;
