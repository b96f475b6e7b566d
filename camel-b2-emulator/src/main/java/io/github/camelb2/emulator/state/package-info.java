/**
 * What a B2 account knows and the rules it enforces: keys, buckets, file versions, large files, tokens. No HTTP; the clock is passed in.
 */
@NullMarked
package io.github.camelb2.emulator.state;

import org.jspecify.annotations.NullMarked;
