/** Places outside this machine (D1): local copies of what lies there, web servers, and references to credentials. */
@NullMarked
package tatara.data.source.remote;

import org.jspecify.annotations.NullMarked;
