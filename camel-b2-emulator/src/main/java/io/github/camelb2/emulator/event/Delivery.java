// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.event;

/**
 * A webhook that was sent, for assertions.
 *
 * @param ruleName the rule
 * @param url where to
 * @param body the exact bytes, as text
 * @param signature the value of {@code X-Bz-Event-Notification-Signature}; empty if the rule has no secret
 * @param status the HTTP status that came back; 0 if none did
 */
public record Delivery(String ruleName, String url, String body, String signature, int status) {

    /** Whether the target took it. */
    public boolean isAccepted() {
        return status == 200;
    }
}
