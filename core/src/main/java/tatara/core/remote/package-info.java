/** What all connectors to places outside this machine share: locations with options, bounded retries, copies that resume. */
@NullMarked
package tatara.core.remote;

import org.jspecify.annotations.NullMarked;
