/** Large files between start and finish. */
@NullMarked
package io.github.camelb2.emulator.state.large;

import org.jspecify.annotations.NullMarked;
