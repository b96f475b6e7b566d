// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

/** What the messages of a consumer are. */
public enum Deliver {
    /** New versions of files, which polls find, and notifications sooner. */
    version,

    /** The events that B2 sends of what happens in the bucket; nothing is listed. */
    event
}
