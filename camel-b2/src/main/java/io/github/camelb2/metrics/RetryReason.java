// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.metrics;

import java.util.Set;

/** The reason of a retry as a tag: of a service, or of a proxy before it, that makes up codes there must not be a meter each. */
final class RetryReason {
    private static final Set<String> KNOWN = Set.of(
            "bad_auth_token",
            "bad_request",
            "expired_auth_token",
            "internal_error",
            "request_timeout",
            "service_unavailable",
            "too_many_requests");

    private RetryReason() {}

    /** @param reason the status and the code of the refusal, or that there was no answer */
    static String of(String reason) {
        if (reason.isEmpty() || !Character.isDigit(reason.charAt(0))) {
            return "no_answer";
        }
        String code = reason.substring(reason.indexOf(' ') + 1);
        return KNOWN.contains(code) ? code : "status_" + reason.charAt(0) + "xx";
    }
}
