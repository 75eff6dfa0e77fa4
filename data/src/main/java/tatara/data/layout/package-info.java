/** How tables lie on disk: which rows are asked for, what layouts and codecs would save, measured by trying them (D9, D10, D12). */
@NullMarked
package tatara.data.layout;

import org.jspecify.annotations.NullMarked;
