// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Bytes and records on disk: file contents as lists of segments that copies share, and the journal from which the state is rebuilt.
 */
@NullMarked
package io.github.camelb2.emulator.store;

import org.jspecify.annotations.NullMarked;
