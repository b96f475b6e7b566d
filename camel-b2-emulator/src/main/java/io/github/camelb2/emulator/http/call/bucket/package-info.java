/** The calls about buckets. */
@NullMarked
package io.github.camelb2.emulator.http.call.bucket;

import org.jspecify.annotations.NullMarked;
