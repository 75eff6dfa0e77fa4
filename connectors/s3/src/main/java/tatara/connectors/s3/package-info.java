/** Objects of Amazon S3, and of stores that speak its protocol, through Amazon's own client. */
@NullMarked
package tatara.connectors.s3;

import org.jspecify.annotations.NullMarked;
