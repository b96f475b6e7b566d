// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

/** When the exchange of a message that becomes a piece of a file is done. */
public enum Acknowledge {
    /** When the message is forced to the local spool, which a restart goes on with. */
    spool,
    /** When B2 has stored the part of the file that the message is in, or the file. */
    part,
    /** When B2 has stored the file. */
    file
}
