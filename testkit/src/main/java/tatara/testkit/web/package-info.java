/** A web server in this process that answers as it is told to, faults included. */
@NullMarked
package tatara.testkit.web;

import org.jspecify.annotations.NullMarked;
