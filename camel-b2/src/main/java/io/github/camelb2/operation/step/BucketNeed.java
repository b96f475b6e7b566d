// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.step;

/** What an operation must know of a bucket before it can make its request. */
public enum BucketNeed {
    /** Nothing, or it finds out by itself. */
    NONE,

    /** A name, of a bucket that exists. */
    NAME,

    /** The id that belongs to the name. */
    ID,

    /** The id of a bucket that must not be created for it. */
    ID_OF_EXISTING;

    public boolean isId() {
        return this == ID || this == ID_OF_EXISTING;
    }

    public boolean mayCreate() {
        return this == NAME || this == ID;
    }
}
