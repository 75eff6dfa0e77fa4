/** Commands, and the one place that wires. Starting points: {@link tatara.cli.Main}, {@link tatara.cli.Wiring}. */
@NullMarked
package tatara.cli;

import org.jspecify.annotations.NullMarked;
