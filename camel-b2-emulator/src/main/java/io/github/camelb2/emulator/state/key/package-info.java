/** Application keys and what they may do. */
@NullMarked
package io.github.camelb2.emulator.state.key;

import org.jspecify.annotations.NullMarked;
