// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Re-reads what a bucket holds against the digests that it was stored with, some of it each time, and repairs from a second
 * side.
 *
 * <p>{@link io.github.camelb2.sync.scrub.Scrub} is one run, {@link io.github.camelb2.sync.scrub.VersionReader} looks at one
 * version, {@link io.github.camelb2.sync.scrub.ScrubMemory} knows when each
 * version was read last, {@link io.github.camelb2.sync.scrub.Repairer} stores good content again.
 */
@NullMarked
package io.github.camelb2.sync.scrub;

import org.jspecify.annotations.NullMarked;
