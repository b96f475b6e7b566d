// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.ErrorDetails;

/**
 * Watches that a listing advances: one that comes back to a page that was read would be asked, and paid for, for ever.
 * Keeps one page's address, whatever the length of the listing (Brent's way of finding a cycle). For one thread at a time.
 */
public final class Progress {
    private final String call;
    private final String subject;
    private Object mark;
    private long steps;
    private long leap = 1;

    /**
     * Begins with a listing.
     *
     * @param call the call that lists
     * @param subject what it is about
     * @param first what asks for the first page
     */
    public Progress(String call, String subject, Object first) {
        this.call = call;
        this.subject = subject;
        this.mark = first;
    }

    /**
     * The listing goes on with that page.
     *
     * @param next what asks for it
     * @throws B2Exception if it was asked for before
     */
    public void to(Object next) {
        if (next.equals(mark)) {
            throw new B2Exception(ErrorDetails.local(
                            call, subject, "the listing does not advance: it names a page as its next that was read")
                    .withAdvice("the service, or a proxy in front of it, is at fault"));
        }
        steps++;
        if (steps == leap) {
            mark = next;
            steps = 0;
            leap *= 2;
        }
    }
}
