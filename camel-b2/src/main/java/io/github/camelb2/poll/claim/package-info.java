// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Who consumes what: the claim on one version ({@link io.github.camelb2.poll.claim.Claim}), shared with other processes or
 * not, and what was consumed before ({@link io.github.camelb2.poll.claim.VersionMemory}).
 */
@NullMarked
package io.github.camelb2.poll.claim;

import org.jspecify.annotations.NullMarked;
