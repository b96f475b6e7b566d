// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Delivery;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;

/** Makes failures as they come off the wire. */
final class Failures {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final ErrorDecoder DECODER = new ErrorDecoder(InstantSource.fixed(NOW));

    private Failures() {}

    static CallContext context(Phase phase, Repeat repeat) {
        return new CallContext(
                "b2_do_it", "\"a.txt\" in bucket 4a48", phase, Capability.WRITE_FILES, repeat, TransactionClass.A);
    }

    /** An answer of B2; status 0 for no answer at all. */
    static B2Exception answer(CallContext context, int status, String code, String message, String retryAfter) {
        if (status == 0) {
            return new B2TransportException(ErrorDetails.local(context.call(), context.subject(), "connection reset"));
        }
        String body = "{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"status\":" + status + "}";
        return DECODER.decode(
                context, status, retryAfter, code.isEmpty() ? new byte[0] : body.getBytes(StandardCharsets.UTF_8));
    }

    static B2Exception answer(CallContext context, int status, String code) {
        return answer(context, status, code, "said so", null);
    }

    /** A request that was not answered with a status, and how far it came. */
    static B2Exception unanswered(CallContext context, Delivery delivery) {
        return new B2TransportException(ErrorDetails.local(context.call(), context.subject(), "connection reset")
                .withDelivery(delivery));
    }
}
