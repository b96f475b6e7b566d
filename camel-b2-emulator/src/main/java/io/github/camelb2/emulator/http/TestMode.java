// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camelb2.emulator.http.wire.Request;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.account.Account;

/**
 * The {@code X-Bz-Test-Mode} header, with which a client asks B2 for trouble. Here the trouble is regular: every third upload fails, every tenth
 * call finds its account token expired.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-integration-checklist">Integration checklist</a>
 */
final class TestMode {

    private static final int FAILING_UPLOAD = 3;
    private static final int EXPIRING_CALL = 10;

    private final Account account;
    private final AtomicLong uploads = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();

    TestMode(Account account) {
        this.account = account;
    }

    void apply(Request request) {
        String mode = request.header("X-Bz-Test-Mode");
        if (mode == null) {
            return;
        }
        boolean upload = request.target().isUpload();
        switch (mode) {
            case "fail_some_uploads" -> {
                if (upload && uploads.incrementAndGet() % FAILING_UPLOAD == 0) {
                    throw new B2Error(503, "service_unavailable", "no tomes available");
                }
            }
            case "expire_some_account_authorization_tokens" -> {
                if (!upload
                        && request.header("Authorization") != null
                        && calls.incrementAndGet() % EXPIRING_CALL == 0) {
                    expireTokenOf(request);
                }
            }
            case "force_cap_exceeded" -> {
                if (upload) {
                    throw new B2Error(
                            403,
                            "cap_exceeded",
                            "Cannot upload files, storage cap exceeded. See the Caps & Alerts page to increase your cap.");
                }
            }
            default -> throw B2Error.badRequest("unknown X-Bz-Test-Mode: " + mode);
        }
    }

    /** Expires whatever token the request carries. */
    void expireTokenOf(Request request) {
        Map<String, String> query = request.target().query();
        String token = query.getOrDefault("Authorization", request.header("Authorization"));
        if (token != null) {
            account.tokens().expire(token);
            account.uploads().expire(token);
            account.downloads().expire(token);
        }
    }
}
