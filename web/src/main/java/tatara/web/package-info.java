/** What people look at in a browser: how figures, tables and charts are shown. */
@NullMarked
package tatara.web;

import org.jspecify.annotations.NullMarked;
