// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.body;

/** What a copy of an exchange is made for, and so whether its failure keeps the version of its body. */
enum CopyKind {
    /** To go on for its original: they are one. */
    CONTINUATION,

    /** To have a part of its original, which waits for it and makes what it likes of a failure, until a timeout ends its waiting. */
    PART,

    /** To try something for its original, which does something else when that fails or takes too long. */
    ATTEMPT,

    /** As {@link #INDEPENDENT}, and it begins for certain: what is read of it on the way to that is its to lose. */
    TAP,

    /** To go its own way: nobody else has heard of its failure. */
    INDEPENDENT
}
