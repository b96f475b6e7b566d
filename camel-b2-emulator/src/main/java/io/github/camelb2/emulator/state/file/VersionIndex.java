// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import org.jspecify.annotations.Nullable;

/** The versions of a bucket in listing order. */
interface VersionIndex {

    /** The first version at this place or after it, or null. */
    @Nullable
    FileVersion ceiling(VersionKey place);

    boolean isEmpty();

    /** How many versions there are. */
    long size();
}
