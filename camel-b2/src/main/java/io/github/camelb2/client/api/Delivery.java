// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

/** How far a request came; told apart once, where it is sent, because it decides whether repeating it can do its work twice. */
public enum Delivery {
    /** It can never be sent: the address is none, or the service's certificate is not trusted. */
    IMPOSSIBLE,
    /** Nobody knows a host of that name, and it has never answered; a name server may take that back, but not after long. */
    UNKNOWN_HOST,
    /** Not sent as a whole: no connection, no TLS, none free in the pool, or it broke off before the end of the body. */
    NOT_SENT,
    /** Sent, and not answered: the work may be done. */
    MAYBE_SENT,
    /** Answered with success, in a form that cannot be used: the work may be done. */
    UNUSABLE_ANSWER,
    /** Answered with a status that is no success. */
    REFUSED;

    /** Whether the service may have done the work without our learning of it, as far as this tells. */
    public boolean mayHaveWorked() {
        return this == MAYBE_SENT || this == UNUSABLE_ANSWER;
    }
}
