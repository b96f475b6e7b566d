// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What the directories of a source looked like in earlier runs, so that a disk that is not mounted is told from one that
 * was emptied.
 *
 * <p>{@link io.github.camelb2.sync.run.state.StateFile} is the way in;
 * {@link io.github.camelb2.sync.run.state.DirectoryState} is what is known of one directory, and judges another look at it.
 */
@NullMarked
package io.github.camelb2.sync.run.state;

import org.jspecify.annotations.NullMarked;
