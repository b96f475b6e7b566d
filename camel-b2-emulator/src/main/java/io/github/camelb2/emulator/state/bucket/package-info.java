/** Buckets and their settings, with the rules for those. */
@NullMarked
package io.github.camelb2.emulator.state.bucket;

import org.jspecify.annotations.NullMarked;
