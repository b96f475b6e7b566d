// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.http.wire.Target;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.token.UploadTickets.Ticket;

/** {@code b2_get_upload_url}. */
public final class UploadUrl implements JsonCall {

    @Override
    public Spec spec() {
        return Spec.of("b2_get_upload_url", "writeFiles", "bucketId");
    }

    @Override
    public ObjectNode answer(Invocation in) {
        Bucket bucket = in.bucket("bucketId");
        Ticket ticket = in.account().uploads().issue(bucket.id(), in.key().id());
        return in.object()
                .put("authorizationToken", ticket.token())
                .put("bucketId", bucket.id())
                .put("uploadUrl", of(in, Target.UPLOAD_FILE, ticket));
    }

    /** The URL of a ticket, in the version of the call that asked for it. */
    public static String of(Invocation in, String call, Ticket ticket) {
        return in.hosts().podUrl(ticket.place(), in.baseUrl()) + "/b2api/v" + in.version() + "/" + call + "/"
                + ticket.target() + "/" + ticket.place();
    }
}
