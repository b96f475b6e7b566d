// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.body;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** A body whose source stays while somebody can still read it. */
public interface HeldBody {
    /** What keeps its source; null if nothing has to. */
    @Nullable
    BodyHold hold();

    /** Code of a route has the object itself, and may keep it; whoever never asks for that is not held up by it. */
    default void handedOut() {}

    /** The same content for that exchange alone, which its hold knows of, so that others who have the body do not disturb its reading. */
    Object ownedBy(Exchange exchange);
}
