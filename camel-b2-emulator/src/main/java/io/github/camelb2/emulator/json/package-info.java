/** JSON trees as bytes and back. */
@NullMarked
package io.github.camelb2.emulator.json;

import org.jspecify.annotations.NullMarked;
